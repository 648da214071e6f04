import ArgumentParser
import Foundation

/// How times are written in China, where the laws of the packs apply. It has no summer time.
let chinaTime = Date.ISO8601FormatStyle(
    dateTimeSeparator: .space, timeZone: TimeZone(secondsFromGMT: 8 * 3600) ?? .gmt)

/// The day it is in China, as yyyy-MM-dd.
func today() -> String { Date().formatted(chinaTime.year().month().day()) }

/// Whether the text is a day of the calendar, written yyyy-MM-dd.
func isDay(_ text: String) -> Bool {
    let format = Date.ISO8601FormatStyle(timeZone: .gmt).year().month().day()
    return text.utf8.count == 10 && (try? format.parse(text)).map { $0.formatted(format) == text } == true
}

/// - Throws: What to do, if `--at` is given and names no day.
func validateDay(_ day: String?) throws {
    guard let day, !isDay(day) else { return }
    throw ValidationError(
        said(
            "--at \(DisplayText.printable(day)) 不是日期：写成 2026-01-01",
            "--at \(DisplayText.printable(day)) is no day: write it as 2026-01-01"))
}
