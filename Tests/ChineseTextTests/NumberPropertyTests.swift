import ChineseText
import TestSupport
import Testing

@Suite struct NumberPropertyTests {
    /// What numbers are made of, words that begin like them, expansions, ignorables, and what is between.
    static let pieces: [String] =
        "零〇○一二三四五六七八九十百千万亿两几数半俩仨廿卅幺壹贰伍陆拾佰仟萬億兩多余来把上近超好第负点分之折成%％‰+-~到至./,，：元块角毛钱整天日月年个代斤克公度周岁次人倍0123456789１２３①⑳⑾⒈½⅓㏡㋋㍘㎏℃㊀㈩⼗六𝟗²₂ｋgGkKwWmlB¥ 。的了\u{200B}\u{FEFF}\u{FE0F}\u{10FFFB}"
        .map(String.init) + ["一点", "十分", "一起", "零下", "分之", "百分之", "个半", "小时", "三七", "万一", "千万", "小时", "块钱"]
    static let invalid: [[UInt8]] = [[0xFF], [0x80], [0xE4, 0xB8], [0xF0, 0x9F], [0xED, 0xA0, 0x80], [0xC0, 0x80]]

    static func text(_ random: inout SplitMix64) -> [UInt8] {
        var text: [UInt8] = []
        for _ in 0..<Int.random(in: 0...14, using: &random) {
            text +=
                Int.random(in: 0..<40, using: &random) == 0
                ? invalid.randomElement(using: &random)! : Array(pieces.randomElement(using: &random)!.utf8)
        }
        return text
    }

    /// Whether a code point, or a maximal invalid sequence, ends at each offset.
    static func borders(_ text: [UInt8]) -> Set<Int> {
        let symbols = text.withUnsafeBufferPointer { FoldedText(utf8: $0) }.symbols
        // Ignorable code points have no symbol, so their borders come from the valid text around.
        var borders = Set(symbols.flatMap { [$0.raw.lowerBound, $0.raw.upperBound] })
        borders.formUnion([0, text.count])
        return borders
    }

    @Test(arguments: UInt64(1)...20)
    func `spans ascend, do not overlap and lie on code point borders, in any text`(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var buffer = NumberBuffer(capacity: 16)
        for number in 0..<10000 {
            let text = Self.text(&random)
            let borders = Self.borders(text)
            var end: Int32 = 0
            for mention in NumberReader.mentions(in: text, with: &buffer) {
                let isSound =
                    mention.start >= end && mention.start < mention.end && Int(mention.end) <= text.count
                    && borders.contains(Int(mention.start)) && borders.contains(Int(mention.end))
                    && mention.unitStart >= mention.start && mention.unitStart <= mention.unitEnd
                    && mention.unitEnd <= mention.end && (mention.unit != nil) == (mention.unitStart < mention.unitEnd)
                    && (mention.low == nil || mention.high == nil || mention.low! <= mention.high!)
                guard isSound else {
                    Issue.record("seed \(seed), text \(number): \(mention) in \(String(decoding: text, as: UTF8.self))")
                    return
                }
                end = mention.end
            }
        }
    }

    @Test(arguments: UInt64(1)...20)
    func `a span read alone is the same number`(seed: UInt64) {
        var random = SplitMix64(seed: seed &+ 1000)
        var buffer = NumberBuffer(capacity: 16)
        for number in 0..<10000 {
            let text = Self.text(&random)
            for mention in NumberReader.mentions(in: text, with: &buffer) {
                let alone = Array(text[Int(mention.start)..<Int(mention.end)])
                let again = NumberReader.mentions(in: alone)
                guard again.count == 1, Int(again[0].end) == alone.count, again[0].start == 0,
                    again[0].low == mention.low, again[0].high == mention.high, again[0].kind == mention.kind,
                    again[0].unit == mention.unit, again[0].isApproximate == mention.isApproximate
                else {
                    Issue.record(
                        """
                        seed \(seed), text \(number): \(mention.row(in: text)) in \
                        \(String(decoding: text, as: UTF8.self)) is alone \(again.map { $0.row(in: alone) })
                        """)
                    return
                }
            }
        }
    }

    @Test func `random bytes never trap`() {
        var random = SplitMix64(seed: 4)
        var buffer = NumberBuffer(capacity: 16)
        for _ in 0..<20000 {
            let text = (0..<Int.random(in: 0...60, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random)
            }
            _ = NumberReader.mentions(in: text, with: &buffer)
        }
    }

    @Test func `any code point may stand between numbers`() {
        var buffer = NumberBuffer(capacity: 16)
        for value in Array(UInt32(0)..<0x10000) + Array(0x1D400..<0x1F300) + Array(0x2F800..<0x2FA20) {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let text = Array("三\(Character(scalar))三".utf8)
            for mention in NumberReader.mentions(in: text, with: &buffer) {
                let first = [0, 3, text.count - 3]
                guard first.contains(Int(mention.start)), [3, text.count - 3, text.count].contains(Int(mention.end))
                else {
                    Issue.record("U+\(String(value, radix: 16)): \(mention)")
                    return
                }
            }
        }
    }

    /// 100 kB of each: quadratic time would take hours.
    @Test(
        .timeLimit(.minutes(5)),
        arguments: [
            "一", "九", "万", "点", "零", "十", "百", "几", "半", "第", "负", "上", "两", "1", "1.", "1,234,", "1-", "1/", "一到",
            "1到9到",
            "百分之", "1分之", "0分之", "九万", "一一", "一百", "十几", "多", "1\u{200B}", "一\u{200B}\u{200B}\u{200B}个",
            "9块9", "一块一", "三点五", "1点5", "1w", "½", "⒈", "㎏", "¥1", "-1", "一两", "两三", "三七", "一点", "\u{FFFD}", "1%-",
            "1到", "好几", "个半", "廿", "幺", "○",
        ])
    func `a flood takes linear time`(piece: String) {
        var buffer = NumberBuffer(capacity: 16)
        let flood = Array(String(repeating: piece, count: 20_000 / piece.utf8.count).utf8)
        for text in [flood, Array("九百".utf8) + flood + Array("万亿斤".utf8)] {
            let mentions = NumberReader.mentions(in: text, with: &buffer)
            #expect(mentions.allSatisfy { $0.start < $0.end })
        }
        // One run of ignorables that each look ahead would cross again.
        let gap = Array("九".utf8) + Array(String(repeating: "\u{200B}", count: 20_000).utf8) + Array("斤".utf8)
        let mention = NumberReader.mentions(in: gap, with: &buffer)
        #expect(mention.map { $0.unit } == [.jin])
    }
}
