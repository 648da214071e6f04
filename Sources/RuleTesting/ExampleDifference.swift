import ClaimRules
import LiveEvents

/// Where an alert says something else than its example must come to.
public struct ExampleDifference: Equatable, Sendable {
    /// The key of the example: "severity".
    public var key: String
    public var expected: String
    /// Empty for nothing.
    public var found: String
}

extension Rule.Examples.Expectation {
    /// What of it the alert does not say, in the order of the keys.
    func differences(from alert: Alert) -> [ExampleDifference] {
        var differences: [ExampleDifference] = []
        func compare(_ key: Key, _ expected: String?, _ found: String) {
            if let expected, expected != found {
                differences.append(ExampleDifference(key: key.rawValue, expected: expected, found: found))
            }
        }
        compare(.severity, severity?.rawValue, alert.rule.severity.text)
        compare(.name, category, alert.rule.category)
        compare(.exemptions, exemptions.map(Self.list), Self.list(alert.exemptions))
        compare(.guards, guards.map(Self.list), Self.list(alert.guards.map(\.name)))
        compare(.state, state?.rawValue, alert.state?.text ?? Rule.Examples.State.firm.rawValue)
        for (name, words) in captures.sorted(by: { $0.key < $1.key }) {
            compare(.name, words, alert.evidence.last { $0.group == name }?.matched ?? "")
        }
        return differences
    }

    /// In order, without the word that all exemptions of alerts begin with.
    private static func list(_ names: [String]) -> String {
        names.map { $0.hasPrefix("exempt:") ? String($0.dropFirst("exempt:".count)) : $0 }.sorted().joined(
            separator: ", ")
    }
}
