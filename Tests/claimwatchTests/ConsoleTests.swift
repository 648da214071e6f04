import Foundation
import Testing

@testable import claimwatch

@Suite struct `Display text` {
    @Test(arguments: [
        ("plain 中文", "plain 中文"), ("a\u{1B}[31mred", "a·[31mred"), ("a\u{202E}b", "a·b"), ("a\nb\u{7F}", "a·b·"),
    ])
    func `is safe for a terminal`(text: String, shown: String) {
        #expect(DisplayText.printable(text) == shown)
    }

    @Test(arguments: [
        ("", 0), ("abc", 3), ("蜂蜜", 4), ("，。", 4), ("e\u{301}", 1), ("Ａ", 2), ("𠀀", 2), ("✨", 2), ("❤\u{FE0F}", 1),
        ("🇨🇳", 2),
    ])
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

@Suite struct `Standard output` {
    @Test func `tells why nothing more can be written`() {
        let full = open("/dev/full", O_WRONLY)
        defer { close(full) }
        var output = StandardOutput(descriptor: full)
        output.print("x")
        #expect(output.failure == nil)
        output.flush()
        #expect(output.failure == PosixError(code: ENOSPC))
    }

    @Test func `waits where the reader is slow`() throws {
        var ends: [Int32] = [0, 0]
        #expect(pipe(&ends) == 0)
        _ = fcntl(ends[1], F_SETFL, O_NONBLOCK)
        let bytes = [UInt8](repeating: 7, count: 1 << 20)
        let (reading, writing) = (ends[0], ends[1])
        Thread.detachNewThread {
            _ = writeAll(bytes, to: writing)
            close(writing)
        }
        var (total, chunk) = (0, [UInt8](repeating: 0, count: 4096))
        while case let count = read(reading, &chunk, chunk.count), count > 0 { total += count }
        close(reading)
        #expect(total == bytes.count)
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
