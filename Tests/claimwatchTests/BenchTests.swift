import ArgumentParser
import Foundation
import TermMatching
import Testing

@testable import claimwatch

@Suite struct `List of terms` {
    @Test(
        arguments: [
            ("", []), ("\n\n", []), ("根治", ["根治"]), ("根治\n", ["根治"]), ("a\r\n\r\n b \n \t\nc", ["a", " b ", "c"]),
        ] as [(String, [String])])
    func `has a term on each line that is not blank`(text: String, terms: [String]) throws {
        #expect(try TermList(bytes: Array(text.utf8)).terms == terms)
    }

    @Test(
        arguments: [
            ("根治\n\n\u{200B}\n", 3, "nothing is left of this term after folding"),
            ("\u{FEFF}\n根治\n", 1, "nothing is left of this term after folding"),
            ("a\r\n\r\n" + String(repeating: "x", count: 1025), 3, "this term has 1025 bytes, 1024 is the limit"),
        ] as [(String, Int, String)])
    func `says on which line the index refuses a term`(text: String, line: Int, advice: String) throws {
        let problems = try TermList(bytes: Array(text.utf8)).problems()
        #expect(problems.map(\.line) == [line])
        #expect(problems.first?.advice.hasPrefix(advice) == true)
    }

    @Test func `names every term refused, up to a limit`() throws {
        let three = try TermList(bytes: Array("\u{200B}\n根治\n\n\u{FEFF}\n\u{200D}\n".utf8))
        #expect(three.problems().map(\.line) == [1, 4, 5])
        let many = try TermList(bytes: Array(String(repeating: "\u{200B}\n", count: 100).utf8))
        #expect(many.problems().count == TermList.maxProblems)
        #expect(try TermList(bytes: Array("根治\n".utf8)).problems() == [])
    }

    @Test func `says on which line the bytes are not UTF-8`() {
        let problem = #expect(throws: TermList.Problem.self) { _ = try TermList(bytes: [0x61, 0x0A, 0xFF, 0x0A]) }
        #expect(problem?.line == 2)
    }
}

@Suite struct `Measurement of matching` {
    private let text = Array("这个蜂蜜能根治\r\n糖尿病，根治糖尿病\n\nＫＧ与kg与㎏".utf8)

    @Test(arguments: [true, false])
    func `counts every match of every term, overlapping and folded`(perLine: Bool) throws {
        // 根治 twice, 治 twice, 尿病 twice, and three spellings of kg.
        let measured = try MatchMeasurement(
            terms: ["根治", "治", "尿病", "kg", "没有"], text: text, perLine: perLine, runs: 2)
        #expect(measured.matches == 9)
        #expect(measured.terms == 5)
        #expect(measured.textBytes == text.count)
        #expect(measured.lines == 4)
        #expect(measured.buildMs > 0)
        #expect(measured.mbPerS > 0)
    }

    @Test(
        arguments: [("好\n好", []), ("\u{FF}\n\u{E6}\u{9C}\n\na\u{C0}\u{80}\n", [1, 2, 4])] as [(String, [Int])])
    func `knows which lines are not valid UTF-8`(latin: String, numbers: [Int]) {
        // A byte for each scalar, but for the valid text.
        let bytes = numbers.isEmpty ? Array(latin.utf8) : latin.unicodeScalars.map { UInt8($0.value) }
        #expect(MatchMeasurement.invalidLines(of: bytes) == numbers)
    }

    @Test(arguments: ["-1", "0", "1000001"])
    func `is told a number of runs out of range`(runs: String) {
        let error = #expect(throws: (any Error).self) {
            _ = try BenchMatch.parse(["--terms", "t", "--text", "t", "--runs", runs])
        }
        #expect(error.map { BenchMatch.message(for: $0) } == "--runs must be 1 to 1000000, not \(runs)")
        #expect(error.map { BenchMatch.exitCode(for: $0).rawValue } == 64)
    }

    @Test(arguments: [
        (["--gaps", "5", "--sounds", "t"], "--gaps must be 0 to 4, not 5"),
        (["--gaps", "1"], "--gaps is for the terms of --sounds: give some"),
    ])
    func `is told gaps that no term can have`(options: [String], message: String) {
        let error = #expect(throws: (any Error).self) {
            _ = try BenchMatch.parse(["--terms", "t", "--text", "t"] + options)
        }
        #expect(error.map { BenchMatch.message(for: $0) } == message)
    }

    @Test func `does not find across lines when each is scanned for itself`() throws {
        // 根治 ends the first line; with a term that begins there, only the whole text can have it.
        let terms = ["治\r\n糖"]
        #expect(try MatchMeasurement(terms: terms, text: text, perLine: true, runs: 1).matches == 0)
        #expect(try MatchMeasurement(terms: terms, text: text, perLine: false, runs: 1).matches == 1)
    }

    @Test(arguments: [("a", 1), ("a\n", 1), ("a\nb", 2), ("\n", 1), ("\n\na", 3), ("a\r\n", 1)])
    func `knows how many lines there are`(text: String, lines: Int) {
        Array(text.utf8).withUnsafeBufferPointer { #expect(MatchMeasurement.lines(of: $0).count == lines) }
    }

    @Test func `finds terms by sound and with fillers where it is asked to`() throws {
        let text = Array("能止疗\n治那个疗\n治疗\n治 疗\n".utf8)
        func matches(_ terms: [String], _ sounds: [String], gaps: Int = 0) throws -> MatchMeasurement {
            try MatchMeasurement(terms: terms, sounds: sounds, gaps: gaps, text: text, perLine: true, runs: 1)
        }
        #expect(try matches(["治疗"], []).matches == 1)
        #expect(try matches(["没有"], ["治疗"], gaps: 1).matches == 4)
        let measured = try matches(["没有"], ["治疗"])
        #expect(measured.matches == 3)
        #expect(measured.terms == 2)
        #expect(measured.json.contains(#""sound_terms":1"#))
        #expect(BenchMatch.discussion.contains("  sound_terms "))
    }

    @Test func `prints the fields its help promises`() throws {
        let measured = try MatchMeasurement(terms: ["根治"], text: text, perLine: true, runs: 1)
        let object = try #require(JSONSerialization.jsonObject(with: Data(measured.json.utf8)) as? [String: Any])
        var promised: Set = [
            "terms", "text_bytes", "lines", "per_line", "runs", "kernel", "matches", "build_ms", "mb_per_s",
            "ns_per_line",
        ]
        if measured.memoryBytes != nil { promised.insert("memory_bytes") }
        #expect(Set(object.keys) == promised)
        #expect(!measured.json.contains("\n"))
        for field in promised { #expect(BenchMatch.discussion.contains("  \(field) ")) }
    }

    @Test(arguments: ScanKernel.available)
    func `finds the same with each kernel, and says which it was`(kernel: ScanKernel) throws {
        func measured(perLine: Bool) throws -> MatchMeasurement {
            try MatchMeasurement(
                terms: ["根治", "治", "尿病", "kg"], sounds: ["治疗"], text: text + Array("能止疗\n".utf8),
                perLine: perLine, runs: 1, kernel: kernel)
        }
        for perLine in [true, false] {
            let measured = try measured(perLine: perLine)
            #expect(measured.matches == 10)
            #expect(measured.json.contains(#""kernel":"\#(kernel.rawValue)""#))
        }
    }

    @Test func `reads what is allocated from the totals behind the last heap`() {
        let heap = #"<heap nr="0"><total type="rest" count="1" size="7"/><system type="current" size="9"/></heap>"#
        let totals = """
            <total type="fast" count="2" size="32"/>
            <total type="rest" count="3" size="500"/>
            <total type="mmap" count="1" size="4096"/>
            <system type="current" size="10000"/>
            """
        #expect(ProcessUsage.allocatedBytes(inMallocInfo: heap + heap + totals) == 10000 - 32 - 500 + 4096)
        #expect(ProcessUsage.allocatedBytes(inMallocInfo: heap) == nil)
        #expect(ProcessUsage.allocatedBytes(inMallocInfo: "") == nil)
    }

    #if canImport(Glibc)
        @Test(arguments: [1 << 20, 100 << 20])
        func `sees memory as it is taken and given back`(size: Int) throws {
            // Other tests take and give back memory beside this one, so one undisturbed measurement of many is enough.
            var isSeen = false
            for _ in 0..<500 where !isSeen {
                let before = try #require(ProcessUsage.allocatedBytes())
                let blocks = (0..<8).map { _ in UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 16) }
                let during = try #require(ProcessUsage.allocatedBytes())
                for block in blocks { block.deallocate() }
                let after = try #require(ProcessUsage.allocatedBytes())
                isSeen = during - before > size * 7 && during - after > size * 7
            }
            #expect(isSeen)
        }
    #endif
}

@Suite struct `Kernel of bench match` {
    private static let files = ["--terms", "terms.txt", "--text", "text.txt"]

    @Test func `is the best of this machine unless another is named`() throws {
        #expect(try BenchMatch.parse(Self.files).kernel == .best)
        #expect(try BenchMatch.parse(Self.files + ["--kernel", "portable"]).kernel == .portable)
    }

    @Test func `has a line in the help for every name`() {
        for kernel in ScanKernel.allCases { #expect(BenchMatch.discussion.contains("  \(kernel.rawValue) ")) }
    }

    @Test func `that does not exist is answered with those that do`() {
        let error = #expect(throws: (any Error).self) { try BenchMatch.parse(Self.files + ["--kernel", "neon"]) }
        let message = error.map { BenchMatch.fullMessage(for: $0) } ?? ""
        for kernel in ScanKernel.allCases { #expect(message.contains("'\(kernel.rawValue)'")) }
    }

    @Test(arguments: ScanKernel.allCases)
    func `is refused where the machine cannot run it, with those it can`(kernel: ScanKernel) {
        if ScanKernel.available.contains(kernel) {
            #expect(throws: Never.self) { try BenchMatch.parse(Self.files + ["--kernel", kernel.rawValue]) }
        } else {
            let error = #expect(throws: (any Error).self) {
                try BenchMatch.parse(Self.files + ["--kernel", kernel.rawValue])
            }
            #expect(error.map { BenchMatch.fullMessage(for: $0) }?.contains("take 'portable' or 'general'") == true)
        }
    }
}
