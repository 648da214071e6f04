/// The name of a rule, as its pack writes it, e.g. "food.treatment". No two rules of a rule set share one.
public struct RuleID: Hashable, Sendable, RawRepresentable, ExpressibleByStringLiteral {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }
    public init(_ text: String) { rawValue = text }
    public init(stringLiteral text: String) { rawValue = text }
}

extension RuleID: Comparable, CustomStringConvertible {
    public static func < (a: RuleID, b: RuleID) -> Bool { a.rawValue < b.rawValue }
    public var description: String { rawValue }
}
