import ClaimRules
import LiveEvents

/// Days, counted from 1970-01-01, as the law in China counts them: a day begins at midnight in China (UTC+8, no summer
/// time), wherever the event was written down.
package enum ChinaDay {
    private static let msPerDay: Int64 = 86_400_000
    private static let offsetMS: Int64 = 8 * 3_600_000

    static func of(_ timeMS: Int64) -> Int32 {
        let (shifted, overflow) = timeMS.addingReportingOverflow(offsetMS)
        let day = (overflow ? timeMS : shifted) / msPerDay - ((overflow ? timeMS : shifted) % msPerDay < 0 ? 1 : 0)
        return Int32(clamping: day)
    }

    /// The first moment of a day, epoch milliseconds.
    package static func beginMS(_ day: Int32) -> Int64 { Int64(day) * msPerDay - offsetMS }

    /// The day that "2026-02-01" names; nil if it is no such text.
    package static func parse(_ text: String) -> Int32? {
        let parts = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        guard parts.count == 3, let year = Int(Substring(parts[0])), let month = Int(Substring(parts[1])),
            let day = Int(Substring(parts[2])), 1...9999 ~= year, 1...12 ~= month, 1...31 ~= day
        else { return nil }
        // Years begin in March, so that the day that leap years add stands last (Howard Hinnant, days_from_civil).
        let shifted = month <= 2 ? year - 1 : year
        let era = shifted / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return Int32(era * 146_097 + dayOfEra - 719_468)
    }
}

/// The first and the last day of a stretch.
struct DayRange: Equatable {
    var first: Int32
    var last: Int32

    static let always = DayRange(from: nil, to: nil)

    /// Of what a pack writes; an end that is not written, or that names no day, is open.
    init(from: String?, to: String?) {
        first = from.flatMap(ChinaDay.parse) ?? .min
        last = to.flatMap(ChinaDay.parse) ?? .max
    }

    func contains(_ day: Int32) -> Bool { first <= day && day <= last }
}

/// When which articles of a list are in force.
///
/// ```
///     商标法 第五十七条   2014-05-01 ………………… 2026-12-31
///     商标法 第七十二条                                    2027-01-01 …
///     epochs              0     1                          2
/// ```
/// Between two changes the list in force is the same, so alerts are made for epochs and not for days.
struct LawCalendar {
    private let basis: [LegalBasis]
    private let ranges: [DayRange]
    /// Days on which an article begins to apply or no longer does, in order.
    private let changes: [Int32]

    /// - Parameter isDated: false shows all articles on every day.
    init(_ basis: [LegalBasis], isDated: Bool = true) {
        self.basis = basis
        guard isDated else {
            (ranges, changes) = (basis.map { _ in .always }, [])
            return
        }
        ranges = basis.map { DayRange(from: $0.from, to: $0.to) }
        var days: Set<Int32> = []
        for range in ranges {
            if range.first > .min { days.insert(range.first) }
            if range.last < .max { days.insert(range.last + 1) }
        }
        changes = days.sorted()
    }

    /// Which of the stretches between two changes a day lies in, from 0.
    func epoch(of day: Int32) -> Int32 { Int32(changes.count { $0 <= day }) }

    /// The articles in force in an epoch. If there are none, all of them, with their dates: the pack knows no older or
    /// newer law, and a reader can see that. A rule that must be silent then says `from` or `to` itself.
    func inForce(in epoch: Int32) -> [LegalBasis] {
        let day = epoch == 0 ? Int32.min : changes[Int(epoch) - 1]
        let list = zip(basis, ranges).filter { $0.1.contains(day) }.map(\.0)
        return list.isEmpty ? basis : list
    }
}
