@testable import ClaimRules
import TestSupport
import Testing

@Suite struct `Whatever is done to a pack` {
    @Test(arguments: UInt64(0)..<200)
    func `there is a rule set or an error, and each problem has a place in the file`(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var bytes = Array(Packs.valid.utf8)
        for _ in 0..<Int.random(in: 1...4, using: &random) {
            let place = Int.random(in: 0..<bytes.count, using: &random)
            switch Int.random(in: 0..<3, using: &random) {
            case 0: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            case 1: bytes.removeSubrange(place..<min(bytes.count, place + Int.random(in: 1...20, using: &random)))
            default: bytes.insert(Array("[]{}:,-'\"@&*!|>#\n\t ".utf8).randomElement(using: &random)!, at: place)
            }
        }
        let loaded = RulePackLoader.load([PackFile(path: "p.yaml", bytes: bytes)])
        #expect((loaded.ruleSet == nil) == loaded.problems.contains { $0.kind == .error })
        let lines = bytes.count { $0 == 10 || $0 == 13 } + 2
        let places = loaded.problems.map { [$0.location.line, $0.location.column] }
        #expect(places.allSatisfy { (1...lines).contains($0[0]) && $0[1] >= 1 })
        #expect(zip(places, places.dropFirst()).allSatisfy { !$1.lexicographicallyPrecedes($0) })
    }

    @Test(arguments: UInt64(0)..<50)
    func `text in quotes comes out as it went in`(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let alphabet = Array("甲乙丙丁 ab1@#&*!|>%:,[]{}-?'\"\\`~").map(String.init)
        let terms = (0..<8).map { number in
            "词\(number)"
                + (0..<Int.random(in: 0...12, using: &random)).map { _ in alphabet.randomElement(using: &random)! }
                .joined() + "。"
        }
        let written = terms.map { "\"" + $0.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\"" }
        let single = terms.map { "'" + $0.replacing("'", with: "''") + "'" }
        for form in [written, single] {
            let match = "match: {any: [\(form.joined(separator: ", "))]}"
            let loaded = Packs.load(Packs.one(Packs.rule(["match": match])))
            #expect(try #require(loaded.rules.first).condition.parts == [terms])
        }
    }
}

@Suite struct `Did you mean` {
    private static let rows: [(String, [String], String?)] = [
        ("severty", ["severity", "status"], "severity"), ("tilte", ["title", "title_en"], "title"),
        ("legal", ["law", "legal_basis"], "legal_basis"), ("titles", ["title", "title_en"], "title"),
        ("HIGH", ["high", "low"], "high"), ("colour", ["severity", "title"], nil), ("x", ["id"], nil),
        ("", ["id"], nil),
        ("糖尿", ["糖尿病", "高血压"], "糖尿病"), (String(repeating: "a", count: 65), ["a"], nil),
    ]

    @Test(arguments: rows) func `the nearest known name, if any is near`(row: (String, [String], String?)) {
        #expect(Suggestions.nearest(to: row.0, among: row.1) == row.2)
    }

    @Test(arguments: UInt64(0)..<100)
    func `distances are those of a metric on small edits`(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        func word() -> [Unicode.Scalar] {
            (0..<Int.random(in: 0...6, using: &random)).map { _ in ["a", "b", "c"].randomElement(using: &random)! }
        }
        let (a, b) = (word(), word())
        let distance = Suggestions.distance(a, b)
        #expect(distance == Suggestions.distance(b, a))
        #expect((distance == 0) == (a == b))
        #expect((abs(a.count - b.count)...max(a.count, b.count)).contains(distance))
        if a.count > 1, a[0] != a[1] {
            var swapped = a
            swapped.swapAt(0, 1)
            #expect(Suggestions.distance(a, swapped) == 1)
        }
    }
}

@Suite struct `Days and spans` {
    @Test(arguments: [
        ("2015-09-01", true), ("2024-02-29", true), ("2023-02-29", false), ("1900-02-29", false), ("2000-02-29", true),
        ("2015-13-01", false), ("2015-00-01", false), ("2015-9-1", false), ("２０15-09-01", false),
        ("2015-09-01 ", false), ("", false),
    ]) func `days are those of the calendar`(row: (String, Bool)) {
        #expect(DayAndSpan.isDay(row.0) == row.1)
    }

    @Test(
        arguments: [
            ("10m", 600_000), ("90s", 90_000), ("24h", 86_400_000), ("m", nil), ("10", nil), ("10d", nil), ("-1m", nil),
            ("1.5h", nil),
            ("99999999999h", nil), ("", nil),
        ] as [(String, Int64?)]) func `spans are whole numbers of s, m or h`(row: (String, Int64?))
    {
        #expect(DayAndSpan.milliseconds(row.0) == row.1)
    }
}
