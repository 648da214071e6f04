import ChineseText
import Foundation
import TermMatching

/// How fast terms are found in a text, in figures that can be held against another matcher's.
struct MatchMeasurement: Encodable, Equatable {
    let terms: Int
    /// Those of `terms` that are matched by sound, with fillers; nil if none was given.
    let soundTerms: Int?
    let textBytes: Int
    let lines: Int
    let perLine: Bool
    let runs: Int
    /// The code that read the text.
    let kernel: String
    /// Every occurrence of every term, overlapping ones too, in one scan of the text.
    let matches: Int
    let buildMs: Double
    /// What the index keeps of malloc's memory; nil where the C library does not tell.
    let memoryBytes: Int?
    /// The best of the runs.
    let mbPerS: Double
    let nsPerLine: Double

    /// Builds an index and scans the text `runs` times with it, line by line or as a whole.
    ///
    /// - Parameter sounds: Further terms, matched by sound and with fillers.
    /// - Parameter gaps: Signs that they tolerate between two characters.
    /// - Parameter text: At most 2 GiB unless `perLine`; not empty.
    /// - Parameter kernel: One that this machine can run.
    init(
        terms: [String], sounds: [String] = [], gaps: Int = 0, text: [UInt8], perLine: Bool, runs: Int,
        kernel: ScanKernel = .best
    ) throws(TermError) {
        precondition(runs > 0 && !text.isEmpty, "nothing to measure")
        precondition(ScanKernel.available.contains(kernel), "this machine cannot run the kernel \(kernel)")
        let bySound = sounds.map { Term($0, tolerance: Tolerance(gaps: gaps, fillers: true, sounds: true)) }
        let built = try Self.build(terms.map { Term($0) } + bySound, kernel: kernel, runs: runs)
        let scanned = text.withUnsafeBufferPointer { text in
            let lines = Self.lines(of: text)
            let scan = Self.bestScan(of: perLine ? lines : [text], with: built.index, runs: runs)
            return (lines: lines.count, matches: scan.matches, seconds: scan.seconds)
        }
        self.terms = terms.count + sounds.count
        soundTerms = sounds.isEmpty ? nil : sounds.count
        textBytes = text.count
        lines = scanned.lines
        self.perLine = perLine
        self.runs = runs
        self.kernel = kernel.rawValue
        matches = scanned.matches
        buildMs = Self.rounded(built.seconds * 1e3, to: 1e3)
        memoryBytes = built.memoryBytes
        mbPerS = Self.rounded(Double(text.count) / 1e6 / scanned.seconds, to: 1e3)
        nsPerLine = Self.rounded(scanned.seconds * 1e9 / Double(scanned.lines), to: 10)
    }

    /// One JSON object on one line.
    var json: String {
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.outputFormatting = .sortedKeys
        return String(decoding: try! encoder.encode(self), as: UTF8.self)
    }

    /// Without their line breaks. What follows the last break is a line if it is not empty.
    static func lines(of text: UnsafeBufferPointer<UInt8>) -> [UnsafeBufferPointer<UInt8>] {
        var lines = text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        if lines.last?.isEmpty == true { lines.removeLast() }
        return lines.map { UnsafeBufferPointer(rebasing: $0.last == UInt8(ascii: "\r") ? $0.dropLast() : $0) }
    }

    /// The lines that are not valid UTF-8, by number from 1.
    static func invalidLines(of text: [UInt8]) -> [Int] {
        text.withUnsafeBufferPointer { text in
            lines(of: text).enumerated().filter { !isValid($0.element) }.map { $0.offset + 1 }
        }
    }

    private static func isValid(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
        do {
            _ = try UTF8Span(validating: line.span)
            return true
        } catch {
            return false
        }
    }

    private static func build(
        _ terms: [Term], kernel: ScanKernel, runs: Int
    ) throws(TermError) -> (index: TermIndex, seconds: Double, memoryBytes: Int?) {
        // The folding table is decoded on first use and shared by every index: it belongs to none of them.
        _ = FoldedText("a").text
        var best = Double.infinity
        for _ in 1..<max(min(runs, 3), 1) {
            let begun = ProcessUsage.cpuSeconds
            _ = try TermIndex(terms, kernel: kernel)
            best = min(best, ProcessUsage.cpuSeconds - begun)
        }
        let before = ProcessUsage.allocatedBytes()
        let begun = ProcessUsage.cpuSeconds
        let index = try TermIndex(terms, kernel: kernel)
        best = min(best, ProcessUsage.cpuSeconds - begun)
        let after = ProcessUsage.allocatedBytes()
        return (index, best, before.flatMap { before in after.map { $0 - before } })
    }

    private static func bestScan(
        of texts: [UnsafeBufferPointer<UInt8>], with index: TermIndex, runs: Int
    ) -> (matches: Int, seconds: Double) {
        // All are counted, whatever room they take.
        var found = MatchBuffer(limit: .max)
        var best = Double.infinity
        var matches: Int?
        for _ in 0..<runs {
            var count = 0
            let begun = ProcessUsage.cpuSeconds
            for text in texts {
                found.removeAll()
                index.scan(text, into: &found)
                count += found.count
            }
            best = min(best, ProcessUsage.cpuSeconds - begun)
            precondition(matches == nil || matches == count, "two scans of one text found different matches")
            matches = count
        }
        return (matches ?? 0, best)
    }

    private static func rounded(_ value: Double, to parts: Double) -> Double { (value * parts).rounded() / parts }
}
