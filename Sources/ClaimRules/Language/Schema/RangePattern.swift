/// Regular expressions for whole numbers within bounds, as JSON Schema has none for a number with a unit.
enum RangePattern {
    /// Matches the digits of each number of the range, without leading zeros, and nothing else.
    static func of(_ range: ClosedRange<Int64>) -> String {
        var alternatives: [String] = []
        var least = range.lowerBound
        // Numbers of one length at a time: 60…86400 is 60…99, 100…999, 1000…9999, 10000…86400.
        while least <= range.upperBound {
            let digits = String(least).utf8.map { Int($0) - 48 }
            let longest = Int64(String(repeating: "9", count: digits.count))!
            let most = min(range.upperBound, longest)
            alternatives.append(between(digits[...], String(most).utf8.map { Int($0) - 48 }[...]))
            least = most + 1
        }
        return alternatives.joined(separator: "|")
    }

    /// Two numbers of one length: those that begin as the lesser, those between, those that begin as the greater.
    private static func between(_ least: ArraySlice<Int>, _ most: ArraySlice<Int>) -> String {
        guard let low = least.first, let high = most.first else { return "" }
        let (lowRest, highRest) = (least.dropFirst(), most.dropFirst())
        if lowRest.allSatisfy({ $0 == 0 }), highRest.allSatisfy({ $0 == 9 }) {
            return digit(low, high) + String(repeating: "[0-9]", count: lowRest.count)
        }
        if low == high { return "\(low)\(group(between(lowRest, highRest)))" }
        var parts = ["\(low)\(group(between(lowRest, lowRest.map { _ in 9 }[...])))"]
        if low + 1 < high { parts.append(digit(low + 1, high - 1) + String(repeating: "[0-9]", count: lowRest.count)) }
        parts.append("\(high)\(group(between(highRest.map { _ in 0 }[...], highRest)))")
        return parts.joined(separator: "|")
    }

    private static func digit(_ low: Int, _ high: Int) -> String { low == high ? "\(low)" : "[\(low)-\(high)]" }

    private static func group(_ pattern: String) -> String { pattern.contains("|") ? "(?:\(pattern))" : pattern }
}
