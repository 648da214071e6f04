/// How much a claim matters, in rising order.
public enum Severity: String, Sendable, CaseIterable, Comparable {
    case info, low, medium, high, critical

    private var rank: Int {
        switch self {
        case .info: 0
        case .low: 1
        case .medium: 2
        case .high: 3
        case .critical: 4
        }
    }

    /// So many steps more, from 0, up to critical.
    public func raised(by steps: Int) -> Severity { Self.allCases[min(Self.allCases.count - 1, rank + steps)] }

    public static func < (a: Severity, b: Severity) -> Bool { a.rank < b.rank }
}
