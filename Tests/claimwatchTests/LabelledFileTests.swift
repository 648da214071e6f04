import ArgumentParser
import ClaimRules
import Foundation
import RuleTesting
import Testing

@testable import claimwatch

@Suite struct `Labelled file` {
    private func read(_ text: String, onlyLabel: String? = nil) throws -> [String] {
        let file = try TemporaryFile(text)
        let labelled = try LabelledFile(path: file.path, onlyLabel: onlyLabel)
        var lines: [String] = []
        while let line = try labelled.next() {
            switch line {
            case .labelled(let line): lines.append("\(line.number) \(line.label) \(line.text)")
            case .room(let number, let room): lines.append("\(number) room \(room.id)")
            case .wrong(let number, let reason): lines.append("\(number) ! \(reason)")
            }
        }
        return lines
    }

    @Test(arguments: [
        ("clean\t好茶\nviolating\t治病\n", ["1 clean 好茶", "2 violating 治病"]),
        ("clean\t好茶", ["1 clean 好茶"]),
        ("\u{FEFF}label\ttext\r\nclean\t好茶\r\n", ["2 clean 好茶"]),
        ("标签\t文本\nclean\t好茶\n", ["2 clean 好茶"]),
        ("clean\troom-1\t2026-01-01\t好茶\n", ["1 clean 好茶"]),
        ("\n  \nclean\t 好茶 \n", ["3 clean 好茶"]),
        ("", []),
        ("好茶\n", ["1 ! no tab: write label<TAB>text. A file without labels is for claimwatch evaluate --label."]),
        ("\t好茶\n", ["1 ! the first column, the label, is empty."]),
        ("clean\t \n", ["1 ! the last column, the text, is empty."]),
    ])
    func `gives label and text of each line`(text: String, lines: [String]) throws {
        #expect(try read(text) == lines)
    }

    @Test(arguments: [
        (#"{"schema":"review.v1","alert_id":"a","decision":"confirmed","text":"能根治","reason":"x"}"#, "confirmed 能根治"),
        (#"{"schema":"review.v1","alert_id":"b","decision":"dismissed","text":"不能根治"}"#, "dismissed 不能根治"),
        (#"{"schema":"review.v1","alert_id":"c","decision":"unclear","text":"治"}"#, "unclear 治"),
        (#"{"schema":"review.v1","alert_id":"d","decision":"maybe","text":"治"}"#, nil),
        (#"{"schema":"review.v1","alert_id":"e","decision":"confirmed","text":""}"#, nil),
        (#"{"schema":"alert.v1","decision":"confirmed","text":"能根治"}"#, nil), (#"{"schema":"review.v1","#, nil),
    ])
    func `takes what reviewers decided, beside labels and texts`(line: String, labelled: String?) throws {
        let wrong = """
            no review.v1: it needs schema, alert_id, decision (confirmed, dismissed or unclear) and text. \
            See schemas/review.v1.json.
            """
        #expect(try read("clean\t好茶\n\(line)\n") == ["1 clean 好茶", "2 " + (labelled ?? "! \(wrong)")])
    }

    @Test(
        arguments: [
            ("clean\t好茶", nil, nil), ("clean\tA\t好茶", nil, nil), ("clean\tA:listing\t好茶", .listing, nil),
            ("clean\tA:spoken:食品/蜂蜜\t好茶", .speech, "食品/蜂蜜"), ("clean\tA:LISTING: 茶 \t好茶", .listing, "茶"),
            ("clean\tA:spoken:counterfeit\t好茶", .speech, nil), ("clean\tA:disguised\t好茶", nil, nil),
            ("clean\tA\t食品/蜂蜜\t好茶", nil, "食品/蜂蜜"), ("clean\tA:标题\t茶\tx\t好茶", .listing, "茶"),
            ("clean\tA:listing:茶\t\t好茶", .listing, "茶"), ("clean\troom-1\t2026-01-01\t好茶", nil, nil),
        ] as [(String, Rule.Target?, String?)])
    func `tells what a text is, and of which goods, where the line says it`(
        text: String, target: Rule.Target?, category: String?
    ) throws {
        let file = try TemporaryFile(text)
        let labelled = try LabelledFile(path: file.path)
        guard case .labelled(let line)? = try labelled.next() else { return #expect(Bool(false), "\(text)") }
        #expect(line.text == "好茶")
        #expect(line.target == target)
        #expect(line.category == category)
    }

    @Test(arguments: [
        (#"{"id":"b01","segments":[],"truth":[]}"#, "1 room b01"),
        (#"{"id":"b01","segments":[]}"#, "1 ! truth: expected array, found nothing (missing_field)"),
    ])
    func `takes whole rooms`(line: String, read expected: String) throws { #expect(try read(line) == [expected]) }

    @Test func `leaves out lines whose label is unknown, and takes the others`() throws {
        let file = try TemporaryFile("Violating\t治病\nvioalting\t根治\nclean\t好茶\nvioalting\t治好\n")
        var bad = BadLines(), texts: [String] = []
        try forEachLabelled(in: file.path, labels: .init(), &bad) { texts.append($0.text) }
        #expect(texts == ["治病", "好茶"])
        #expect(bad.count == 2)
        let rows = try TemporaryFile((0..<65).map { "label\($0)\t好茶\n" }.joined())
        #expect(throws: (any Error).self) { try forEachLabelled(in: rows.path, labels: .init(), &bad) { _ in } }
    }

    @Test(
        arguments: [
            ([], [], "violating", .violating), ([], [], "Dismissed", .lawful), ([], [], "x", nil),
            (["A"], [], "a", .violating), (["a"], [], "violating", nil), (["clean"], [], "clean", .violating),
            ([], ["x", "violating"], "violating", .lawful), ([], ["x"], "clean", nil),
            (["unclear"], [], "unclear", .violating),
        ] as [([String], [String], String, Evaluation.Truth?)])
    func `labels mean what is said of them`(
        positive: [String], negative: [String], label: String, truth: Evaluation.Truth?
    ) throws {
        let arguments = positive.flatMap { ["--positive", $0] } + negative.flatMap { ["--negative", $0] }
        #expect(try LabelOptions.parse(arguments).question.truth(of: label) == truth)
    }

    @Test func `takes whole lines as texts if they share a label`() throws {
        #expect(try read("好\t茶\n白茶\n", onlyLabel: "clean") == ["1 clean 好\t茶", "2 clean 白茶"])
    }

    @Test func `names lines that are too long or no UTF-8, and goes on`() throws {
        let folder = try TemporaryFolder()
        let path = "\(folder.path)/lines.tsv"
        var bytes = Array("clean\t".utf8) + Array(repeating: UInt8(ascii: "a"), count: LabelledFile.maxLineBytes)
        bytes += Array("\nclean\t".utf8) + [0xC4, 0xE3, 0x0A] + Array("clean\t好\n".utf8)
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        let file = try LabelledFile(path: path)
        var reasons: [String] = []
        while let line = try file.next() {
            if case .wrong(let number, let reason) = line { reasons.append("\(number) \(reason)") }
        }
        #expect(
            reasons == [
                "1 longer than 1048576 bytes: skipped. Cut it into lines.",
                "2 not UTF-8. Convert the file: iconv -f GB18030 -t UTF-8.",
            ])
    }

    @Test(arguments: [
        ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0, 0] as [UInt8], "xz -dc"), ([0x1F, 0x8B, 8], "gzip -dc"),
        ([0xFF, 0xFE], "UTF-16"),
    ])
    func `says how to unpack what is no text yet`(start: [UInt8], advice: String) throws {
        let folder = try TemporaryFolder()
        try Data(start).write(to: URL(fileURLWithPath: "\(folder.path)/packed"))
        let file = try LabelledFile(path: "\(folder.path)/packed")
        do {
            _ = try file.next()
            Issue.record("it was read")
        } catch let error as LabelledFileError {
            #expect(error.description.contains(advice))
        }
    }
}
