"""A broker, topics and a ClaimWatch process for the end-to-end scripts of this folder.

The broker is noida-db (pinned in scripts/test-broker): wire-compatible, hides aborted records, fences zombies. Two of its
ways shape the settings below: it answers a Fetch with the whole rest of a partition (receive.message.max.bytes), and a
killed member leaves its group only when a member with the same group.instance.id takes over (instance).
"""
import atexit
import collections
import contextlib
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
if not os.environ.get("CLAIMWATCH_IN_VENV"):
    # The Kafka client lives in .venv; run there whoever calls, and install it first.
    subprocess.run([ROOT / "scripts/python-env"], check=True)
    os.environ["CLAIMWATCH_IN_VENV"] = "1"
    python = str(ROOT / ".venv/bin/python")
    os.execv(python, [python, *sys.argv])

from confluent_kafka import Consumer, Producer, TopicPartition  # noqa: E402
from confluent_kafka.admin import AdminClient, NewTopic  # noqa: E402

TRANSCRIPTS, LISTINGS = "live.transcripts", "live.listings"
ALERTS, SHADOW, DEAD_LETTERS = "live.alerts", "live.alerts.shadow", "live.deadletters"
# SIGTERM (a time limit, say) ends the script as an error would, so that no child outlives it.
signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
GROUP = "claimwatch"
STATE = f"{GROUP}-state"
BIG_FETCH = {"receive.message.max.bytes": 1_000_000_000}


def say(text: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {text}", flush=True)


class Failed(Exception):
    """What did not hold, for the last line of the script."""


def program() -> str:
    """The release build of claimwatch, or what CLAIMWATCH names."""
    if named := os.environ.get("CLAIMWATCH"):
        return named
    say("building claimwatch for release")
    build = ["swift", "build", "-c", "release", "--package-path", str(ROOT), "--product", "claimwatch"]
    subprocess.run(build, check=True, stdout=subprocess.DEVNULL)
    shown = subprocess.run([*build[:6], "--show-bin-path"], check=True, capture_output=True, text=True)
    return shown.stdout.strip() + "/claimwatch"


def generate(binary: str, file: pathlib.Path, *options) -> None:
    """Writes events of simulated rooms: `claimwatch generate-events` with these options."""
    with open(file, "wb") as output:
        subprocess.run([binary, "generate-events", *map(str, options)], stdout=output, check=True)


class Broker:
    """One noida-db on a port of its own choice, its data in a folder that goes with it."""

    def __init__(self) -> None:
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="claimwatch-broker-"))
        fetched = subprocess.run([ROOT / "scripts/test-broker"], check=True, stdout=subprocess.PIPE, text=True)
        binary = fetched.stdout.strip()
        self.process = subprocess.Popen(
            [binary, "start", "--only", "kafka", "--kafka-port", "0", "--data-dir", self.folder / "data"],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.address = ""
        for line in self.process.stdout:
            if found := re.search(r"(127\.0\.0\.1:\d+)", line):
                self.address = found[1]
                break
        if not self.address:
            raise Failed("the test broker did not start")

    def __enter__(self) -> "Broker":
        return self

    def __exit__(self, kind, *_) -> None:
        self.process.kill()
        self.process.wait()
        if kind:
            kept = pathlib.Path(tempfile.mkdtemp(prefix="claimwatch-failed-"))
            for log in self.folder.glob("*.log"):
                shutil.copy(log, kept)
            say(f"the logs of the programs are kept in {kept}")
        shutil.rmtree(self.folder, ignore_errors=True)

    @contextlib.contextmanager
    def frozen(self):
        """Takes connections and answers nothing, as a broker behind a broken network."""
        self.process.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self.process.send_signal(signal.SIGCONT)

    def create(self, partitions: int, leave_out: tuple = (), other_counts: dict = {},
               state_policy: str = "compact") -> None:
        """Creates the topics; records up to 8 MiB are let in, so that the program meets them. None is deleted for
        its age: records have the time of their events, and a broker keeps a week if nobody says otherwise."""
        topics = [t for t in (TRANSCRIPTS, LISTINGS, ALERTS, SHADOW, DEAD_LETTERS, STATE) if t not in leave_out]
        client = AdminClient({"bootstrap.servers": self.address})
        made = client.create_topics([
            NewTopic(t, other_counts.get(t, partitions), 1, config={
                "max.message.bytes": str(8 << 20), "retention.ms": "-1",
                **({"cleanup.policy": state_policy} if t == STATE else {})})
            for t in topics])
        for future in made.values():
            future.result(30)


class Watch:
    """One `claimwatch run`, its output in a file. Without an instance it is a dynamic member: it leaves its group when it
    stops, where a static one only goes away for a while."""

    HEARS_SIGNALS = r"rule set \w+: \d+ rules"

    def __init__(self, binary: str, folder: pathlib.Path, address: str, rules: str, workers: int = 1,
                 settings: str = "", properties: dict = {}, instance: str = "worker-0") -> None:
        self.name = instance or "guest"
        self.config = folder / f"{self.name}.yaml"
        self.log = folder / f"{self.name}.log"
        lines = [
            "kafka:", f"  bootstrap_servers: {address}", "  properties:",
            '    receive.message.max.bytes: "1000000000"',
            *(f'    {name}: "{value}"' for name, value in properties.items()),
            f"group: {GROUP}", *([f"instance: {instance}"] if instance else []), f"workers: {workers}",
            f"rules: {rules}", "start: earliest",
        ]
        self.config.write_text("\n".join(lines) + "\n" + settings)
        self.binary = binary
        self.workers = workers
        self.process = None
        atexit.register(self.kill)

    def start(self) -> None:
        self.starts_before = len(self.said(self.HEARS_SIGNALS))
        self.held_before = self.held()
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                [self.binary, "run", "--config", self.config], stdin=subprocess.DEVNULL, stdout=log, stderr=log)

    def held(self) -> int:
        """Assignments taken over and not given back, of all lives; one that was given up in between counts as taken."""
        return (len(self.said(r"took partitions .* over")) + len(self.said("gave a restore up"))
                - len(self.said("gave its partitions back")))

    def is_settled(self) -> bool:
        return self.held() - self.held_before >= self.workers

    def require_alive(self) -> None:
        if (status := self.process.poll()) is not None:
            raise Failed(f"{self.name} ended by itself with status {status}; its last words:\n{self.last_words()}")

    def kill(self) -> None:
        if self.process:
            self.process.kill()
            self.process.wait()

    def end(self) -> tuple:
        """SIGTERM: the exit status and the seconds it took. While it still loads its rules, SIGTERM would just kill it."""
        self.wait_until_said(self.HEARS_SIGNALS, 30, more_than=self.starts_before)
        self.process.send_signal(signal.SIGTERM)
        begun = time.monotonic()
        try:
            status = self.process.wait(15)
        except subprocess.TimeoutExpired:
            self.kill()
            raise Failed(f"SIGTERM did not end {self.name} within 15 s:\n{self.last_words()}") from None
        return status, time.monotonic() - begun

    def stop(self) -> float:
        """Seconds from SIGTERM to the end; it must be clean and within 10 s."""
        status, taken = self.end()
        if status != 0 or taken > 10:
            raise Failed(f"{self.name} after SIGTERM: status {status} after {taken:.1f} s:\n{self.last_words()}")
        return taken

    def said(self, pattern: str) -> list:
        """What matches in all it has said since its first start."""
        return re.findall(pattern, self.log.read_text(errors="replace")) if self.log.exists() else []

    def wait_until_said(self, pattern: str, limit_s: float, more_than: int = 0) -> None:
        begun = time.monotonic()
        while len(self.said(pattern)) <= more_than:
            self.require_alive()
            if time.monotonic() - begun > limit_s:
                raise Failed(f"{self.name} did not say '{pattern}' within {limit_s} s:\n{self.last_words()}")
            time.sleep(0.05)

    def last_words(self) -> str:
        return "".join(self.log.read_text(errors="replace").splitlines(keepends=True)[-15:])


class Crew:
    """Several `claimwatch run` in one group: static members, and a guest that joins and leaves.

    Only one of them is disturbed at a time, and none while the guest is there. Without that rule (`exactly-once
    --overlap`) alerts can come doubled on the test broker. librdkafka's log (debug=cgrp) of such a run: a static
    member that had been the group's leader comes back while the group is stable; noida tells it that it leads; it
    assigns anew, beside a guest in another order; noida hands that out within the same generation, while the others
    work on by the first assignment. So two workers own a partition. KIP-447's check would let both commit: their
    generation is the same. Apache Kafka, by its source, names such a member the leader id of before, or tells it to
    skip the assignment, and gives out no second one in a stable group; that has not been run. noida can also leave
    the guest's LeaveGroup unanswered amid a rebalance: then all wait for ever.
    """

    GAVE_BACK = "gave its partitions back"

    def __init__(self, members: list, guest: Watch) -> None:
        self.members, self.guest = members, guest
        self.has_guest = False

    @property
    def present(self) -> list:
        return [*self.members, *([self.guest] if self.has_guest else [])]

    def start(self) -> None:
        for member in self.members:
            member.start()

    def require_alive(self) -> None:
        for member in self.present:
            member.require_alive()

    def settle(self) -> None:
        """Waits until every worker has the partitions of the group's present generation."""
        begun = time.monotonic()
        while not all(member.is_settled() for member in self.present):
            self.require_alive()
            if time.monotonic() - begun > 60:
                raise Failed(f"the group did not settle within 60 s:\n{self.last_words()}")
            time.sleep(0.05)

    def swap_guest(self, wait: bool = True) -> None:
        """The guest comes, or goes: every member has to give its partitions back and gets others, or the same. With
        `wait` the first of them has done so on return."""
        moves = self.count(self.GAVE_BACK)
        if self.has_guest:
            self.guest.stop()
        else:
            self.guest.start()
        self.has_guest = not self.has_guest
        if not wait:
            return
        begun = time.monotonic()
        while self.count(self.GAVE_BACK) == moves:
            self.require_alive()
            if time.monotonic() - begun > 30:
                raise Failed(f"no rebalance within 30 s:\n{self.last_words()}")
            time.sleep(0.05)

    def stop(self) -> float:
        """The longest time that one of them took."""
        longest = max(member.stop() for member in self.present)
        self.has_guest = False
        return longest

    def count(self, pattern: str) -> int:
        return sum(len(member.said(pattern)) for member in [*self.members, self.guest])

    def last_words(self) -> str:
        return "\n".join(f"{member.name}:\n{member.last_words()}" for member in self.present)


class Loader:
    """Puts events into the input topics: keyed by room, with the event's own time, in order."""

    def __init__(self, address: str) -> None:
        self.failures = 0
        self.producer = Producer({
            "bootstrap.servers": address, "partitioner": "murmur2_random", "enable.idempotence": True,
            "linger.ms": 20, "queue.buffering.max.messages": 1_000_000, "message.max.bytes": 8 << 20,
            "log_level": 2})  # the broker's end is no news here; failed deliveries are counted

    def put(self, line: bytes) -> None:
        event = json.loads(line)
        listing = event["schema"] == "listing.v1"
        self.put_raw(LISTINGS if listing else TRANSCRIPTS, event["room_id"].encode(), line,
                     event["time_ms" if listing else "start_ms"])

    def put_raw(self, topic: str, key, value: bytes, time_ms: int) -> None:
        while True:
            try:
                self.producer.produce(topic, value, key, timestamp=time_ms, on_delivery=self.delivered)
                break
            except BufferError:
                self.producer.poll(0.1)
        self.producer.poll(0)

    def delivered(self, error, _) -> None:
        if error:
            self.failures += 1
            say(f"not delivered: {error}")

    def flush(self) -> None:
        if self.producer.flush(120) or self.failures:
            raise Failed("the broker did not take every input record")


class Lag:
    """How many input records the group has not committed yet."""

    def __init__(self, address: str, partitions: int) -> None:
        self.client = Consumer({"bootstrap.servers": address, "group.id": GROUP, "enable.auto.commit": False})
        self.partitions = [TopicPartition(t, p) for t in (TRANSCRIPTS, LISTINGS) for p in range(partitions)]

    def read(self) -> int:
        committed = self.client.committed(self.partitions, timeout=30)
        lag = 0
        for position in committed:
            low, high = self.client.get_watermark_offsets(TopicPartition(position.topic, position.partition), timeout=30)
            lag += high - max(position.offset, low)
        return lag

    def committed(self) -> int:
        return sum(max(p.offset, 0) for p in self.client.committed(self.partitions, timeout=30))

    def wait_for_zero(self, watch, limit_s: float) -> None:
        begun, last, moved = time.monotonic(), None, time.monotonic()
        while (lag := self.read()) > 0:
            watch.require_alive()
            if lag != last:
                last, moved = lag, time.monotonic()
            if time.monotonic() - moved > 60 or time.monotonic() - begun > limit_s:
                raise Failed(f"a lag of {lag} records stays; the last words of claimwatch run:\n{watch.last_words()}")
            time.sleep(0.2)

    def close(self) -> None:
        self.client.close()


def read_committed(address: str, topics: list) -> list:
    """Every committed record of the topics: (topic, key, value)."""
    client = Consumer({
        "bootstrap.servers": address, "group.id": "reader", "enable.auto.commit": False,
        "isolation.level": "read_committed", "enable.partition.eof": True, "auto.offset.reset": "earliest", **BIG_FETCH})
    described = client.list_topics(timeout=30).topics
    wanted = [TopicPartition(t, p, 0) for t in topics for p in described[t].partitions]
    client.assign(wanted)
    open_ends, records, last = len(wanted), [], time.monotonic()
    while open_ends:
        messages = client.consume(1000, 1.0)
        if messages:
            last = time.monotonic()
        elif time.monotonic() - last > 60:
            raise Failed("reading back stalled: is a transaction still open?")
        for message in messages:
            if message.error():
                if message.error().name() != "_PARTITION_EOF":
                    raise Failed(f"reading back: {message.error()}")
                open_ends -= 1
            else:
                records.append((message.topic(), message.key(), message.value()))
    client.close()
    return records


def scan(binary: str, rules: str, events: pathlib.Path) -> list:
    """What `claimwatch scan` finds in the same events."""
    done = subprocess.run([binary, "scan", "--rules", rules, events], capture_output=True)
    if done.returncode != 0:
        raise Failed(f"claimwatch scan ended with {done.returncode}: {done.stderr.decode()[-2000:]}")
    return [json.loads(line) for line in done.stdout.splitlines()]


def identity(alert: dict) -> tuple:
    return alert["alert_id"], alert["revision"]


def content(alert: dict) -> str:
    """The alert without what depends on where its records lay."""
    plain = json.loads(json.dumps(alert))
    for evidence in plain.get("evidence", []):
        evidence.pop("source", None)
    plain.pop("trace", None)
    return json.dumps(plain, ensure_ascii=False, sort_keys=True)


def compare(expected: list, found: list) -> None:
    """Fails unless both hold the same alerts, each once."""
    counts = collections.Counter(map(identity, found))
    wanted = {identity(a): a for a in expected}
    if len(wanted) != len(expected):
        raise Failed("scan itself gave an (alert_id, revision) twice")
    doubled = [i for i, n in counts.items() if n > 1]
    missing = [i for i in wanted if i not in counts]
    strange = [i for i in counts if i not in wanted]
    say(f"alerts: {len(expected)} by scan, {len(found)} read back; {len(missing)} missing, {len(doubled)} doubled, "
        f"{len(strange)} that scan has not")
    different = [a for a in found if identity(a) in wanted and content(a) != content(wanted[identity(a)])]
    for kind, ids in (("missing", missing), ("doubled", doubled), ("not in scan", strange)):
        for i in ids[:3]:
            some = next((a for a in found if identity(a) == i), None) or wanted[i]
            say(f"  {kind}: {i[0]} revision {i[1]}, rule {some['rule']['id']}, room {some['room_id']}, "
                f"from {[tuple(e['source'].values()) for e in some['evidence']]}")
    for alert in different[:2]:
        say(f"  differs: run  {content(alert)}\n           scan {content(wanted[identity(alert)])}")
    if missing or doubled or strange or different:
        raise Failed(f"the alerts are not those of scan ({len(different)} differ in content)")
