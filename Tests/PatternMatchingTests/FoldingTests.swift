import PatternMatching
import Testing

@Suite struct FoldingTests {
    @Test(arguments: [
        ("Ａ", "a"), ("ＡＢＣ１２３！", "abc123!"), ("ǅ", "dž"), ("ß", "ss"), ("Σς", "σσ"), ("İ", "i\u{307}"),
        ("糖尿病", "糖尿病"), ("國家", "国家"), ("國家級", "国家级"), ("減肥藥", "减肥药"), ("頭髮", "头发"), ("裏裡", "里里"),
        ("①", "1"), ("⑳", "20"), ("⒈", "1."), ("㊙", "秘"), ("㊀", "一"), ("½", "1⁄2"), ("㎏", "kg"), ("㍿", "株式会社"),
        ("ﬁ", "fi"), ("™", "tm"), ("²", "2"), ("𝐀", "a"), ("𝓫", "b"), ("🄰", "a"), ("Ⅳ", "iv"), ("ｶﾞ", "ガ"), ("豈", "岂"),
        ("㈱", "(株)"), ("　", " "), ("…", "..."),
        ("治\u{200B}愈", "治愈"), ("治\u{AD}\u{200D}\u{2060}愈", "治愈"), ("\u{FEFF}治愈", "治愈"), ("❤\u{FE0F}", "❤"),
        ("葛\u{E0100}", "葛"), ("", ""), ("\u{200B}", ""), ("한국", "한국"), ("é", "e\u{301}"), ("😀", "😀"),
    ])
    func `a text folds to`(_ raw: String, _ folded: String) {
        #expect(Array(TermIndex.folded(raw).unicodeScalars) == Array(Self.decomposed(folded)))
    }

    /// The few rows written with composed letters, as the table stores them.
    private static func decomposed(_ text: String) -> String.UnicodeScalarView {
        var view = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            case "ž": view.append(contentsOf: "z\u{30C}".unicodeScalars)
            case "ガ": view.append(contentsOf: "カ\u{3099}".unicodeScalars)
            default: view.append(scalar)
            }
        }
        return view
    }

    @Test func `folding twice changes nothing, for every code point`() {
        var differing: [UInt32] = []
        for value in UInt32(0)..<0x110000 {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let once = TermIndex.folded(String(Character(scalar)))
            if TermIndex.folded(once) != once { differing.append(value) }
        }
        #expect(differing.isEmpty)
    }

    @Test func `invalid bytes are symbols without a scalar, one for each maximal sequence`() {
        let bytes: [UInt8] = [0x61, 0xE7, 0xB3, 0x62, 0xFF, 0xC0, 0xAF, 0xED, 0xA0, 0x80, 0xF0, 0x9F]
        let folded = bytes.withUnsafeBufferPointer { FoldedText(utf8: $0) }
        #expect(folded.symbols.map(\.raw) == [0..<1, 1..<3, 3..<4, 4..<5, 5..<6, 6..<7, 7..<8, 8..<9, 9..<10, 10..<12])
        #expect(folded.symbols.map { $0.scalar != nil } == [true, false, true] + Array(repeating: false, count: 7))
        #expect(folded.text == String(decoding: bytes, as: UTF8.self))
    }

    @Test func `every symbol of an expansion has the bytes of its code point`() {
        let symbols = FoldedText("胖㎏").symbols
        #expect(symbols.map(\.raw) == [0..<3, 3..<6, 3..<6])
        #expect(symbols.map(\.isFirst) == [true, true, false])
        #expect(symbols.map(\.isLast) == [true, false, true])
    }
}
