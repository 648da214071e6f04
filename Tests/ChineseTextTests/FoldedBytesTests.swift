import ChineseText
import TestSupport
import Testing

@Suite struct FoldedBytesTests {
    @Test func `each folded byte knows its raw bytes`() {
        let text = Array("三\u{200B}天㎏".utf8)
        var folded = FoldedBytes()
        text.withUnsafeBufferPointer { folded.fold(0..<text.count, of: $0) }
        #expect(folded.withBytes { Array($0) } == Array("3天kg".utf8))
        #expect(folded.raw(0..<1) == 0..<3)
        #expect(folded.raw(0..<4) == 0..<9)
        #expect(folded.raw(4..<6) == 9..<12)
        #expect(folded.raw(4..<5) == nil)
        #expect(folded.raw(5..<6) == nil)
        #expect(folded.raw(2..<4) == nil)
        #expect(folded.raw(3..<3) == nil)
        #expect(folded.raw(0..<7) == nil)
    }

    @Test func `a stretch is folded in place of the one before`() {
        let text = Array("甲乙丙".utf8)
        var folded = FoldedBytes()
        text.withUnsafeBufferPointer { folded.fold(0..<9, of: $0) }
        text.withUnsafeBufferPointer { folded.fold(3..<6, of: $0) }
        #expect(folded.withBytes { Array($0) } == Array("乙".utf8))
        #expect(folded.raw(0..<3) == 3..<6)
        text.withUnsafeBufferPointer { folded.fold(6..<6, of: $0) }
        #expect(folded.count == 0)
    }

    @Test(arguments: UInt64(0)..<20)
    func `the text is that of a folded text, and so are the places`(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let pieces =
            ["三", "萬", "A", "Ｂ", "㎏", "\u{200B}", "\u{FDFA}", "，", " ", "🇨🇳", "é"].map { Array($0.utf8) } + [
                [0xFF], [0xE6, 0xB2],
            ]
        var folded = FoldedBytes(capacity: 1)
        for _ in 0..<200 {
            let count = Int.random(in: 0...200, using: &random)
            let text = (0..<count).flatMap { _ in pieces.randomElement(using: &random)! }
            text.withUnsafeBufferPointer { bytes in
                folded.fold(0..<text.count, of: bytes)
                let expected = FoldedText(utf8: bytes)
                var place = 0
                for symbol in expected.symbols {
                    let length = symbol.scalar.map { UTF8.width($0) } ?? 1
                    let raw = folded.raw(place..<place + length)
                    if symbol.isFirst {
                        #expect(folded.offset(ofRaw: symbol.raw.lowerBound) == place, "seed \(seed)")
                    }
                    #expect(raw == (symbol.isFirst && symbol.isLast ? symbol.raw : nil), "seed \(seed)")
                    place += length
                }
                #expect(place == folded.count, "seed \(seed)")
                #expect(folded.offset(ofRaw: text.count) == folded.count, "seed \(seed)")
                let decoded = folded.withBytes { String(decoding: $0, as: UTF8.self) }
                #expect(decoded == expected.text, "seed \(seed)")
            }
        }
    }
}
