"""FoldingData.swift: what each code point folds to.

A code point folds to nothing if Unicode calls it default-ignorable or it is a mark set over, under or around others;
otherwise to its full case folding and compatibility decomposition, and each character of that to the form that stands
for its look-alikes. Decomposed rather than composed, because the map looks at one code point at a time. Hangul
syllables are kept whole, and those in circles and brackets composed.
"""
import functools
import json
import re

from packing import literal, varint, write_swift, zigzag
from sources import code_points

# Combining Diacritical Marks with Extended, Supplement and for Symbols (keycaps, circles): é is e, 治 crossed out is 治.
# Kana voicing marks and the vowel signs of other scripts are letters to their readers, and stay.
# U+0345 is the small form of the letter iota.
MARKS = [range(0x0300, 0x0345), range(0x0346, 0x0370), range(0x1AB0, 0x1B00), range(0x1DC0, 0x1E00), range(0x20D0, 0x2100)]

# Not 两, 十, 百 …, which are no digits, and not ○, which is a shape. The rest of the forms (貳, 弐, ㊁, ⼆) lead here.
HAN_DIGITS = {"〇零": "0", "一壹弌幺": "1", "二贰弍": "2", "三叁弎": "3", "四肆": "4", "五伍": "5", "六陆": "6",
              "七柒": "7", "八捌": "8", "九玖": "9"}

# The scripts whose letters are taken for ASCII letters. σ is no o to anyone who reads, and μg is not mg.
LOOK_ALIKE_SCRIPTS = {"Latin", "Greek", "Cyrillic", "Armenian", "Coptic", "Cherokee", "Lisu"}
NOT_ALIKE = set("σςμ")


class Folding:
    def __init__(self, sources):
        self.sources = sources
        self.dropped = {code_point for marks in MARKS for code_point in marks}
        for points, name in sources.unicode_lines("DerivedCoreProperties.txt"):
            if name == "Default_Ignorable_Code_Point":
                self.dropped.update(code_points(points))
        self.characters = {int(fields[0], 16): fields for fields in sources.unicode_lines("UnicodeData.txt")}
        self.decomposition = {
            code_point: "".join(chr(int(part, 16)) for part in fields[5].split() if not part.startswith("<"))
            for code_point, fields in self.characters.items() if fields[5]}
        self.decomposition |= self.enclosed()
        self.case = {
            int(source, 16): "".join(chr(int(part, 16)) for part in target.split())
            for source, status, target, *_ in sources.unicode_lines("CaseFolding.txt") if status in "CF"}
        self.stands_for = {}
        # Later steps do not replace what an earlier one decided.
        for step in (self.digits(), self.styled(), self.radicals(), self.simplified(), self.variants(),
                     self.look_alikes()):
            for source, target in step.items():
                self.stands_for.setdefault(source, target)

    @functools.cache
    def fold(self, character):
        text = character
        for _ in range(8):
            again = self.fold_once(text)
            if again == text:
                return compose_hangul(text)
            text = again
        # A circle in the data (a simplified character listed as traditional): the least form stands for all of it.
        circle = [text]
        while (again := self.fold_once(circle[-1])) != circle[0]:
            circle.append(again)
        return min(circle)

    def fold_text(self, text):
        return "".join(map(self.fold, text))

    def fold_once(self, text):
        out = ""
        for character in text:
            if ord(character) in self.dropped:
                continue
            for part in self.decomposed(character):
                for folded in self.case.get(ord(part), part):
                    if ord(folded) not in self.dropped:
                        out += self.stands_for.get(folded, folded)
        return out

    def decomposed(self, character):
        parts = self.decomposition.get(ord(character))
        return character if parts is None else "".join(map(self.decomposed, parts))

    def enclosed(self):
        """Numbers and Latin letters in brackets or with a full stop or comma, as lists have them: ⑸ is 5, as ⑤ is."""
        return {
            code_point: text.strip("().,") for code_point, text in self.decomposition.items()
            if re.fullmatch(r"\(.+\)|.+[.,]", text) and (self.characters[code_point][8] or "LATIN" in self.characters[code_point][1])}

    def digits(self):
        """Decimal digits of every script, and the Han digits."""
        pairs = {chr(c): fields[6] for c, fields in self.characters.items() if fields[6] and c > 0x7F}
        pairs |= {form: digit for forms, digit in HAN_DIGITS.items() for form in forms}
        # Suzhou numerals, the merchants' strokes.
        return pairs | {chr(0x3021 + i): str(i + 1) for i in range(9)}

    def styled(self):
        """Letters and numbers in circles and squares that Unicode does not decompose; the letters of flags."""
        pairs = {"\N{KEYCAP TEN}": "10"}
        for code_point, fields in self.characters.items():
            name, numeric = fields[1], fields[8]
            if fields[5]:
                continue
            if found := re.fullmatch(
                    r"(?:NEGATIVE CIRCLED|NEGATIVE SQUARED|(?:CROSSED )?NEGATIVE SQUARED|REGIONAL INDICATOR SYMBOL)"
                    r"(?: LATIN CAPITAL)? LETTER ([A-Z])|(?:NEGATIVE )?SQUARED ([A-Z]{2,4})"
                    r"|LATIN LETTER SMALL CAPITAL ([A-Z])", name):
                pairs[chr(code_point)] = next(filter(None, found.groups())).lower()
            elif "CIRCLED" in name and numeric.isdigit() and fields[2] == "No":
                pairs[chr(code_point)] = numeric
        return pairs

    def radicals(self):
        return {chr(point): chr(int(unified, 16))
                for points, unified in self.sources.unicode_lines("EquivalentUnifiedIdeograph.txt")
                for point in code_points(points)}

    def simplified(self):
        # The first candidate is the usual one; 乾 -> 干 or 乾 and the like are decided that way.
        return {traditional: candidates[0] for traditional, candidates in self.sources.opencc("TSCharacters").items()}

    def variants(self):
        """Forms of Japan, Hong Kong and Taiwan, except those that are characters of their own on the mainland (予);
        and rare characters that look like a common one."""
        own = {chr(int(point[2:], 16)) for point, field, _ in self.sources.unicode_lines("Unihan_OtherMappings.txt")
               if field == "kTGH"}
        pairs = {}
        for name in ("JPShinjitaiCharacters", "HKVariantsRev", "TWVariantsRev"):
            for form, candidates in self.sources.opencc(name).items():
                if form not in own:
                    pairs.setdefault(form, candidates[0])
        # Characters told apart by a hair (妺 and 妹): the one that is not a standard character stands for the other.
        for point, field, value in self.sources.unicode_lines("Unihan_Variants.txt"):
            form, alike = chr(int(point[2:], 16)), [chr(int(found, 16)) for found in re.findall(r"U\+(\w+)", value)]
            if field == "kSpoofingVariant" and form not in own and own.intersection(alike):
                pairs.setdefault(form, min(own.intersection(alike)))
        return pairs

    def look_alikes(self):
        """Letters that look like an ASCII letter in one of their cases; the small one decides if both do."""
        scripts = {}
        for points, script in self.sources.unicode_lines("Scripts.txt"):
            if script in LOOK_ALIKE_SCRIPTS:
                scripts.update(dict.fromkeys(code_points(points), script))
        confusables = json.loads(self.sources.file("confusable_homoglyphs", "confusable_homoglyphs/confusables.json"))
        pairs = {}
        for source, targets in confusables.items():
            targets = [target["c"] for target in targets if re.fullmatch("[A-Za-z]", target["c"])]
            if len(source) != 1 or source.isascii() or not targets or ord(source) not in scripts:
                continue
            fields = self.characters[ord(source)]
            folded = self.case.get(ord(source), source)
            if not fields[2].startswith("L") or fields[5] or len(folded) != 1 or folded in NOT_ALIKE:
                continue
            if fields[2] == "Ll" or folded not in pairs:
                pairs[folded] = targets[0].lower()
        return pairs


def compose_hangul(text):
    """Puts the conjoining letters of a syllable together (The Unicode Standard, 3.12)."""
    return re.sub("([\u1100-\u1112])([\u1161-\u1175])([\u11A8-\u11C2]?)",
                  lambda letters: chr(0xAC00 + (ord(letters[1]) - 0x1100) * 588 + (ord(letters[2]) - 0x1161) * 28
                                      + (ord(letters[3]) - 0x11A7 if letters[3] else 0)), text)


def write(sources):
    folding = Folding(sources)
    data, count, previous, previous_target = "", 0, 0, 0
    for code_point in range(0x110000):
        if 0xD800 <= code_point <= 0xDFFF:
            continue
        character = chr(code_point)
        folded = folding.fold(character)
        if folded == character:
            continue
        data += varint(code_point - previous) + varint(len(folded))
        previous = code_point
        for part in folded:
            data += zigzag(ord(part) - previous_target)
            previous_target = ord(part)
        count += 1
    write_swift(
        "FoldingData.swift", "Unicode 15.0.0, OpenCC's character tables and Unicode's confusables",
        "/// The code points that do not fold to themselves, in ascending order.\n"
        "///\n"
        "/// A record is: distance to the record before, length n, then n scalars, each as the signed distance to the\n"
        "/// scalar written before it; numbers as `PackedNumbers` reads them.\n"
        "enum FoldingData {\n"
        f"    static let recordCount = {count}\n"
        + literal("records", data) + "}\n")
    print(f"  {count} code points fold to something else")
