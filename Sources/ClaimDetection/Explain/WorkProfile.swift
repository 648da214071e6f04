public import ClaimRules

/// What detection works on, counted by construct and by rule: for `rules stats --profile`.
///
/// ```
///     rule 12: seq(number, @a)     120 steps    seq        20     two spans linked, their places looked up
///                                               number    100     the text read for numbers
/// ```
/// A step is a byte that is read or a span that is looked at. So figures are the same on every machine and in every run; they
/// are near to time and are not time. What two rules share is put down to the one that asks first, in the order of the rules.
/// Not counted: decoding, listings and their facts, windows, the making of alerts.
///
/// Used by one thread, as the store that it is given to.
public final class WorkProfile {
    /// What work is done for, in the words of the rule language.
    public enum Construct: String, CaseIterable, Sendable {
        /// The search for the terms of all rules, in every text, and handing them to the rules.
        case terms
        /// Words and choices between expressions.
        case any
        /// What takes words out of others: '-' and the phrases of `unless`.
        case minus
        case seq, near, all
        case number, percent, duration, price, weight, length, count
        case pattern
        /// `unless` and named guards around a hit.
        case unless
        case needs, exempt
        /// Signals of rules over minutes of a room.
        case span, score
        /// Whether anything new can meet a rule, and the choice of a hit's words.
        case hit
    }

    /// Work done for a construct or a rule.
    public struct Work: Equatable, Sendable {
        /// How often it was asked: of a rule, texts judged; of a construct, searches.
        public var asked = 0
        public var steps = 0
        /// Of a rule alone.
        public var hits = 0
    }

    /// Events that were judged or skipped.
    public internal(set) var events = 0
    /// By rule of the rule set, in its order.
    public private(set) var rules: [Work]
    private var constructs = [Work](repeating: Work(), count: Construct.allCases.count)
    /// Steps of what was asked within that which is being asked now.
    private var inner = 0
    /// What all work within is put down to, whatever construct it is.
    var owner: Construct?

    public init(_ ruleSet: RuleSet) { rules = [Work](repeating: Work(), count: ruleSet.rules.count) }

    public subscript(construct: Construct) -> Work { constructs[Self.place(construct)] }

    /// All steps.
    public var steps: Int { constructs.reduce(0) { $0 + $1.steps } }

    private static func place(_ construct: Construct) -> Int { Construct.allCases.firstIndex(of: construct) ?? 0 }

    // MARK: Counting

    func add(_ steps: Int, to construct: Construct) {
        constructs[Self.place(construct)].asked += 1
        constructs[Self.place(construct)].steps += steps
    }

    func add(_ steps: Int, hits: Int, toRule rule: Int) {
        rules[rule].asked += 1
        rules[rule].steps += steps
        rules[rule].hits += hits
    }

    /// Begins to count for a construct.
    ///
    /// - Returns: What `leave` needs: the inner steps of what asked for it.
    func enter() -> Int {
        defer { inner = 0 }
        return inner
    }

    /// Puts the steps since `enter` down to a construct, without those that were put down within.
    func leave(_ outer: Int, _ steps: Int, _ construct: Construct) {
        add(steps - inner, to: owner ?? construct)
        inner = outer + steps
    }
}

extension WorkProfile.Construct {
    init(_ node: Program.Node, _ program: Program) {
        switch node.kind {
        case .words, .any, .named: self = .any
        case .filtered: self = .minus
        case .seq: self = .seq
        case .near: self = node.within == .max ? .all : .near
        case .pattern: self = .pattern
        case .number:
            switch program.slots[node.source].kind {
            case .number: self = .number
            case .percent: self = .percent
            case .duration: self = .duration
            case .price: self = .price
            case .weight: self = .weight
            case .length: self = .length
            case .count: self = .count
            }
        }
    }
}
