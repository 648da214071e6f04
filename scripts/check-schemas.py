"""Validates schemas/, its examples (valid ones pass, invalid ones fail), the rule packs and what the program wrote."""
import json
import pathlib
import re
import sys
import textwrap
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
    # The schemas' ids are URNs, against which this validator cannot resolve a reference into the same schema.
    validators[name] = Draft202012Validator({key: value for key, value in schema.items() if key != "$id"})
# What lies in files and never in a topic is no record.
records = sorted(schemas.keys() - {"rulepack", "review"})
failures, counts = [], {"valid": 0, "invalid": 0, "written": 0, "packs": 0, "broken packs": 0}


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
    if named != {f"./{name}.v1.json" for name in records}:
        failures.append(f"schemas/asyncapi.yaml: names {sorted(named)}, not each schema of a record")
    addresses = sorted(channel["address"] for channel in document["channels"].values())
    topics = sorted(yaml.safe_load((root / "deploy/claimwatch.yaml").read_text())["topics"].values())
    if addresses != topics:
        failures.append(f"schemas/asyncapi.yaml: topics {addresses}, but deploy/claimwatch.yaml has {topics}")


class Loader(yaml.SafeLoader):
    """YAML 1.2 as editors read it: on and no are text, a day is text, a key stands once."""

    def construct_mapping(self, node, deep=False):
        names = [key.value for key, _ in node.value]
        if len(set(map(str, names))) < len(names):
            raise yaml.constructor.ConstructorError(None, None, "a key stands twice", node.start_mark)
        return super().construct_mapping(node, deep)


Loader.yaml_implicit_resolvers = {}
for tag, pattern, first in (
    ("bool", r"^(?:true|True|TRUE|false|False|FALSE)$", "tTfF"),
    ("int", r"^[-+]?[0-9]+$", "-+0123456789"),
    ("float", r"^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$", "-+.0123456789"),
    ("null", r"^(?:~|null|Null|NULL|)$", ["~", "n", "N", ""]),
):
    Loader.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(pattern), list(first))


def faults_of_pack(text):
    """What an editor would mark in a pack, at most one."""
    try:
        pack = yaml.load(text, Loader)
    except yaml.YAMLError as error:
        return [str(error).splitlines()[0]]
    return [f"{'/'.join(map(str, e.absolute_path))}: {e.message}" for e in validators["rulepack"].iter_errors(pack)]


def check_packs():
    """Shipped packs name the schema and keep it."""
    for path in sorted(root.glob("deploy/rules/*.yaml")):
        counts["packs"] += 1
        text = path.read_text()
        line = "# yaml-language-server: $schema=../../schemas/rulepack.v1.json"
        if text.splitlines()[0] != line:
            failures.append(f"{path.relative_to(root)}: the first line must be: {line}")
        failures.extend(f"{path.relative_to(root)}: {fault}" for fault in faults_of_pack(text)[:3])


def broken_packs():
    """The rows of BrokenPacks.swift: name, text, why only the reader sees the fault (or nothing)."""
    table = (root / "Tests/ClaimRulesTests/BrokenPacks.swift").read_text()
    table = table[table.index("static let all"):]
    row = re.compile(
        r'^        BrokenPack\(\n            "([^\n]*)",\n            #"""\n(.*?)^            """#,\n            \[\n'
        r'.*?^            \](?:,\n            readerOnly: "([^\n]*)")?\),$', re.M | re.S)
    found = row.findall(table)
    if len(found) != table.count("BrokenPack(\n") or len(found) < 50:
        failures.append(f"BrokenPacks.swift: {len(found)} rows read of {table.count('BrokenPack(' + chr(10))}")
    for name, text, reason in found:
        text = re.sub(r"\\#u\{([0-9A-Fa-f]+)\}", lambda m: chr(int(m[1], 16)), text).replace("\\#t", "\t")
        yield name, textwrap.dedent(text).removesuffix("\n"), reason


def check_broken_packs():
    """The schema refuses each row whose fault is one of shape, and no other."""
    for name, text, reason in broken_packs():
        counts["broken packs"] += 1
        faults = faults_of_pack(text)
        if not faults and not reason:
            failures.append(f"BrokenPacks.swift: the schema accepts '{name}': extend it, or say why with readerOnly")
        elif faults and reason:
            failures.append(f"BrokenPacks.swift: the schema refuses '{name}' ({faults[0]}): delete readerOnly")


check_asyncapi()
check_packs()
check_broken_packs()
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
if failures or len(records) != 4 or not all(counts[kind] for kind in counts if kind != "written"):
    sys.exit(f"check-schemas: {len(failures)} failures, {len(schemas)} schemas, {counts}")
print(f"check-schemas: {len(schemas)} schemas, {counts}")
