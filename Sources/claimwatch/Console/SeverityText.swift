import ClaimRules
import LiveEvents

/// Severities as people read them.
enum SeverityText {
    static func wording(_ severity: Severity) -> Wording {
        switch severity {
        case .info: Wording("提示", "info")
        case .low: Wording("低", "low")
        case .medium: Wording("中", "medium")
        case .high: Wording("高", "high")
        case .critical: Wording("特别严重", "critical")
        }
    }
}
