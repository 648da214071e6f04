"""Validates schemas/, its examples (valid ones pass, invalid ones fail) and what the program wrote (NAME=FILE)."""
import json
import pathlib
import sys

from jsonschema import Draft202012Validator

root = pathlib.Path(__file__).resolve().parent.parent
schemas = {path.name.split(".")[0]: json.loads(path.read_text()) for path in root.glob("schemas/*.v1.json")}
validators = {}
for name, schema in schemas.items():
    Draft202012Validator.check_schema(schema)
    validators[name] = Draft202012Validator(schema)
failures, counts = [], {"valid": 0, "invalid": 0, "written": 0}


def check(kind, name, text, where):
    counts[kind] += 1
    errors = [error.message for error in validators[name].iter_errors(json.loads(text))]
    if bool(errors) != (kind == "invalid"):
        failures.append(f"{where}: {errors[0] if errors else 'expected to be refused, but it is valid'}")


for kind, pattern in (("valid", "schemas/examples/*.json"), ("invalid", "schemas/examples/invalid/*.json")):
    for path in sorted(root.glob(pattern)):
        check(kind, path.stem.split("-")[0], path.read_text(), path.relative_to(root))
# What the program wrote: NAME=FILE, a file of JSON lines, e.g. alert=alerts.jsonl.
for argument in sys.argv[1:]:
    name, _, file = argument.partition("=")
    lines = pathlib.Path(file).read_text().splitlines()
    if not lines:
        failures.append(f"{file}: has no line to check")
    for number, line in enumerate(lines, 1):
        check("written", name, line, f"{file}:{number}")
for failure in failures:
    print(f"check-schemas: {failure}", file=sys.stderr)
if failures or len(schemas) != 4 or not counts["valid"] or not counts["invalid"]:
    sys.exit(f"check-schemas: {len(failures)} failures, {len(schemas)} schemas, {counts}")
print(f"check-schemas: {len(schemas)} schemas, {counts}")
