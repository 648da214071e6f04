"""What a Python user would write: confluent-kafka, orjson, Hyperscan. python-consumer.py BROKERS RECORDS RULES TOPIC...

Takes batches of 1,000, reads each record, and looks for the terms of the rule packs in its text or title. It folds
nothing, knows no rooms and publishes nothing. Prints records, seconds and CPU seconds (all threads of this process),
counted from the first batch to the last record, and the matches.
"""
import os
import pathlib
import sys
import time

import hyperscan
import orjson
import yaml
from confluent_kafka import Consumer


def cpu_seconds() -> float:
    use = os.times()
    return use.user + use.system


def terms(rules: str) -> list:
    """Every phrase that the packs look for, spelled as it stands there."""
    found = set()

    def collect(node) -> None:
        if isinstance(node, str):
            if not node.startswith("@"):
                found.add(node)
        elif isinstance(node, list):
            for value in node:
                collect(value)
        elif isinstance(node, dict):
            for key, value in node.items():
                if key not in ("order", "within"):
                    collect(value)

    for path in sorted(pathlib.Path(rules).glob("*.yaml")):
        pack = yaml.load(path.read_bytes(), Loader=yaml.BaseLoader)
        collect(pack.get("lists", {}))
        for rule in pack["rules"]:
            collect(rule["match"])
    return sorted(found)


def main() -> None:
    brokers, wanted, rules, *topics = sys.argv[1:]
    phrases = [term.encode() for term in terms(rules)]
    database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
    database.compile(expressions=phrases, ids=list(range(len(phrases))), literal=True)
    consumer = Consumer({
        "bootstrap.servers": brokers, "group.id": "python", "auto.offset.reset": "earliest",
        "enable.auto.commit": False, "isolation.level": "read_committed", "fetch.wait.max.ms": 10,
        "session.timeout.ms": 6000, "receive.message.max.bytes": 1_000_000_000})
    consumer.subscribe(topics)
    matches = 0

    def note(*_) -> None:
        nonlocal matches
        matches += 1

    wanted = int(wanted)
    records = first = 0
    begun = begun_cpu = 0.0
    last = time.monotonic()
    while records < wanted:
        batch = consumer.consume(1000, 0.1)
        for message in batch:
            if message.error():
                continue
            event = orjson.loads(message.value())
            text = event.get("text") or event.get("title")
            if text:
                database.scan(text.encode(), match_event_handler=note)
            records += 1
        if batch:
            last = time.monotonic()
        if begun == 0 and records:
            begun, begun_cpu, first = last, cpu_seconds(), records
        if time.monotonic() - last > 30:
            sys.exit(f"python-consumer: only {records} of {wanted} records came")
    print(records - first, last - begun, cpu_seconds() - begun_cpu, matches, flush=True)
    os._exit(0)  # leaving the group would only take time


main()
