#!/usr/bin/env python3
"""Writes Sources/PatternMatching/FoldingData.swift: what each code point folds to.

    python3 -m venv .venv
    .venv/bin/pip install -r scripts/folding-requirements.txt
    .venv/bin/python scripts/generate-folding-tables.py

Needs Python 3.11 (Unicode 14.0), so that the same input gives the same file.

A code point folds to: nothing, if Unicode calls it default-ignorable; otherwise its full case folding and
compatibility decomposition, then each character from traditional to simplified. Decomposed rather than composed,
because the map looks at one code point at a time: e + U+0301 and é must fold alike. Hangul syllables are kept whole.
"""

import pathlib
import sys
import unicodedata

import opencc

UNICODE = "14.0.0"
LINE = 100
ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"

# Default_Ignorable_Code_Point of Unicode's DerivedCoreProperties.txt.
IGNORABLE = [
    (0x00AD, 0x00AD), (0x034F, 0x034F), (0x061C, 0x061C), (0x115F, 0x1160), (0x17B4, 0x17B5),
    (0x180B, 0x180F), (0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F), (0x3164, 0x3164),
    (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF), (0xFFA0, 0xFFA0), (0xFFF0, 0xFFF8), (0x1BCA0, 0x1BCA3),
    (0x1D173, 0x1D17A), (0xE0000, 0xE0FFF),
]


def ignorable(code_point):
    return any(first <= code_point <= last for first, last in IGNORABLE)


def is_hangul_syllable(character):
    return 0xAC00 <= ord(character) <= 0xD7A3


def simplified_characters():
    path = pathlib.Path(opencc.__file__).parent / "dictionary" / "TSCharacters.txt"
    pairs = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            traditional, candidates = line.split("\t")
            # The first candidate is the usual one; 乾 -> 干 or 乾 and the like are decided that way.
            pairs[traditional] = candidates.split()[0]
    return pairs


def fold_once(text, simplified):
    out = []
    for character in text:
        if ignorable(ord(character)):
            continue
        if is_hangul_syllable(character):
            out.append(character)
            continue
        for part in unicodedata.normalize("NFKD", character).casefold():
            if not ignorable(ord(part)):
                out.append(simplified.get(part, part))
    return "".join(out)


def fold(character, simplified):
    text = character
    for _ in range(8):
        again = fold_once(text, simplified)
        if again == text:
            return text
        text = again
    # A circle in the data (a simplified character listed as traditional): the least form stands for all of it.
    circle = [text]
    while (again := fold_once(circle[-1], simplified)) != circle[0]:
        circle.append(again)
    return min(circle)


def varint(value):
    out = ""
    while value >= 32:
        out += ALPHABET[32 | value & 31]
        value >>= 5
    return out + ALPHABET[value]


def zigzag(value):
    return varint(value << 1 if value >= 0 else (-value << 1) - 1)


def main():
    if unicodedata.unidata_version != UNICODE:
        sys.exit(f"needs Unicode {UNICODE} (Python 3.11), this Python has {unicodedata.unidata_version}")
    simplified = simplified_characters()
    data, count, previous, previous_target = "", 0, 0, 0
    for code_point in range(0x110000):
        if 0xD800 <= code_point <= 0xDFFF:
            continue
        character = chr(code_point)
        folded = fold(character, simplified)
        if folded == character:
            continue
        data += varint(code_point - previous) + varint(len(folded))
        previous = code_point
        for part in folded:
            data += zigzag(ord(part) - previous_target)
            previous_target = ord(part)
        count += 1
    lines = [data[i:i + LINE] for i in range(0, len(data), LINE)]
    root = pathlib.Path(__file__).resolve().parent.parent
    target = root / "Sources" / "PatternMatching" / "FoldingData.swift"
    target.write_text(
        "// Written by scripts/generate-folding-tables.py; do not edit.\n"
        f"// From Unicode {UNICODE} and OpenCC's TSCharacters.txt, see NOTICE.\n\n"
        "// swift-format-ignore-file\n\n"
        "/// The code points that do not fold to themselves, in ascending order.\n"
        "///\n"
        "/// A record is: distance to the record before, length n, then n scalars, each as the signed distance to the\n"
        "/// scalar written before it. Numbers are base-64 digits of 5 bits, lowest first, bit 5 set if more follow;\n"
        "/// signed ones are zigzag coded. One string literal, because large array literals compile slowly.\n"
        "enum FoldingData {\n"
        f"    static let recordCount = {count}\n"
        '    static let records: StaticString = """\n'
        + "".join(f"        {line}\\\n" for line in lines[:-1]) + f"        {lines[-1]}\n"
        + '        """\n}\n',
        encoding="utf-8")
    print(f"{count} records, {len(data)} bytes")


if __name__ == "__main__":
    main()
