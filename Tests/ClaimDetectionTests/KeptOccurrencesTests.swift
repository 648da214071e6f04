import ClaimRules
import LiveEvents
import TermMatching
import TestSupport
import Testing

@testable import ClaimDetection

/// What is kept of the carry-over and searched again at its ends is what a search of the whole finds.
@Suite struct `Kept occurrences` {
    private static let plain = ruleSet(
        rule("cure", parts: [["根治", "治好"], ["糖尿病", "高血压"]], within: 12, unless: ["不能根治"]),
        rule("best", parts: [["最好", "最好的酒", "第一"]], unless: ["最好的朋友"]))

    private static func disguised(_ evasion: Evasion) -> RuleSet {
        ruleSet(
            rule(
                "r", parts: [["治疗", "微信", "大麻", "免疫力", "胖子", "最好", "15天", "1000元"]], unless: ["最好的朋友"],
                evasion: evasion,
                aliases: ["微信": [.init("绿泡泡", score: 60)]]),
            rule(
                "s", parts: [["糖尿病"], ["根治"]], within: 20, evasion: Evasion(gaps: 2, fillers: true)))
    }

    private static let sets = [
        plain, disguised(Evasion(wholeWords: true)),
        disguised(Evasion(gaps: 2, fillers: true, homophones: true, split: true)),
        disguised(Evasion(gaps: 4, fillers: true, homophones: true, split: true, numbers: true, wholeWords: true)),
    ]

    /// Halves of terms, disguises and words that decide around them, with and without signs to cut at.
    private static let pieces = [
        "根", "治", "糖尿", "病", "最", "好", "好喝", "的朋友", "的酒", "，", "。", "大麻", "烦", "止", "疗", "那个", "嗯", "某", "免",
        "疫力", "✨", " ", "zhi", "liao", "月半", "子", "绿泡泡", "微", "信", "第", "一", "15", "十", "效果", "高血压", "不能", "国家",
        "\u{AD}", "👨‍👩‍👧", "、", "！", "今天天气不错大家都来看看", "a", "卫", "芯",
        "天", "000", "，000元", "元", "千", "七、",
    ]

    @Test(arguments: UInt64(0)..<240)
    func `are what a search of the whole finds`(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let set = Self.sets[Int(seed % 4)]
        let pieces = seed % 3 == 0 ? Self.pieces.filter { !"，。、！".contains($0) } : Self.pieces
        var scanner = OccurrenceScanner(set)
        var carryOver = CarryOver()
        for number in 0..<40 {
            let text = (0..<Int.random(in: 1...6, using: &random)).map { _ in pieces.randomElement(using: &random)! }
                .joined()
            Step.say(text).withEvent(segmentID: Int64(number)) { event in
                guard case .transcript(let segment) = event else { return }
                carryOver.prepare(for: segment, maxPauseMS: 0, maxSoftPauseMS: Bool.random(using: &random) ? 0 : -2_000)
                let border = carryOver.append(segment, topic: 0, partition: 0, offset: Offset(Int64(number)))
                let first = carryOver.first
                var kept = carryOver.occurrences
                var whole: [Occurrence] = []
                carryOver.bytes.withUnsafeBufferPointer { bytes in
                    let old = scanner.extend(&kept, of: bytes, from: first, at: border, limit: .max)
                    #expect(old != nil)
                    if carryOver.isFrontCut { _ = scanner.settleFront(&kept, of: bytes, from: first, limit: .max) }
                    _ = scanner.scan(bytes, from: first, limit: .max, into: &whole)
                }
                #expect(kept == whole, "seed \(seed), segment \(number): \(text)")
                carryOver.occurrences = kept
                carryOver.isFrontCut = false
                _ = carryOver.trim(from: border, maxBytes: 240)
            }
        }
    }

    /// Alerts of the room store against those of one that forgets its occurrences before each segment.
    @Test(arguments: UInt64(0)..<40)
    func `decide as a search of the whole does`(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let set = Self.sets[Int(seed % 4)]
        let steps = (0..<60).map { number in
            let text = (0..<Int.random(in: 1...8, using: &random)).map { _ in
                Self.pieces.randomElement(using: &random)!
            }
            return Step.say(text.joined(), at: 1_000_000 + Int64(number) * 1_000)
        }
        let kept = RoomStore(ruleSet: set)
        let forgetful = RoomStore(ruleSet: set)
        for (number, step) in steps.enumerated() {
            forgetful.use(set)
            #expect(kept.play([step], from: Int64(number)) == forgetful.play([step], from: Int64(number)))
        }
        // The plain terms are rare in such texts.
        #expect(kept.counters.hits > 0 || seed % 4 == 0)
    }
}

@Suite struct `Sentence ends` {
    @Test(arguments: UInt64(0)..<200)
    func `are found as byte by byte`(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let pieces = ["。", "！", "？", "!", "?", "\n", "啊", "a", "が", "ﾟ", "が", "１", "国", "\u{81}", "\u{9F}"]
        let text = (0..<Int.random(in: 0...40, using: &random)).map { _ in
            Int.random(in: 0..<6, using: &random) == 0 ? pieces.randomElement(using: &random)! : "国"
        }.joined()
        let bytes = Array(text.utf8)
        var last = 0
        var offset = 0
        for scalar in text.unicodeScalars {
            offset += String(scalar).utf8.count
            if "。！？!?\n".unicodeScalars.contains(scalar) { last = offset }
        }
        let found = bytes.withUnsafeBufferPointer { Sentence.startOfLast(in: $0, from: 0) }
        #expect(found == last, "seed \(seed): \(text)")
    }
}
