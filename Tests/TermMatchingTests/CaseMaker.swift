import ChineseText
import TermMatching
import TestSupport

/// Terms and texts made to collide, seeded: few letters, many spellings, borders of tables, bytes that are no text.
struct CaseMaker {
    /// Each letter as bytes.
    let alphabet: [[UInt8]]
    var random: SplitMix64

    init(alphabet: Int, seed: UInt64) {
        self.alphabet = Self.alphabets[alphabet].letters.map { Array($0.utf8) }
        random = SplitMix64(seed: seed)
    }

    struct Alphabet: CustomStringConvertible {
        var description: String
        var letters: [String]

        init(_ description: String, _ letters: [String]) { (self.description, self.letters) = (description, letters) }
        init(_ description: String, _ letters: [UInt32]) {
            self.init(description, letters.map { String(Character(Unicode.Scalar($0)!)) })
        }
    }

    static let alphabets: [Alphabet] = [
        Alphabet("two letters", ["a", "b"]),
        Alphabet("one letter in many forms", ["a", "A", "ａ", "𝐚", "ⓐ", "b", "\u{200B}"]),
        Alphabet("expansions of units", ["k", "g", "㎏", "㎎", "m", "K", "\u{FE0F}"]),
        Alphabet("expansions of numbers", ["1", "2", "½", "⁄", "①", "⑫", "⒈", ".", "¼", "4"]),
        Alphabet("Chinese and what is dropped", ["国", "國", "家", "级", "級", "\u{AD}", "\u{FEFF}"]),
        Alphabet("expansions to Chinese", ["株", "式", "会", "社", "㍿", "㈱", "(", ")", "會"]),
        Alphabet("ligatures", ["f", "i", "ﬁ", "ﬀ", "ﬃ", "l"]),
        Alphabet("decompositions", ["é", "e", "\u{301}", "ガ", "カ", "\u{3099}", "ｶ", "ﾞ", "가", "\u{1100}", "\u{1161}"]),
        Alphabet("beyond the basic plane", ["😀", "𝐀", "\u{E0100}", "𠮷", "𡃁", "\u{2F81A}", "冬", "🄰", "a"]),
        Alphabet(
            "borders of UTF-8's lengths",
            [
                0x0, 0x7F, 0x80, 0x7FF, 0x800, 0xFFF, 0x1000, 0xCFFF, 0xD000, 0xD7FF, 0xE000, 0xFFFD, 0xFFFE, 0xFFFF,
                0x10000, 0x3FFFF, 0x40000, 0xFFFFF, 0x100000, 0x10FFFF,
            ]),
        Alphabet("U+FFFF and what follows it", [0xFFFF, 0xFFFE, 0x1_FFFF, 0x2_FFFF, 0x0, 0x41]),
        Alphabet(
            "pages with irregular entries, and their neighbours",
            [
                0x7F, 0x80, 0xAC, 0xAD, 0xAE, 0xFF, 0x100, 0x1FFF, 0x200B, 0x207F, 0x2080, 0x2FFF, 0x3000, 0x307F,
                0x3080, 0xFDFF, 0xFE00, 0xFE0F, 0xFE7F, 0xFE80, 0xFEFE, 0xFEFF, 0xFF00, 0xFF01, 0xFF7F, 0xFF80,
            ]),
        Alphabet("a character that folds to 18", ["\u{FDFA}", "ص", "ل", "ى", " ", "ا", "\u{FDF2}"]),
        Alphabet("forms of a letter beyond what the pair filter lists", ["ａ", "ⓐ", "ᵃ", "ₐ", "𝒂", "🅐", "Ａ", "a", "z"]),
    ]

    /// Bytes that are no text, each for a reason of its own.
    static let invalid: [[UInt8]] = [
        [0xFF], [0x80], [0xBF], [0xC0, 0x80], [0xC1, 0xBF], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80], [0xF0, 0x80, 0x80],
        [0xF4, 0x90, 0x80, 0x80], [0xF8, 0x88, 0x80, 0x80, 0x80], [0xE5, 0x9B], [0xF0, 0x9F, 0x98], [0xC3], [0xE5],
        [0xF5, 0x80, 0x80, 0x80],
    ]

    mutating func number(_ range: ClosedRange<Int>) -> Int {
        range.lowerBound + Int(truncatingIfNeeded: random.next() >> 1) % range.count
    }

    private mutating func isOne(of count: Int) -> Bool { random.next() % UInt64(count) == 0 }

    private mutating func letter() -> [UInt8] { alphabet[number(0...alphabet.count - 1)] }

    /// 1 to 6 terms: short and long ones, equal ones, ends and beginnings of one another.
    mutating func terms() -> [String] {
        while true {
            let terms = strings().filter { !FoldedText($0).symbols.isEmpty }
            if !terms.isEmpty { return terms }
        }
    }

    private mutating func strings() -> [String] {
        var terms: [String] = []
        let size = isOne(of: 4) ? 30...60 : isOne(of: 3) ? 13...20 : 1...4
        for _ in 0..<number(1...6) {
            if let earlier = terms.last, isOne(of: 3) {
                let scalars = Array(earlier.unicodeScalars)
                let cut = number(0...scalars.count - 1)
                var part = String.UnicodeScalarView()
                part.append(contentsOf: isOne(of: 2) ? scalars[cut...] : scalars[...cut])
                terms.append(String(part))
            } else {
                var term: [UInt8] = []
                // Repetition, so that long terms have themselves as parts.
                let unit = (0..<number(1...3)).map { _ in letter() }
                for place in 0..<number(isOne(of: 2) ? size : 1...4) {
                    term += isOne(of: 6) ? letter() : unit[place % unit.count]
                }
                terms.append(String(decoding: term, as: UTF8.self))
            }
        }
        return terms
    }

    /// A text of letters, terms and parts of terms, often behind something that moves it to another place of a step.
    mutating func text(_ terms: [String]) -> [UInt8] {
        var text: [UInt8] = []
        if isOne(of: 3) {
            let filler: [UInt8] = isOne(of: 3) ? [0x2D] : isOne(of: 2) ? letter() : Array("，".utf8)
            for _ in 0..<number(0...70) { text += filler }
        }
        let pieces = isOne(of: 16) ? 60 : 8
        for _ in 0..<number(0...pieces) {
            switch number(0...11) {
            case 0: text += terms[number(0...terms.count - 1)].utf8
            case 1:
                let term = Array(terms[number(0...terms.count - 1)].utf8)
                text += isOne(of: 2) ? term[number(0...term.count - 1)...] : term[...number(0...term.count - 1)]
            case 2 where isOne(of: 3): text += Self.invalid[number(0...Self.invalid.count - 1)]
            case 3 where isOne(of: 16): text += repeatElement(0x80, count: number(1...300))
            case 4 where isOne(of: 4):
                let repeated = letter()
                for _ in 0..<number(15...40) { text += repeated }
            default: text += letter()
            }
        }
        if isOne(of: 8), !text.isEmpty { text.removeLast(number(1...min(3, text.count))) }
        if isOne(of: 8), !text.isEmpty { text.remove(at: number(0...text.count - 1)) }
        return text
    }

    /// Up to 6 places to cut a text of `count` bytes at, ascending; some twice.
    mutating func cuts(_ count: Int) -> [Int] { (0..<number(0...6)).map { _ in number(0...count) }.sorted() }
}
