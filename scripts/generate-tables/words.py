"""WordData.swift: ordinary words with their frequencies.

A trie, level by level, written by an adaptive binary range coder like LZMA's (Martin 1979; Pavlov's rc), because the
words would not fit otherwise: 17 bits a word here, five bytes with packed numbers. Frequencies are logarithms.
"""
import collections
import math
import pathlib

from folding import Folding
from packing import digit, literal, write_swift, zigzag

# jieba's frequency 3 stands for "a word, seen rarely"; below are misspellings and chance.
LEAST_FREQUENCY = 3
# Names of people and places count as ordinary words only if they are seen: the rare ones are a sixth of the list.
NAMES = {"nr", "nrt", "nrfg", "nt", "ns"}
LEAST_FREQUENCY_OF_NAMES = 5
SUPPLEMENT = pathlib.Path(__file__).with_name("livestream-words.txt")
STEPS_PER_OCTAVE = 3
ONE = 1 << 12
RATE = 5


def words(sources):
    """Folded words of 2 to 8 scalars, folded single characters, and the sum of all frequencies as jieba counts it."""
    folding = Folding(sources)
    listed, singles, total = collections.Counter(), collections.Counter(), 0
    for line in sources.file("jieba", "jieba/dict.txt").decode().splitlines():
        word, frequency, tag = line.split(" ")
        frequency = int(frequency)
        total += frequency
        folded = folding.fold_text(word)
        if len(folded) == 1:
            singles[folded] += frequency
        elif 2 <= len(folded) <= 8 and " " not in folded:
            if frequency >= (LEAST_FREQUENCY_OF_NAMES if tag in NAMES else LEAST_FREQUENCY):
                listed[folded] += frequency
    for line in SUPPLEMENT.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            word, frequency = line.split()
            folded = folding.fold_text(word)
            listed[folded] = max(listed[folded], int(frequency))
    return listed, singles, total


class RangeEncoder:
    """Bits with adaptive probabilities, written as digits of six bits."""

    def __init__(self):
        self.digits, self.low, self.range = [], 0, (1 << 30) - 1
        self.cache, self.pending = 0, 1
        self.probabilities = collections.defaultdict(lambda: ONE // 2)

    def bit(self, context, value):
        probability = self.probabilities[context]
        bound = (self.range >> 12) * probability
        if value:
            self.low += bound
            self.range -= bound
            self.probabilities[context] -= probability >> RATE
        else:
            self.range = bound
            self.probabilities[context] += (ONE - probability) >> RATE
        self.normalize()

    def raw_bit(self, value):
        self.range >>= 1
        self.low += value * self.range
        self.normalize()

    def normalize(self):
        while self.range < 1 << 24:
            self.range <<= 6
            self.shift()

    def shift(self):
        # A digit that may still take a carry waits, with the 63s behind it.
        if self.low < 63 << 24 or self.low >> 30:
            while self.pending:
                self.digits.append((self.cache + (self.low >> 30)) & 63)
                self.cache = 63
                self.pending -= 1
            self.cache = self.low >> 24 & 63
        self.pending += 1
        self.low = (self.low & (1 << 24) - 1) << 6

    def finish(self):
        for _ in range(6):
            self.shift()
        # The first digit is the empty cache.
        return "".join(map(digit, self.digits[1:]))


def gap(encoder, group, value):
    """An Exp-Golomb code whose length and two highest bits are adaptive."""
    value += 1
    bits = value.bit_length() - 1
    for index in range(bits):
        encoder.bit((group, "length", index), 1)
    encoder.bit((group, "length", bits), 0)
    for index in range(bits - 1, -1, -1):
        bit = value >> index & 1
        if index >= bits - 2:
            encoder.bit((group, "high", bits, value >> index + 1), bit)
        else:
            encoder.raw_bit(bit)


def level(frequency):
    return round(math.log2(frequency) * STEPS_PER_OCTAVE)


def write(sources):
    listed, singles, total = words(sources)
    # Symbols are numbered by how often they continue a word, so that gaps between brothers are small.
    continuing = collections.Counter(symbol for word in listed for symbol in word[1:])
    alphabet = sorted({symbol for word in listed for symbol in word} | set(singles),
                      key=lambda symbol: (-continuing[symbol], symbol))
    rank = {symbol: index for index, symbol in enumerate(alphabet)}
    children = collections.defaultdict(set)
    for word in listed:
        for end in range(1, len(word)):
            children[word[:end]].add(word[:end + 1])
    frequencies = listed | singles
    encoder = RangeEncoder()

    def entry(prefix, depth):
        """Whether a prefix is a word and how frequent, and whether longer words begin with it."""
        frequency, longer = frequencies.get(prefix), prefix in children
        encoder.bit(("longer", depth), longer)
        # What no word begins with is a word, or it would not be here; a symbol need not be one.
        if longer or depth == 1:
            encoder.bit(("word", depth), frequency is not None)
        if frequency is not None:
            node = 1
            for index in range(5, -1, -1):
                bit = level(frequency) >> index & 1
                encoder.bit(("level", min(depth, 3), node), bit)
                node = node << 1 | bit

    nodes, queue = len(alphabet), alphabet
    for symbol in alphabet:
        entry(symbol, 1)
    depth = 1
    while queue:
        following = []
        for prefix in queue:
            if prefix not in children:
                continue
            previous = -1
            for index, child in enumerate(sorted(children[prefix], key=lambda child: rank[child[-1]])):
                if index:
                    encoder.bit(("more", min(depth, 3), min(index, 5)), 1)
                number = rank[child[-1]]
                gap(encoder, (min(depth, 3), (previous + 1).bit_length()), number - previous - 1)
                previous = number
                entry(child, depth + 1)
                following.append(child)
            encoder.bit(("more", min(depth, 3), min(len(children[prefix]), 5)), 0)
        nodes += len(following)
        depth += 1
        queue = following
    data = encoder.finish()
    symbols, last = "", 0
    for symbol in alphabet:
        symbols += zigzag(ord(symbol) - last)
        last = ord(symbol)
    write_swift(
        "WordData.swift", "dict.txt of jieba 0.42.1 and livestream-words.txt",
        "/// Ordinary words and single characters with their frequencies, folded: a trie, written level by level by the\n"
        "/// range coder that `RangeDecoder` undoes, in the order in which `WordList` reads it.\n"
        "enum WordData {\n"
        "    /// The symbols of all words; those that continue more words come first.\n"
        f"    static let symbolCount = {len(alphabet)}\n"
        f"    static let wordCount = {len(listed)}\n"
        f"    static let nodeCount = {nodes}\n"
        "    /// The sum of all frequencies, those of words left out too, as jieba divides by it.\n"
        f"    static let totalFrequency: UInt32 = {total}\n"
        "    /// Its logarithm in 48ths of an octave.\n"
        f"    static let totalCost: Int32 = {round(math.log2(total) * 48)}\n"
        "    /// Each as the signed distance to the scalar before it.\n"
        + literal("symbols", symbols) + literal("trie", data) + "}\n")
    print(f"  {len(listed)} words, {len(singles)} single characters, {nodes} nodes")
