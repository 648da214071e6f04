/// A day as listings write it.
///
/// ```
///     2026-09-20   2026/9/20   2026.09.20   20260920   2026年9月20日     that day
///     2026-09      2026年9月                                            the last day of the month
///     2026年       2026                                                 the last day of the year
/// ```
/// A month or a year is taken for its end, so that goods are never called older than they are.
enum WrittenDay {
    /// Characters of a text that are looked at.
    private static let maxBytes = 512

    /// The latest day that a text names, as `ChinaDay` counts; nil if it names none from 1900 to 2099.
    static func last(in text: String) -> Int32? {
        var groups: [(value: Int, digits: Int, start: Int, end: Int)] = []
        let bytes = Array(text.utf8.prefix(maxBytes))
        var index = 0
        while index < bytes.count {
            let start = index
            var value = 0
            while index < bytes.count, let digit = digit(bytes[index]) {
                if index - start < 9 { value = value * 10 + digit }
                index += 1
            }
            if index > start { groups.append((value, index - start, start, index)) } else { index += 1 }
        }
        var last: Int32?
        for (number, group) in groups.enumerated() {
            var parts = [group.value]
            if group.digits == 8 {
                parts = [group.value / 10_000, group.value / 100 % 100, group.value % 100]
            } else if group.digits == 6, 1...12 ~= group.value % 100 {
                parts = [group.value / 100, group.value % 100]
            } else if group.digits == 4 {
                for next in number + 1..<groups.count where parts.count < 3 {
                    // One sign, of one byte or of three (年, 月), stands between the parts.
                    let gap = groups[next].start - groups[next - 1].end
                    guard groups[next].digits <= 2, gap == 1 || gap == 3 else { break }
                    parts.append(groups[next].value)
                }
            } else {
                continue
            }
            if let day = day(parts), day > last ?? .min { last = day }
        }
        return last
    }

    private static func day(_ parts: [Int]) -> Int32? {
        guard 1900...2099 ~= parts[0] else { return nil }
        func parsed(_ year: Int, _ month: Int, _ day: Int) -> Int32? { ChinaDay.parse("\(year)-\(month)-\(day)") }
        guard parts.count > 1, 1...12 ~= parts[1] else { return parsed(parts[0], 12, 31) }
        if parts.count > 2, 1...31 ~= parts[2] { return parsed(parts[0], parts[1], parts[2]) }
        let next = parts[1] == 12 ? parsed(parts[0] + 1, 1, 1) : parsed(parts[0], parts[1] + 1, 1)
        return next.map { $0 - 1 }
    }

    private static func digit(_ byte: UInt8) -> Int? { 48...57 ~= byte ? Int(byte) - 48 : nil }
}
