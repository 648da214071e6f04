import ChineseText
import TestSupport
import Testing

@Suite struct `Visible characters` {
    private static func count(_ text: String) -> Int {
        Array(text.utf8).withUnsafeBufferPointer { VisibleCharacters.count(in: $0, from: 0, to: $0.count) }
    }

    @Test(
        arguments: [
            ("", 0), ("治好糖尿病", 5), ("治好" + String(repeating: "\u{200B}", count: 12) + "糖尿病", 5), ("abc 1", 5),
            ("治好👨‍👩‍👧👨‍👩‍👧糖尿病", 7), ("👍🏽", 1), ("🇨🇳🇯🇵", 2), ("🇨🇳🇯", 2), ("5\u{FE0F}\u{20E3}", 1), ("❤\u{FE0F}\u{200D}🔥", 1),
            ("治\u{200D}好", 2), ("治\u{200D}🔥", 2), ("\u{200D}👧", 1), ("治\u{300}", 1), ("🏽", 1),
            ("🏳\u{FE0F}\u{200D}🌈", 1),
        ] as [(String, Int)])
    func `are as many as a reader counts`(text: String, count: Int) {
        #expect(Self.count(text) == count, "\(text)")
    }

    @Test func `count an invalid sequence as one, and only what lies between the ends`() {
        let bytes: [UInt8] = Array("治好".utf8) + [0xFF, 0xE7, 0xB3] + Array("糖".utf8)
        bytes.withUnsafeBufferPointer {
            #expect(VisibleCharacters.count(in: $0, from: 0, to: $0.count) == 5)
            #expect(VisibleCharacters.count(in: $0, from: 3, to: 6) == 1)
            #expect(VisibleCharacters.count(in: $0, from: 6, to: 6) == 0)
        }
    }

    @Test(arguments: UInt64(1)...20)
    func `are never more than code points, and all of them where nothing vanishes`(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let plain = ["治", "好", "糖", "a", "1", "，", " ", "、"]
        let unseen = ["\u{200B}", "\u{200D}", "\u{FE0F}", "\u{AD}", "🏽", "👧", "🇨"]
        for _ in 0..<300 {
            let text = (0..<12).map { _ in plain.randomElement(using: &random)! }
            #expect(Self.count(text.joined()) == text.count)
            let mixed = text.flatMap { [$0, unseen.randomElement(using: &random)!] }.joined()
            #expect(Self.count(mixed) <= mixed.unicodeScalars.count)
            #expect(Self.count(mixed) >= text.count)
        }
    }
}
