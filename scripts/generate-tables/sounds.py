"""SyllableData.swift: the toneless Mandarin readings of each character, the usual one first."""
import collections
import json
import re
import unicodedata

from packing import digit, literal, varint, write_swift

# Readings without a full vowel, and ê, as people type and speech recognition writes them.
SPELLED = {"ê": "e", "r": "er", "m": "mu", "n": "en", "ng": "en", "hm": "hen", "hng": "heng"}
# Folding writes numerals as digits, so a digit is read as the numeral; 1 is also spoken yao.
DIGITS = {"0": ["ling"], "1": ["yi", "yao"], "2": ["er"], "3": ["san"], "4": ["si"], "5": ["wu"], "6": ["liu"],
          "7": ["qi"], "8": ["ba"], "9": ["jiu"]}


def toneless(reading):
    letters = unicodedata.normalize("NFD", reading).replace("u\u0308", "v")
    plain = "".join(c for c in letters if c == "\u0302" or not unicodedata.combining(c))
    plain = unicodedata.normalize("NFC", plain)
    return SPELLED.get(plain, plain)


def readings(sources):
    """Code point to readings: by Unihan's frequencies, then its customary reading, then the rest."""
    ranked = collections.defaultdict(list)
    unihan = collections.defaultdict(dict)
    for code_point, field, value in sources.unicode_lines("Unihan_Readings.txt"):
        unihan[int(code_point[2:], 16)][field] = value
    for code_point, fields in unihan.items():
        counts = collections.Counter()
        for reading, count in re.findall(r"(\S+?)\((\d+)\)", fields.get("kHanyuPinlu", "")):
            counts[toneless(reading)] += int(count)
        ranked[code_point] += [reading for reading, _ in counts.most_common()]
        ranked[code_point] += [toneless(reading) for reading in fields.get("kMandarin", "").split()]
    pinyin = json.loads(sources.file("pypinyin", "pypinyin/pinyin_dict.json"))
    for code_point, listed in pinyin.items():
        ranked[int(code_point)] += [toneless(reading) for reading in listed.split(",")]
    for character, listed in DIGITS.items():
        ranked[ord(character)] += listed
    return {code_point: list(dict.fromkeys(listed)) for code_point, listed in sorted(ranked.items()) if listed}


def write(sources):
    table = readings(sources)
    names = sorted({reading for listed in table.values() for reading in listed})
    assert all(re.fullmatch("[a-z]{1,6}", name) for name in names) and len(names) < 512
    number = {name: i for i, name in enumerate(names)}
    data, previous = "", -1
    for code_point, listed in table.items():
        gap = code_point - previous - 1
        previous = code_point
        # One digit for the common case: no gap, fewer than eight readings.
        head = len(listed) if len(listed) < 8 else 0
        data += digit(head | min(gap, 7) << 3)
        if gap >= 7:
            data += varint(gap - 7)
        if not head:
            data += varint(len(listed))
        for reading in listed:
            data += digit(number[reading] & 63) + digit(number[reading] >> 6)
    write_swift(
        "SyllableData.swift", "pinyin-data as packaged in pypinyin 0.55.0, and Unihan 15.0.0",
        "/// The toneless syllables in alphabetical order, and which of them each character is read as.\n"
        "///\n"
        "/// A record is: a digit, bits 0 to 2 the number of readings (0: it follows as a number), bits 3 to 5 the code\n"
        "/// points skipped since the record before (7: more, the rest follows as a number); then two digits a reading,\n"
        "/// the low one first. Digits and numbers as `PackedNumbers` reads them.\n"
        "enum SyllableData {\n"
        f"    static let syllableCount = {len(names)}\n"
        f"    static let recordCount = {len(table)}\n"
        f"    static let readingCount = {sum(map(len, table.values()))}\n"
        + literal("names", " ".join(names) + " ") + literal("records", data) + "}\n")
    several = sum(len(listed) > 1 for listed in table.values())
    print(f"  {len(table)} characters, {len(names)} syllables, {several} characters with several readings")
