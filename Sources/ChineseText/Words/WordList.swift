/// Ordinary Chinese words with their frequencies, folded as texts are.
///
/// 260,000 words of 2 to 8 scalars and 10,500 single characters, from jieba's dictionary: all it saw three times or
/// more, names of people and places five times; and a hundred words of livestream selling, which is younger than that
/// dictionary. Of 362,992 words of several characters that jieba finds in 17,410 shopping reviews, 99.4 % are here. The
/// frequency is stored as a logarithm in steps of a third of an octave.
///
/// A trie, level by level, so that the children of a node lie together in ascending order of their symbol:
///
///     node       0 ..< symbolCount              one for each symbol, words or not
///                symbolCount ..< nodeCount      children of node 0, children of node 1, …
///     keys[n]    symbol in bits 7 to 20, level + 1 in bits 0 to 6 (0: no word ends here)
///     starts[n]  the first child; those of node n end where those of node n + 1 begin
///
/// Most questions are about two characters, so the children of the first level are in a hash too, and a bit filter knows
/// of nearly all neighbours that they are in no word together.
///
/// Decoded once, on first use, from 0.8 MB in `WordData`, in some 55 ms of a release build. 7.5 MB. A look-up is a
/// table access for the first symbol, one for the second, and a binary search for each further one; it does not allocate.
///
/// Unchecked, because the memory is written by `init` alone and only read afterwards.
public final class WordList: @unchecked Sendable {
    public static let shared = WordList()

    /// The longest word, in folded scalars.
    public static let maxSymbols = 8

    @usableFromInline let pageNumbers: UnsafeMutablePointer<UInt16>
    @usableFromInline let symbols: UnsafeMutablePointer<UInt16>
    @usableFromInline let keys: UnsafeMutablePointer<UInt32>
    private let starts: UnsafeMutablePointer<UInt32>
    /// For each code point of the basic plane, the root of what it folds to.
    @usableFromInline let foldedRoots: UnsafeMutablePointer<UInt16>
    /// Two symbols and a 1 in the upper half of each; in the lower half their node, and its level as `keys` has it. 0: free.
    @usableFromInline let pairs: UnsafeMutablePointer<UInt64>
    /// One bit for each hash of two symbols that stand side by side in a word.
    @usableFromInline let neighbours: UnsafeMutablePointer<UInt64>
    private let frequencies: [UInt32]
    /// The logarithm of the sum of all frequencies, in 48ths of an octave.
    @usableFromInline let totalCost = WordData.totalCost

    @inlinable static var pairBits: UInt64 { 19 }
    @inlinable static var neighbourBits: UInt64 { 21 }
    private static let pageCount = 0x1100
    /// Not in `symbols`: the scalar is in no word.
    @inlinable static var noSymbol: UInt16 { 0xFFFF }

    private init() {
        pageNumbers = .allocate(capacity: Self.pageCount)
        pageNumbers.initialize(repeating: 0, count: Self.pageCount)
        var pages = [UInt16](repeating: Self.noSymbol, count: 256)
        var packed = PackedNumbers(WordData.symbols)
        var scalar = 0
        for symbol in 0..<WordData.symbolCount {
            scalar += packed.signedNumber()
            let page = scalar >> 8
            if pageNumbers[page] == 0 {
                pageNumbers[page] = UInt16(pages.count >> 8)
                pages.append(contentsOf: repeatElement(Self.noSymbol, count: 256))
            }
            pages[Int(pageNumbers[page]) << 8 | scalar & 0xFF] = UInt16(symbol)
        }
        symbols = .allocate(capacity: pages.count)
        symbols.initialize(from: pages, count: pages.count)
        keys = .allocate(capacity: WordData.nodeCount)
        starts = .allocate(capacity: WordData.nodeCount + 1)
        var reader = TrieReader(keys: keys, starts: starts)
        reader.read()
        foldedRoots = .allocate(capacity: 0x10000)
        foldedRoots.initialize(repeating: Self.noSymbol, count: 0x10000)
        pairs = .allocate(capacity: 1 << Int(Self.pairBits))
        pairs.initialize(repeating: 0, count: 1 << Int(Self.pairBits))
        neighbours = .allocate(capacity: 1 << Int(Self.neighbourBits - 6))
        neighbours.initialize(repeating: 0, count: 1 << Int(Self.neighbourBits - 6))
        for node in 0..<WordData.nodeCount {
            for child in Int(starts[node])..<Int(starts[node + 1]) {
                let key = Self.pairKey(Int(keys[node] >> 7), Int(keys[child] >> 7))
                let bit = Self.hash(key) >> (64 - Self.neighbourBits)
                neighbours[Int(bit >> 6)] |= 1 << (bit & 63)
                guard node < WordData.symbolCount else { continue }
                var slot = Self.slot(key)
                while pairs[slot] != 0 { slot = (slot + 1) & (1 << Int(Self.pairBits) - 1) }
                pairs[slot] = key << 32 | UInt64(child) << 7 | UInt64(keys[child] & 0x7F)
            }
        }
        // 2 to the power of 1/3 and 2/3.
        frequencies = (0..<64).map { UInt32(Double(1 << ($0 / 3)) * [1, 1.259921, 1.587401][$0 % 3] + 0.5) }
        for codePoint in UInt32(0)..<0x10000 {
            if let root = root(FoldingTable.shared.single(codePoint)) { foldedRoots[Int(codePoint)] = UInt16(root) }
        }
    }

    deinit {
        pageNumbers.deallocate()
        symbols.deallocate()
        keys.deallocate()
        starts.deallocate()
        pairs.deallocate()
        neighbours.deallocate()
        foldedRoots.deallocate()
    }

    @inlinable static func pairKey(_ first: Int, _ second: Int) -> UInt64 {
        UInt64(first) << 14 | UInt64(second) | 1 << 28
    }
    @inlinable static func hash(_ key: UInt64) -> UInt64 { key &* 0x9E37_79B9_7F4A_7C15 }
    @inlinable static func slot(_ key: UInt64) -> Int { Int(hash(key) >> (64 - pairBits)) }

    /// How often the word was seen in 60 million words, at least 1, within 13 %; 0 if it is not in the list.
    ///
    /// - Parameter word: Folded scalars. Single characters have a frequency too.
    public func frequency(of word: UnsafeBufferPointer<UInt32>) -> UInt32 {
        guard word.count <= Self.maxSymbols, let first = word.first, var node = root(first) else { return 0 }
        for scalar in word.dropFirst() {
            guard let symbol = root(scalar), let child = child(of: node, along: symbol) else { return 0 }
            node = child
        }
        guard let level = level(of: node) else { return 0 }
        return frequencies[level]
    }

    /// Whether two folded scalars are a word.
    public func isWord(_ first: UInt32, _ second: UInt32) -> Bool {
        guard let first = root(first), let second = root(second) else { return false }
        return pairLevel(first, second) != nil
    }

    /// The characters that words have, as folded scalars, and how often each is a word by itself: 0 if it never is. For
    /// building tables.
    package static let characters: [(scalar: UInt32, frequency: UInt32)] = {
        let list = WordList.shared
        var characters = [(scalar: UInt32, frequency: UInt32)](repeating: (0, 0), count: WordData.symbolCount)
        for page in 0..<pageCount where list.pageNumbers[page] != 0 {
            for scalar in UInt32(page << 8)..<UInt32((page + 1) << 8) {
                guard let root = list.root(scalar) else { continue }
                characters[root] = (scalar, list.level(of: root).map { list.frequencies[$0] } ?? 0)
            }
        }
        return characters
    }()

    /// `root` of what a code point folds to; nil beyond the basic plane too.
    @inlinable @inline(__always)
    public func root(folding codePoint: UInt32) -> Int? {
        guard codePoint < 0x10000, foldedRoots[Int(codePoint)] != Self.noSymbol else { return nil }
        return Int(foldedRoots[Int(codePoint)])
    }

    /// `level` of two roots that are a word.
    @inlinable @inline(__always)
    public func pairLevel(_ first: Int, _ second: Int) -> Int? {
        let level = Int(pairSlot(first, second) & 0x7F)
        return level == 0 ? nil : level - 1
    }

    /// The node of one folded scalar, which is also its number in other nodes; nil if no word has it.
    @inlinable @inline(__always)
    public func root(_ scalar: UInt32) -> Int? {
        guard scalar < 0x110000 else { return nil }
        let symbol = symbols[Int(pageNumbers[Int(scalar >> 8)]) << 8 | Int(scalar & 0xFF)]
        return symbol == Self.noSymbol ? nil : Int(symbol)
    }

    /// Whether a word may have two scalars side by side, given by their roots. Says yes of one pair in eight by chance.
    @inlinable @inline(__always)
    public func mayAdjoin(_ first: Int, _ second: Int) -> Bool {
        let bit = Self.hash(Self.pairKey(first, second)) >> (64 - Self.neighbourBits)
        return neighbours[Int(bit >> 6)] >> (bit & 63) & 1 != 0
    }

    /// - Parameters:
    ///   - node: A root or what this function returned.
    ///   - symbol: A root.
    @inline(__always)
    public func child(of node: Int, along symbol: Int) -> Int? {
        guard node < WordData.symbolCount else { return descendant(of: node, along: symbol) }
        let found = pairSlot(node, symbol)
        return found == 0 ? nil : Int(found >> 7)
    }

    /// The memory that `pairLevel` will read, for callers that ask for it early.
    @inlinable @inline(__always)
    package func memoryOfPair(_ first: Int, _ second: Int) -> UnsafeRawPointer {
        UnsafeRawPointer(pairs + Self.slot(Self.pairKey(first, second)))
    }

    /// What `pairs` says of two roots; 0 if no word begins with them.
    @inlinable @inline(__always)
    func pairSlot(_ first: Int, _ second: Int) -> UInt32 {
        // Nearly all neighbours are in no word, and the filter is near while the slots are not.
        guard mayAdjoin(first, second) else { return 0 }
        let key = Self.pairKey(first, second)
        var slot = Self.slot(key)
        while pairs[slot] != 0 {
            if pairs[slot] >> 32 == key { return UInt32(truncatingIfNeeded: pairs[slot]) }
            slot = (slot + 1) & (1 << Int(Self.pairBits) - 1)
        }
        return 0
    }

    private func descendant(of node: Int, along symbol: Int) -> Int? {
        var low = Int(starts[node])
        let end = Int(starts[node + 1])
        var high = end
        while low < high {
            let middle = (low + high) / 2
            if keys[middle] >> 7 < symbol { low = middle + 1 } else { high = middle }
        }
        return low < end && keys[low] >> 7 == symbol ? low : nil
    }

    /// The logarithm of the frequency in thirds of an octave; nil if no word ends at the node.
    @inlinable @inline(__always)
    public func level(of node: Int) -> Int? {
        let level = Int(keys[node] & 0x7F)
        return level == 0 ? nil : level - 1
    }
}

/// Reads `WordData.trie`.
private struct TrieReader {
    let keys: UnsafeMutablePointer<UInt32>
    let starts: UnsafeMutablePointer<UInt32>
    private var decoder = RangeDecoder(WordData.trie)
    private var longer = [RangeDecoder.Probability](repeating: .init(), count: WordList.maxSymbols + 1)
    private var word = [RangeDecoder.Probability](repeating: .init(), count: WordList.maxSymbols + 1)
    private var level = [RangeDecoder.Probability](repeating: .init(), count: 4 * 64)
    private var more = [RangeDecoder.Probability](repeating: .init(), count: 4 * 6)
    private var gapLength = [RangeDecoder.Probability](repeating: .init(), count: 4 * 16 * 16)
    private var gapHigh = [RangeDecoder.Probability](repeating: .init(), count: 4 * 16 * 16 * 4)

    init(keys: UnsafeMutablePointer<UInt32>, starts: UnsafeMutablePointer<UInt32>) {
        self.keys = keys
        self.starts = starts
    }

    mutating func read() {
        for symbol in 0..<WordData.symbolCount { readNode(symbol, symbol: symbol, depth: 1) }
        var level = 0..<WordData.symbolCount
        var next = level.upperBound
        var depth = 1
        while !level.isEmpty {
            for node in level {
                let hasChildren = starts[node] != 0
                (starts + node).initialize(to: UInt32(next))
                guard hasChildren else { continue }
                var previous = -1
                var children = 0
                repeat {
                    previous += 1 + readGap(after: previous, depth: depth)
                    readNode(next, symbol: previous, depth: depth + 1)
                    next += 1
                    children += 1
                } while decoder.bit(&more[min(depth, 3) * 6 + min(children, 5)])
            }
            level = level.upperBound..<next
            depth += 1
        }
        precondition(next == WordData.nodeCount, "WordData is damaged; write it again with scripts/generate-tables")
        (starts + next).initialize(to: UInt32(next))
    }

    /// Until its children are read, `starts` tells whether there are any.
    private mutating func readNode(_ node: Int, symbol: Int, depth: Int) {
        let hasChildren = decoder.bit(&longer[depth])
        (starts + node).initialize(to: hasChildren ? 1 : 0)
        let isWord = hasChildren || depth == 1 ? decoder.bit(&word[depth]) : true
        var bits = 1
        if isWord { for _ in 0..<6 { bits = bits << 1 | (decoder.bit(&level[min(depth, 3) << 6 | bits]) ? 1 : 0) } }
        (keys + node).initialize(to: UInt32(symbol << 7 | (isWord ? bits - 63 : 0)))
    }

    /// An Exp-Golomb code whose length and two highest bits are adaptive.
    private mutating func readGap(after previous: Int, depth: Int) -> Int {
        let group = min(depth, 3) << 4 | (Int.bitWidth - (previous + 1).leadingZeroBitCount)
        var length = 0
        while decoder.bit(&gapLength[group << 4 | length]) { length += 1 }
        var value = 1
        for index in 0..<length {
            let isOne = index < 2 ? decoder.bit(&gapHigh[(group << 4 | length) << 2 | value]) : decoder.rawBit()
            value = value << 1 | (isOne ? 1 : 0)
        }
        return value - 1
    }
}
