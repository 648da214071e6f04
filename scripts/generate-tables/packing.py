"""Numbers as text that Swift keeps in one string literal; `PackedNumbers.swift` reads them back."""
import pathlib

LINE = 112
ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
SOURCES = pathlib.Path(__file__).resolve().parents[2] / "Sources/ChineseText/Data"


def digit(value):
    return ALPHABET[value]


def varint(value):
    out = ""
    while value >= 32:
        out += ALPHABET[32 | value & 31]
        value >>= 5
    return out + ALPHABET[value]


def zigzag(value):
    return varint(value << 1 if value >= 0 else (-value << 1) - 1)


def literal(name, data):
    lines = [data[i:i + LINE] for i in range(0, len(data), LINE)]
    return (f'    static let {name}: StaticString = """\n'
            + "".join(f"        {line}\\\n" for line in lines[:-1]) + f"        {lines[-1]}\n"
            + '        """\n')


def write_swift(path, origin, body):
    text = ("// Written by scripts/generate-tables; do not edit.\n"
            f"// From {origin}, see NOTICE.\n\n"
            "// swift-format-ignore-file\n\n" + body)
    (SOURCES / path).write_text(text, encoding="utf-8")
    print(f"{path}: {len(text.encode())} bytes")
