"""Matchers with Python wheels on the terms and the text that claimwatch is measured with.

    python-peers.py ENGINE TERMS TEXT [RUNS]      engines: the names in ENGINES below

Prints one JSON object with the fields of hyperscan-peer and, because a call from Python is part of what is measured,
call_ns: what the same loop costs a line when each line is one space. Each engine gets the type it searches without
converting it first (bytes or str). matches is null where an engine does not report every occurrence. The clock is CPU
time of the process; memory_bytes is what building keeps of malloc's memory (mallinfo2), or what the engine says of
itself where it has an allocator of its own.
"""
import ctypes
import importlib.metadata
import json
import sys
import time


class Mallinfo(ctypes.Structure):
    """struct mallinfo2 of glibc's malloc.h."""
    _fields_ = [(name, ctypes.c_size_t) for name in (
        "arena", "ordblks", "smblks", "hblks", "hblkhd", "usmblks", "fsmblks", "uordblks", "fordblks", "keepcost")]


mallinfo2 = ctypes.CDLL(None).mallinfo2
mallinfo2.restype = Mallinfo


def allocated_bytes() -> int:
    info = mallinfo2()
    return info.uordblks + info.hblkhd


def ahocorasick_rs(kind: str):
    import ahocorasick_rs as package
    implementation = getattr(package.Implementation, kind)

    def build(terms):
        automaton = package.BytesAhoCorasick(terms, implementation=implementation)
        # All overlapping matches, which only the standard kind of match has.
        return lambda text: automaton.find_matches_as_indexes(text, True), None
    return build


def daachorse(kind: str):
    import daachorse as package
    return lambda terms: (getattr(package, kind)(terms).find_overlapping, None)


def matcher_py(kind: str):
    import matcher_py as package
    process = int(getattr(package.ProcessType, kind))

    def build(terms):
        matcher = package.SimpleMatcher.from_dict({process: dict(enumerate(terms, 1))})
        return matcher.process, matcher.heap_bytes()
    return build


def pyahocorasick():
    import ahocorasick as package

    def build(terms):
        automaton = package.Automaton()
        for number, term in enumerate(terms):
            automaton.add_word(term, number)
        automaton.make_automaton()
        return lambda text: list(automaton.iter(text)), automaton.get_stats()["total_size"]
    return build


ENGINES = {  # name: package, builder, the type it searches, whether it reports every occurrence
    "ahocorasick_rs DFA": ("ahocorasick_rs", lambda: ahocorasick_rs("DFA"), bytes, True),
    "ahocorasick_rs NFA": ("ahocorasick_rs", lambda: ahocorasick_rs("ContiguousNFA"), bytes, True),
    "daachorse charwise": ("daachorse", lambda: daachorse("CharwiseDoubleArrayAhoCorasick"), str, True),
    "daachorse bytewise": ("daachorse", lambda: daachorse("DoubleArrayAhoCorasick"), bytes, True),
    "matcher_py": ("matcher_py", lambda: matcher_py("NONE"), str, False),
    "matcher_py folding": ("matcher_py", lambda: matcher_py("VARIANT_NORM_DELETE_NORMALIZE"), str, False),
    "pyahocorasick": ("pyahocorasick", pyahocorasick, str, True),
}


def best_scan(find, texts, runs: int) -> tuple:
    best, matches = float("inf"), None
    for _ in range(runs):
        count = 0
        begun = time.process_time()
        for text in texts:
            count += len(find(text))
        best = min(best, time.process_time() - begun)
        if matches not in (None, count):
            sys.exit(f"python-peers: two scans of one text found {matches} and {count} matches")
        matches = count
    return best, matches


def main() -> None:
    if not 4 <= len(sys.argv) <= 5 or sys.argv[1] not in ENGINES:
        sys.exit(f"usage: python-peers.py ENGINE TERMS TEXT [RUNS]; engines: {', '.join(ENGINES)}")
    engine, terms_path, text_path = sys.argv[1:4]
    runs = int(sys.argv[4]) if len(sys.argv) > 4 else 3
    package, make, kind, all_matches = ENGINES[engine]
    # Split at line feeds only: str.splitlines would also split at others.
    raw = open(text_path, "rb").read()
    lines = [line.removesuffix(b"\r") for line in raw.split(b"\n")]
    if not lines[-1]:
        lines.pop()
    terms = [term.removesuffix(b"\r") for term in open(terms_path, "rb").read().split(b"\n")]
    terms = [term for term in terms if term]
    whole, space = raw, b" "
    if kind is str:
        lines, terms = [line.decode() for line in lines], [term.decode() for term in terms]
        whole, space = raw.decode(), " "
    build = make()
    before = allocated_bytes()
    begun = time.process_time()
    find, memory = build(terms)
    build_ms = (time.process_time() - begun) * 1e3
    if memory is None:
        memory = allocated_bytes() - before
    calls, _ = best_scan(find, [space] * len(lines), runs)
    seconds, matches = best_scan(find, lines, runs)
    whole_seconds, whole_matches = best_scan(find, [whole], runs)
    print(json.dumps({
        "engine": engine, "version": importlib.metadata.version(package), "terms": len(terms),
        "text_bytes": len(raw), "lines": len(lines), "matches": matches if all_matches else None,
        "whole_matches": whole_matches if all_matches else None, "build_ms": round(build_ms, 2),
        "memory_bytes": memory, "mb_per_s": round(len(raw) / seconds / 1e6, 1),
        "whole_mb_per_s": round(len(raw) / whole_seconds / 1e6, 1),
        "ns_per_line": round(seconds / len(lines) * 1e9, 1), "call_ns": round(calls / len(lines) * 1e9, 1),
        "runs": runs,
    }))


main()
