import ClaimRules
import LiveEvents

/// The ids of rules, each kept once and told by a number that outlives a rule set.
///
/// Windows are keyed by these numbers: a rule that is switched off and on again, or that stands elsewhere in its pack,
/// finds its windows as it left them.
struct RuleNames {
    private var ids: [RuleID] = []
    private var numbers: [RuleID: Int32] = [:]
    /// By index in the rule set in use.
    private(set) var inUse: [Int32] = []
    /// By number, the index in the rule set in use.
    private var indices: [Int32: Int] = [:]

    init(_ ruleSet: RuleSet) { use(ruleSet) }

    /// Takes another rule set into use.
    mutating func use(_ ruleSet: RuleSet) {
        inUse = ruleSet.rules.map { number(of: $0.id) }
        indices = Dictionary(inUse.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// Where the rule stands in the rule set in use; nil if it is in none.
    func index(of number: Int32) -> Int? { indices[number] }

    subscript(number: Int32) -> RuleID { ids[Int(number)] }

    mutating func number(of id: RuleID) -> Int32 {
        if let known = numbers[id] { return known }
        let number = Int32(ids.count)
        ids.append(id)
        numbers[id] = number
        return number
    }
}
