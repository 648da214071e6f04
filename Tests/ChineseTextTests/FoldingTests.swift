import ChineseText
import Foundation
import Testing

@Suite struct FoldingTests {
    @Test(arguments: [
        ("Ａ", "a"), ("ＡＢＣ１２３！", "abc123!"), ("ǅ", "dz"), ("ß", "ss"), ("Σς", "σσ"), ("İ", "i"), ("ſ", "s"),
        ("糖尿病", "糖尿病"), ("國家", "国家"), ("國家級", "国家级"), ("減肥藥", "减肥药"), ("頭髮", "头发"), ("裏裡", "里里"),
        ("①", "1"), ("⑳", "20"), ("⒈", "1"), ("㊙", "秘"), ("㊀", "1"), ("½", "1⁄2"), ("㎏", "kg"), ("㍿", "株式会社"),
        ("ﬁ", "fi"), ("™", "tm"), ("²", "2"), ("𝐀", "a"), ("𝓫", "b"), ("🄰", "a"), ("Ⅳ", "iv"), ("豈", "岂"),
        ("㈱", "(株)"), ("　", " "), ("…", "..."), ("ｶﾞ", "カ\u{3099}"), ("ガ", "カ\u{3099}"),
        ("治\u{200B}愈", "治愈"), ("治\u{AD}\u{200D}\u{2060}愈", "治愈"), ("\u{FEFF}治愈", "治愈"), ("❤\u{FE0F}", "❤"),
        ("葛\u{E0100}", "葛"), ("", ""), ("\u{200B}", ""), ("한국", "한국"), ("😀", "😀"), ("㋿", "令和"),
        ("\u{1FAE8}", "\u{1FAE8}"),
    ])
    func `a text folds to`(_ raw: String, _ folded: String) { expect(raw, folded) }

    @Test(arguments: [
        ("é", "e"), ("e\u{301}", "e"), ("wēixìn", "weixin"), ("最\u{336}好\u{20DD}", "最好"), ("治\u{332}愈\u{332}", "治愈"),
        ("5\u{FE0F}\u{20E3}", "5"), ("Й", "и"), ("が", "か\u{3099}"), ("กำ", "กํา"),
    ])
    func `marks over, under and around a character are dropped, letters of other scripts kept`(
        _ raw: String, _ folded: String
    ) { expect(raw, folded) }

    @Test(arguments: [
        ("⼇⺾⻢⽼", "亠艹马老"), ("薬効", "药效"), ("弐壱", "21"), ("両対変売", "两对变卖"), ("啓敍衞", "启叙卫"),
        ("妺抺昩沬杮𠮷", "妹抹昧沫柿吉"),
        // Characters of their own on the mainland, though Japan or Taiwan writes another with them.
        ("给予", "给予"), ("芸", "芸"), ("着么", "着么"), ("欠缶", "欠缶"),
    ])
    func `radicals and regional forms are the plain character`(_ raw: String, _ folded: String) { expect(raw, folded) }

    @Test(arguments: [
        ("ѕоса", "soca"), ("ВСНЕКМТХ", "bchekmtx"), ("ΑΒΕΖΙΚΟΡΤΧ", "abezikoptx"), ("νχ", "vx"),
        ("ᴠx ᴡᴇɪxɪɴ ꜱ", "vx weixin s"),
        ("ᎪᏟ", "ac"), ("ꓪꓮ", "wa"), ("օո", "on"), ("ı", "i"), ("ɡ", "g"),
        // No ASCII letter looks like these, or reading one as such would be an error: a microgram is no milligram.
        ("жд", "жд"), ("σ", "σ"), ("μg", "μg"), ("µ", "μ"), ("ω", "ω"), ("丨口", "丨口"), ("ノ", "ノ"),
    ])
    func `letters that look like ASCII letters are those`(_ raw: String, _ folded: String) { expect(raw, folded) }

    @Test(arguments: [
        ("lI1|", "li1|"), ("oO0", "oo0"), ("О0", "o0"), ("З3", "з3"), ("ⅼ1", "l1"), ("○", "○"), ("β8", "b8"),
    ])
    func `a letter is never a digit`(_ raw: String, _ folded: String) { expect(raw, folded) }

    @Test(arguments: [
        ("❶➀➊⓿⓵㉈⓴", "111011020"), ("🅐🅰🇻🇽🅿", "aavxp"), ("🆗🆑🆓🆕", "okclfreenew"), ("⓪①", "01"), ("🄌", "0"),
        ("٣၂३᠑", "3231"), ("𝟙𝟗", "19"), ("🄁", "0"), ("⑴", "1"), ("⑸⒋㈤🔟", "54510"),
        ("㈩", "十"), ("⒱⒳🄐", "vxa"), ("㈱㈪", "(株)(月)"),
    ])
    func `styled letters and digits are plain`(_ raw: String, _ folded: String) { expect(raw, folded) }

    @Test(arguments: [
        ("〇零一二三四五六七八九", "00123456789"), ("壹贰叁肆伍陆柒捌玖", "123456789"), ("貳陸參", "26参"), ("弌弍弎幺", "1231"),
        ("㊀㊁㊂㊃㊄㊅㊆㊇㊈", "123456789"), ("⼀⼆⼋", "128"), ("〡〢〣〤〥〦〧〨〩", "123456789"), ("㆒㆓㆔㆕", "1234"),
        ("第一", "第1"), ("两十百千万廿双半", "两十百千万廿双半"), ("㊉", "十"), ("叄", "3"),
    ])
    func `Han digits are ASCII digits, Han numbers are not`(_ raw: String, _ folded: String) { expect(raw, folded) }

    private func expect(_ raw: String, _ folded: String) {
        // By scalars: String equality would call é and e + U+0301 the same.
        #expect(Array(FoldedText(raw).text.unicodeScalars) == Array(folded.unicodeScalars))
    }

    private static let scalars = (UInt32(0)..<0x110000).compactMap(Unicode.Scalar.init)

    /// What Unicode 15.0 knows; the standard library may know more.
    private static func isKnown(_ scalar: Unicode.Scalar) -> Bool {
        guard let age = scalar.properties.age else { return false }
        return age.major <= 15 && (age.major < 15 || age.minor == 0)
    }

    /// Numbers and letters in brackets or with a full stop, which Unicode spells out and folding takes bare: ⑸, ⒋, ㈤, ⒱, 🄂.
    private static func isInBrackets(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x2474...0x24B5, 0x3220...0x3229, 0x1F100...0x1F10A, 0x1F110...0x1F129: true
        default: false
        }
    }

    @Test func `compatibility forms fold alike, for every code point but conjoining Hangul`() {
        var differing: [String] = []
        for scalar in Self.scalars where Self.isKnown(scalar) && !Self.isInBrackets(scalar) {
            let raw = String(Character(scalar))
            let folded = FoldedText(raw).text
            for form in [raw.precomposedStringWithCompatibilityMapping, raw.decomposedStringWithCompatibilityMapping]
            // Hangul syllables are kept whole, so their conjoining letters are something else.
            where !form.unicodeScalars.contains(where: { (0x1100...0x11FF).contains($0.value) })
                && !FoldedText(form).text.unicodeScalars.elementsEqual(folded.unicodeScalars)
            {
                differing.append(raw)
            }
        }
        #expect(differing == [])
    }

    @Test func `capital, title and small letters fold alike, for every code point`() {
        var differing: [String] = []
        for scalar in Self.scalars where Self.isKnown(scalar) {
            let folded = FoldedText(String(Character(scalar))).text
            let properties = scalar.properties
            for form in [properties.lowercaseMapping, properties.uppercaseMapping, properties.titlecaseMapping]
            where form.unicodeScalars.allSatisfy(Self.isKnown)
                && !FoldedText(form).text.unicodeScalars.elementsEqual(folded.unicodeScalars)
            {
                differing.append(String(Character(scalar)))
            }
        }
        #expect(differing == [])
    }

    @Test func `folding twice changes nothing, for every code point`() {
        var differing: [UInt32] = []
        for value in UInt32(0)..<0x110000 {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let once = FoldedText(String(Character(scalar))).text
            if FoldedText(once).text != once { differing.append(value) }
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
