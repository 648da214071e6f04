/// How much fuzzy matching may do for a text, so that no text takes longer than a bound.
///
/// Ordinary text asks for little, adversarial text for as much as an adversary can arrange. A text earns `perByte` units with
/// each byte and can save up to `burst`; where it has none left, places at which a term may end are not looked at, and that
/// is reported (`MatchBuffer.unverified`). Since what was spent is earned again within some hundred bytes, a term is hidden by
/// noise only if it stands right behind it.
///
/// A unit is some 5 to 10 ns: a block of sixteen terms compared, a step of an alignment, a pair of characters looked up. To cut
/// the words around a match takes `segmentation`. Units are counted whatever any cache holds, so decisions repeat.
public struct WorkBudget: Hashable, Sendable {
    /// Units that a text has at its beginning, and that it can save.
    public var burst: Int
    /// Units that each byte of the text earns.
    public var perByte: Int

    public init(burst: Int = 1024, perByte: Int = 2) {
        precondition(burst >= 0 && perByte >= 0, "a budget of \(burst) and \(perByte) units: give none below 0")
        self.burst = min(burst, Int(Int32.max))
        self.perByte = min(perByte, Int(Int32.max))
    }

    public static let standard = WorkBudget()
    /// No text is ever cut short: for explaining single texts, not for a stream.
    public static let unlimited = WorkBudget(burst: .max, perByte: 0)

    /// What the words around a match cost.
    static let segmentation = 16
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
