import CTermScan
import ChineseText

/// One term, as it is held against a text.
struct FuzzyTerm {
    /// The number of the term in the index; `none` where a block has fewer than sixteen.
    var term: TermID
    var first: Int32
    var count: Int32
    var tolerance: Tolerance

    static let none: TermID = -1
}

/// What a scan reads of a set of fuzzy terms.
///
/// Unchecked, because the memory is written before `init` and only read afterwards.
final class FuzzyTables: @unchecked Sendable {
    /// What the prefilter reads.
    let prefilter: UnsafeMutablePointer<fuzzy_tables>
    let classes: CharacterClasses
    /// Those of blocks first, sixteen to each; the last of a bucket may have fewer.
    let terms: UnsafeMutablePointer<FuzzyTerm>
    let count: Int
    /// For each bucket where its blocks begin, and behind the last their end.
    let firstBlocks: UnsafeMutablePointer<UInt32>
    let blocks: UnsafeMutablePointer<fuzzy_block>
    /// Folded scalars of the terms.
    let scalars: UnsafeMutablePointer<UInt32>
    /// By syllable, the number of its canonical one.
    let canonical: UnsafeMutablePointer<UInt16>
    let groupPairs: GroupPairs
    let pairs: PairTable
    /// The same by all readings and initials, for what is written in letters.
    let latinPairs: PairTable
    let deadPairs: DeadPairs
    /// Whether there are terms of two in `pairs`.
    let hasPairs: Bool
    /// Whether a term tolerates fillers.
    let skipsFillers: Bool
    let sounds = SyllableTable.shared
    let folding = FoldingTable.shared
    let words = WordList.shared

    init(
        prefilter: UnsafeMutablePointer<fuzzy_tables>, classes: CharacterClasses,
        terms: UnsafeMutablePointer<FuzzyTerm>,
        count: Int, firstBlocks: UnsafeMutablePointer<UInt32>, blocks: UnsafeMutablePointer<fuzzy_block>,
        scalars: UnsafeMutablePointer<UInt32>, canonical: UnsafeMutablePointer<UInt16>,
        groupPairs: GroupPairs, pairs: PairTable, latinPairs: PairTable, deadPairs: DeadPairs, hasPairs: Bool,
        skipsFillers: Bool
    ) {
        self.prefilter = prefilter
        self.classes = classes
        self.terms = terms
        self.count = count
        self.firstBlocks = firstBlocks
        self.blocks = blocks
        self.scalars = scalars
        self.canonical = canonical
        self.groupPairs = groupPairs
        self.pairs = pairs
        self.latinPairs = latinPairs
        self.deadPairs = deadPairs
        self.hasPairs = hasPairs
        self.skipsFillers = skipsFillers
    }

    func symbols(of term: FuzzyTerm) -> UnsafeBufferPointer<UInt32> {
        UnsafeBufferPointer(start: scalars + Int(term.first), count: Int(term.count))
    }

    deinit {
        prefilter.deallocate()
        classes.deallocate()
        terms.deallocate()
        firstBlocks.deallocate()
        blocks.deallocate()
        scalars.deallocate()
        canonical.deallocate()
        groupPairs.deallocate()
        pairs.deallocate()
        latinPairs.deallocate()
        deadPairs.deallocate()
    }
}
