import Testing

@testable import claimwatch

@Suite struct `Display text` {
    @Test(arguments: [
        ("plain 中文", "plain 中文"), ("a\u{1B}[31mred", "a·[31mred"), ("a\u{202E}b", "a·b"), ("a\nb\u{7F}", "a·b·"),
    ])
    func `is safe for a terminal`(text: String, shown: String) {
        #expect(DisplayText.printable(text) == shown)
    }

    @Test(arguments: [("", 0), ("abc", 3), ("蜂蜜", 4), ("，。", 4), ("e\u{301}", 1), ("Ａ", 2), ("𠀀", 2)])
    func `counts columns`(text: String, columns: Int) {
        #expect(DisplayText.width(text) == columns)
    }

    @Test func `puts carets under double-width characters`() {
        #expect(DisplayText.carets(under: "蜂蜜能根治病", from: 9, to: 15) == "      ^^^^")
        #expect(DisplayText.carets(under: "a根b", from: 1, to: 4) == " ^^")
    }

    @Test func `cuts between characters`() {
        #expect(DisplayText.fitted("根治糖尿病", columns: 6) == "根治…")
        #expect(DisplayText.fitted("根治", columns: 4) == "根治")
    }
}

@Suite struct `Line reader` {
    @Test(
        arguments: [
            ("", []), ("a", ["a"]), ("a\n", ["a"]), ("a\n\nb", ["a", "", "b"]), ("12345678\n", ["12345678"]),
            ("123456789\nb", [nil, "b"]), ("b\n123456789", ["b", nil]),
        ] as [(String, [String?])])
    func `gives each line once and skips those too long`(text: String, lines: [String?]) throws {
        #expect(try read(text, maxLineBytes: 8) == lines)
    }

    @Test func `skips a line longer than every buffer`() throws {
        let text = "a\n" + String(repeating: "x", count: 2 << 20) + "\nb\n"
        #expect(try read(text, maxLineBytes: 100) == ["a", nil, "b"])
    }

    private func read(_ text: String, maxLineBytes: Int) throws -> [String?] {
        let file = try TemporaryFile(text)
        let reader = try LineReader(path: file.path, maxLineBytes: maxLineBytes)
        var lines: [String?] = []
        while let line = try reader.next() {
            switch line {
            case .bytes(let bytes): lines.append(String(decoding: bytes, as: UTF8.self))
            case .tooLong: lines.append(nil)
            }
        }
        #expect(reader.number == lines.count)
        return lines
    }
}
