import ChineseText
import Foundation
import TermMatching
import Testing

/// Recall and false alarms of each way to see through a disguise, on 751 labelled sentences.
///
/// `disguises.tsv` holds our own sentences, one term under test each: 350 that hide it, 401 that only look as if they did.
/// They are balanced by path and written, not recorded, so the figures compare ways with one another and guard them
/// against getting worse; they say nothing about how often a trick is used in a real room.
@Suite struct DisguiseTests {
    struct Row {
        var path: String
        var term: String
        var text: String
        /// The raw substring that is to be reported; nil if nothing is.
        var matched: String?
    }

    /// What must at least be found with its exact span, and may at most be reported where nothing is meant.
    static let bounds: [String: (hits: Int, found: Int, clean: Int, alarms: Int)] = [
        // Listed aliases are ordinary words too (a real penguin): only the rest of a sentence can tell.
        "alias": (31, 31, 30, 27),
        "confusion": (31, 29, 34, 5),
        // Names and set phrases around a term (象牙芒, 国家级自然保护区) are for a rule's `unless`.
        "embedded": (0, 0, 60, 28),
        "filler": (33, 33, 31, 3),
        "folded": (33, 32, 27, 4),
        "gap": (31, 31, 31, 1),
        "homophone": (33, 33, 36, 4),
        "literal": (32, 32, 31, 2),
        "mixed": (32, 23, 29, 2),
        "number": (32, 30, 31, 1),
        "pinyin": (31, 30, 30, 2),
        "split": (31, 26, 31, 3),
    ]

    @Test func `finds what is hidden and leaves alone what is not`() throws {
        let rows = try Self.rows()
        let aliases = try Self.aliases()
        let terms = Set(rows.map(\.term)).sorted()
        let index = try TermIndex(
            terms.map {
                Term(
                    $0,
                    tolerance: Tolerance(
                        gaps: 2, fillers: true, sounds: true, numbers: true, split: true, marksEmbedded: true),
                    aliases: aliases[$0] ?? [])
            }, confusions: .all)
        var buffer = MatchBuffer()
        var counts: [String: (hits: Int, found: Int, clean: Int, alarms: Int)] = [:]
        for row in rows {
            let bytes = Array(row.text.utf8)
            buffer.removeAll()
            bytes.withUnsafeBufferPointer { index.scan($0, into: &buffer) }
            let found = (0..<buffer.count).map { buffer[$0] }.filter {
                terms[$0.term.index] == row.term && !$0.isEmbedded
            }
            var count = counts[row.path] ?? (0, 0, 0, 0)
            if let matched = row.matched {
                count.hits += 1
                if found.contains(where: { bytes[Int($0.start)..<Int($0.end)].elementsEqual(matched.utf8) }) {
                    count.found += 1
                }
            } else {
                count.clean += 1
                if !found.isEmpty { count.alarms += 1 }
            }
            counts[row.path] = count
        }
        print("path        hidden  found   clean  alarms")
        for (path, count) in counts.sorted(by: { $0.key < $1.key }) {
            let name = path.padding(toLength: 12, withPad: " ", startingAt: 0)
            print(
                name
                    + [count.hits, count.found, count.clean, count.alarms].map { number in
                        let text = String(number)
                        return String(repeating: " ", count: 6 - text.count) + text
                    }.joined(separator: "  "))
            let bound = try #require(Self.bounds[path])
            #expect(count.hits == bound.hits && count.clean == bound.clean, "rows of \(path)")
            #expect(count.found >= bound.found, "\(path): \(count.found) found, \(bound.found) before")
            #expect(count.alarms <= bound.alarms, "\(path): \(count.alarms) false alarms, \(bound.alarms) before")
        }
        #expect(counts.count == Self.bounds.count)
    }

    @Test func `every label is in its text, and no text stands twice`() throws {
        let rows = try Self.rows()
        #expect(Set(rows.map { Array($0.text.utf8) }).count == rows.count)
        for row in rows {
            guard let matched = row.matched else { continue }
            #expect(Data(row.text.utf8).range(of: Data(matched.utf8)) != nil, "\(row.text)")
        }
    }

    private static func lines(of file: String) throws -> [[String]] {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        let text = try String(decoding: Data(contentsOf: folder.appendingPathComponent(file)), as: UTF8.self)
        return text.split(separator: "\n").dropFirst().map {
            $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
        }
    }

    private static func rows() throws -> [Row] {
        try lines(of: "disguises.tsv").map {
            Row(path: $0[0], term: $0[1], text: $0[2], matched: $0[4] == "hit" ? $0[3] : nil)
        }
    }

    private static func aliases() throws -> [String: [Term.Alias]] {
        try lines(of: "aliases.tsv").reduce(into: [:]) { $0[$1[0], default: []].append(.init($1[1])) }
    }
}
