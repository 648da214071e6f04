import ChineseText
import Testing

@Suite struct NumberReaderTests {
    @Test(arguments: NumberRows.all)
    func `a text has the numbers`(_ row: NumberRow) {
        #expect(NumberReader.rows(of: row.text) == row.mentions, "\(row.text)")
    }

    @Test func `the table has 250 rows and more, and no text twice`() {
        #expect(NumberRows.all.count >= 250)
        #expect(Set(NumberRows.all.map(\.text)).count == NumberRows.all.count)
    }

    @Test func `every row reads the same between other words`() {
        for row in NumberRows.all {
            #expect(NumberReader.rows(of: "「\(row.text)」") == row.mentions, "\(row.text)")
        }
    }

    @Test func `money has its value in fen`() {
        let amounts: [(String, ClosedRange<Int64>?)] = [
            ("三十五块九", 3590...3590), ("五毛", 50...50), ("五分钱", 5...5), ("99元8角", 9980...9980),
            ("几十块", 2000...9000), ("三五百块", 30000...50000), ("1.5万元", 1_500_000...1_500_000),
            ("0.125元", nil), ("三十五斤", nil), ("三分之一元", nil),
        ]
        for (text, fen) in amounts { #expect(NumberReader.mentions(in: text).first?.fen == fen, "\(text)") }
    }

    @Test func `an exact number has a value, a range and an approximation have none`() {
        #expect(NumberReader.mentions(in: "三天").first?.value == NumberValue(3))
        #expect(NumberReader.mentions(in: "三五天").first?.value == nil)
        #expect(NumberReader.mentions(in: "上百天").first?.value == nil)
    }

    @Test func `ignorable code points inside a number are inside its span`() {
        let mentions = NumberReader.mentions(in: "瘦\u{200B}二\u{AD}十\u{200B}斤\u{FEFF}了")
        #expect(mentions.map { [$0.start, $0.end, $0.unitStart, $0.unitEnd] } == [[6, 20, 17, 20]])
        #expect(mentions.first?.low == NumberValue(20))
    }

    @Test func `invalid bytes end a number and are in none`() {
        let bytes: [UInt8] = [0xFF] + Array("三".utf8) + [0xE5] + Array("十斤".utf8) + [0xE4, 0xB8]
        let mentions = NumberReader.mentions(in: bytes)
        #expect(mentions.map(\.start) == [1, 5])
        #expect(mentions.map(\.end) == [4, 11])
    }

    @Test func `mentions are appended to what the buffer holds`() {
        var buffer = NumberBuffer(capacity: 16)
        for count in 1...100 {
            Array("三天".utf8).withUnsafeBufferPointer { NumberReader.read($0, into: &buffer) }
            #expect(buffer.count == count)
        }
        buffer.removeAll()
        #expect(buffer.count == 0)
        UnsafeBufferPointer<UInt8>(start: nil, count: 0).withMemoryRebound(to: UInt8.self) {
            NumberReader.read($0, into: &buffer)
        }
        #expect(buffer.count == 0)
    }

    @Test func `every unit has a spelling`() {
        var found: Set<NumberUnit> = []
        for row in NumberRows.all { found.formUnion(NumberReader.mentions(in: row.text).compactMap(\.unit)) }
        #expect(Set(NumberUnit.allCases).subtracting(found) == [])
    }
}

extension NumberReader {
    static func mentions(in text: String) -> [NumberMention] { mentions(in: Array(text.utf8)) }

    static func mentions(in bytes: [UInt8]) -> [NumberMention] {
        var buffer = NumberBuffer(capacity: 16)
        return mentions(in: bytes, with: &buffer)
    }

    static func mentions(in bytes: [UInt8], with buffer: inout NumberBuffer) -> [NumberMention] {
        buffer.removeAll()
        bytes.withUnsafeBufferPointer { read($0, into: &buffer) }
        return (0..<buffer.count).map { buffer[$0] }
    }

    /// The mentions as the rows of the table write them.
    static func rows(of text: String) -> [String] {
        let bytes = Array(text.utf8)
        return mentions(in: bytes).map { $0.row(in: bytes) }
    }
}

extension NumberMention {
    func row(in bytes: [UInt8]) -> String {
        func part(_ start: Int32, _ end: Int32) -> String {
            String(decoding: bytes[Int(start)..<Int(end)], as: UTF8.self)
        }
        var row = part(start, end) + "=" + (isApproximate ? "~" : "") + (low?.description ?? "?")
        if high != low { row += ".." + (high?.description ?? "?") }
        if let unit { row += " \(unit):" + part(unitStart, unitEnd) }
        if kind != .cardinal { row += " \(kind)" }
        return row
    }
}
