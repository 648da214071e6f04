import CSymbolScan

/// A text as the loose view reads it.
///
///     text     止 ✨ zhi 疗 那 个 …
///     tokens   止, sign, syllable zhi, 疗, filler 那, filler 个 …
struct LooseTokens: ~Copyable {
    /// One character, syllable or initial, and what may stand in a gap.
    struct Token {
        /// The entry of the line it begins with.
        var entry: Int32
        /// How many entries it has: one, or the letters of a syllable.
        var count: UInt8
        var kind: Kind
        /// The syllable, or the letter of an initial.
        var value: UInt16
        var looseClass: UInt16

        enum Kind: UInt8 {
            case character
            case sign
            case filler
            /// Latin letters; the first of a run is marked, since a match takes whole runs.
            case syllable, firstSyllable
            case initial, firstInitial
        }

        @inline(__always) var isSkippable: Bool { kind == .sign || kind == .filler }
        var isLatin: Bool { kind.rawValue >= Kind.syllable.rawValue }
        var beginsRun: Bool { kind == .firstSyllable || kind == .firstInitial }
    }

    private(set) var tokens: UnsafeMutablePointer<Token>
    /// Tokens at which a loose term may end, and the class of the token before.
    private(set) var candidates: UnsafeMutablePointer<(token: Int32, before: UInt16)>
    /// The same as entries, before there are tokens.
    private(set) var quick: UnsafeMutablePointer<csymbol_loose_candidate>
    /// The token that begins with each entry.
    private(set) var numbers: UnsafeMutablePointer<Int32>
    /// The code points of a line that has symbols instead.
    private(set) var ownCodes: UnsafeMutablePointer<UInt32>
    /// The code points of the line; lent for one text.
    var codes: UnsafeMutablePointer<UInt32>
    private var capacity = 0
    var count = 0
    var candidateCount = 0

    init() {
        tokens = .allocate(capacity: 1)
        candidates = .allocate(capacity: 1)
        quick = .allocate(capacity: 1)
        numbers = .allocate(capacity: 1)
        ownCodes = .allocate(capacity: 1)
        codes = ownCodes
    }

    deinit { deallocate() }

    private func deallocate() {
        tokens.deallocate()
        candidates.deallocate()
        quick.deallocate()
        numbers.deallocate()
        ownCodes.deallocate()
    }

    /// Empties it and makes room for a line of `entries`.
    mutating func reset(_ entries: Int) {
        count = 0
        candidateCount = 0
        guard entries > capacity else { return }
        capacity = max(entries, capacity * 2, 256)
        deallocate()
        tokens = .allocate(capacity: capacity)
        candidates = .allocate(capacity: 2 * capacity)
        // The scan writes one candidate before it knows whether it is one.
        quick = .allocate(capacity: 2 * capacity + 1)
        numbers = .allocate(capacity: capacity)
        ownCodes = .allocate(capacity: capacity)
    }

    @inline(__always)
    mutating func append(_ token: Token) {
        tokens[count] = token
        numbers[Int(token.entry)] = Int32(truncatingIfNeeded: count)
        count += 1
    }

    /// Notes that the token to be appended next may end a term. At most two for each token.
    @inline(__always)
    mutating func note(before: UInt32, if mayEnd: Bool) {
        candidates[candidateCount] = (Int32(truncatingIfNeeded: count), UInt16(truncatingIfNeeded: before))
        candidateCount += mayEnd ? 1 : 0
    }
}
