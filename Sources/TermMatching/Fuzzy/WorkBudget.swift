/// How much fuzzy matching may do for a text, so that no text takes longer than a bound.
///
/// Ordinary text asks for little, adversarial text for as much as an adversary can arrange. A text earns `perByte` units with
/// each byte and can save up to `burst`; where it has none left, places at which a term may end are not looked at, and that
/// is reported (`MatchBuffer.unverified`). Since what was spent is earned again within some hundred bytes, a term is hidden by
/// noise only if it stands right behind it.
///
/// A unit is some 10 ns at most, whatever it is spent for (`Cost`). Units are counted whatever any cache holds, so decisions
/// repeat.
public struct WorkBudget: Hashable, Sendable {
    /// Units that a text has at its beginning, and that it can save.
    public var burst: Int
    /// Units that each byte of the text earns.
    public var perByte: Int

    /// - Parameters: From 0 to `Int32.max`.
    public init(burst: Int, perByte: Int) {
        precondition(burst >= 0 && perByte >= 0, "a budget of \(burst) and \(perByte) units: give none below 0")
        self.burst = min(burst, Int(Int32.max))
        self.perByte = min(perByte, Int(Int32.max))
    }

    /// For every 8,000 terms (`scaled`). With 2,000 terms by sound no line of reviews or of livestream speech spends more
    /// than a quarter of it, with 8,000 none all of it; what hurts most is searched at an eighth of the speed of ordinary
    /// text (`bench/matching/adversarial`).
    public static let standard = WorkBudget(burst: 2048, perByte: 2)
    /// No text is ever cut short: for explaining single texts, not for a stream.
    public static let unlimited = WorkBudget(burst: .max, perByte: 0)

    /// The same for so many terms: the more there are, the more of them have to be looked at where nothing is hidden.
    func scaled(to terms: Int) -> WorkBudget {
        let factor = (max(terms, 1) + Self.termsOfStandard - 1) / Self.termsOfStandard
        return WorkBudget(
            burst: burst.multipliedReportingOverflow(by: factor).overflow ? .max : burst * factor,
            perByte: perByte * factor)
    }

    /// Terms that are not only looked for as they are written, up to which `standard` is enough.
    private static let termsOfStandard = 8_000

    /// Units.
    enum Cost {
        /// To compare the terms of a block.
        static let block = 1
        /// To hold a token against a symbol of a term.
        static let step = 3
        /// To look up a pair of characters, and one with letters.
        static let pair = 3
        static let latinPair = 8
        /// To cut the words around a match.
        static let segmentation = 48
    }
}

/// What is left of a budget at a place of a text.
struct WorkAccount {
    private let budget: WorkBudget
    /// May fall below 0 by what one place cost.
    private(set) var left: Int
    /// Units spent so far.
    private(set) var spent = 0
    private var byte = 0
    /// Places that were not looked at, since there was nothing left.
    private(set) var unverified = 0

    init(_ budget: WorkBudget) {
        self.budget = budget
        left = budget.burst
    }

    /// Earns what the bytes up to a place are worth.
    @inline(__always)
    mutating func advance(to byte: Int) {
        guard byte > self.byte else { return }
        left = min(left + (byte - self.byte) * budget.perByte, budget.burst)
        self.byte = byte
    }

    @inline(__always)
    mutating func spend(_ units: Int) {
        left -= units
        spent += units
    }

    var isSpent: Bool { left <= 0 }

    mutating func skipPlace() { unverified += 1 }
}
