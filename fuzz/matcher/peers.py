#!/usr/bin/env python3
"""Reads what fuzz/run matcher compare writes and holds it against two more engines: aho-corasick and daachorse."""
import array
import struct
import sys

import ahocorasick_rs
import daachorse

stream = sys.stdin.buffer
sets = matches_total = 0


def number() -> int | None:
    data = stream.read(4)
    return struct.unpack("<I", data)[0] if data else None


def every_term(found, unique, terms):
    """Engines take each pattern once; every term that is the same has its matches."""
    same = {}
    for place, term in enumerate(terms):
        same.setdefault(term, []).append(place)
    places = [same[term] for term in unique]
    return sorted((term, start, end) for pattern, start, end in found for term in places[pattern])


while (count := number()) is not None:
    terms = [stream.read(number()) for _ in range(count)]
    text = stream.read(number())
    flat = array.array("i", stream.read(12 * number()))
    ours = sorted(zip(flat[0::3], flat[1::3], flat[2::3]))
    unique = list(dict.fromkeys(terms))
    engines = {
        "ahocorasick_rs": ahocorasick_rs.BytesAhoCorasick(unique).find_matches_as_indexes(text, overlapping=True),
        "daachorse": [(pattern, start, end)
                      for start, end, pattern in daachorse.DoubleArrayAhoCorasick(unique).find_overlapping(text)],
    }
    for name, found in engines.items():
        theirs = every_term(found, unique, terms)
        if theirs != ours:
            odd = set(theirs) ^ set(ours)
            sys.exit(f"{name} differs in set {sets} (terms {terms}): {sorted(odd)[:3]}")
    sets += 1
    matches_total += len(ours)

print(f"{sets} sets of terms: equal ahocorasick_rs and daachorse, {matches_total} matches", file=sys.stderr)
