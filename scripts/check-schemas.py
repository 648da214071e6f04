"""Validates schemas/, its examples (valid ones pass, invalid ones fail) and what the program wrote (NAME=FILE)."""
import json
import pathlib
import sys
import warnings

import yaml
from jsonschema import Draft202012Validator
from pydantic import ValidationError

with warnings.catch_warnings(action="ignore"):  # of pydantic, about the package's own names
    from asyncapi3.models.asyncapi import AsyncAPI3

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


def references(node):
    if isinstance(node, dict):
        if isinstance(node.get("$ref"), str):
            yield node["$ref"]
        for value in node.values():
            yield from references(value)
    elif isinstance(node, list):
        for value in node:
            yield from references(value)


def check_asyncapi():
    """The document is AsyncAPI 3, what it refers to is there, and its topics are those of the configuration."""
    document = yaml.safe_load((root / "schemas/asyncapi.yaml").read_text())
    try:
        AsyncAPI3.model_validate(document)
    except ValidationError as error:
        failures.append(f"schemas/asyncapi.yaml: {error.errors()[0]['loc']}: {error.errors()[0]['msg']}")
        return
    named = set()
    for reference in references(document):
        file, _, place = reference.partition("#")
        if file:
            named.add(file)
            found = (root / "schemas" / file).is_file()
        else:
            found = document
            for step in place.strip("/").split("/"):
                found = found.get(step) if isinstance(found, dict) else None
        if not found:
            failures.append(f"schemas/asyncapi.yaml: there is no {reference}")
    if named != {f"./{name}.v1.json" for name in schemas}:
        failures.append(f"schemas/asyncapi.yaml: names {sorted(named)}, not each schema of schemas/")
    addresses = sorted(channel["address"] for channel in document["channels"].values())
    topics = sorted(yaml.safe_load((root / "deploy/claimwatch.yaml").read_text())["topics"].values())
    if addresses != topics:
        failures.append(f"schemas/asyncapi.yaml: topics {addresses}, but deploy/claimwatch.yaml has {topics}")


check_asyncapi()
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
