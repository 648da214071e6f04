import Foundation
import TestSupport
import Testing

@testable import ClaimScreen

private func features(_ text: String, bits: Int = 18) -> [UInt32] {
    var features = ScreenFeatures(bits: bits), text = text
    text.withUTF8 { features.read($0) }
    return features.buckets
}

/// Sentences by chance: some words are said by those who were confirmed, some by the others, most by both.
private func lines(_ count: Int, seed: UInt64) -> [(text: String, isConfirmed: Bool)] {
    var chance = SplitMix64(seed: seed)
    let confirmed = ["不喊疼了", "断根", "包好的"], others = ["三天到货", "尺码偏大", "先拍下"]
    let both = ["家人们", "看一下", "这一款", "今天", "给大家", "我们家", "老铁", "是不是", "你们看", "真的"]
    return (0..<count).map { _ in
        let isConfirmed = Bool.random(using: &chance)
        var words = (0..<Int.random(in: 3...9, using: &chance)).map { _ in both.randomElement(using: &chance)! }
        words.append((isConfirmed ? confirmed : others).randomElement(using: &chance)!)
        return (words.shuffled(using: &chance).joined(), isConfirmed)
    }
}

private func texts(_ lines: [(text: String, isConfirmed: Bool)], bits: Int = 10) -> LabelledTexts {
    var texts = LabelledTexts(bits: bits)
    for line in lines {
        var text = line.text
        text.withUTF8 { texts.add($0, isConfirmed: line.isConfirmed) }
    }
    return texts
}

@Suite struct `What a screen sees of a text` {
    @Test(
        arguments: [
            ("能根治，糖尿病。", "能 根治 糖尿病"), ("A级 三天", "a级3天"), ("沒有治癒", "没有治愈"), ("好👍茶", "好茶"), ("１００％", "100"),
        ])
    func `is the same however marks and letters are written`(one: String, other: String) {
        #expect(features(one) == features(other))
    }

    @Test func `is each sequence of one to four characters, once`() {
        // 甲乙甲乙: 甲 乙 甲乙 乙甲 甲乙甲 乙甲乙 甲乙甲乙.
        #expect(features("甲乙甲乙").count == 7)
        #expect(features("，。！ ").isEmpty)
        #expect(features("").isEmpty)
    }

    @Test func `is bounded by its buckets and ascends`() {
        var chance = SplitMix64(seed: 4)
        for bits in [10, 18, 22] {
            let scalars = (0..<2000).map { _ in Unicode.Scalar(UInt32.random(in: 0x4E00...0x9FFF, using: &chance))! }
            let found = features(String(String.UnicodeScalarView(scalars)), bits: bits)
            #expect(found == Array(Set(found)).sorted())
            #expect(found.last! < 1 << bits)
        }
    }

    @Test func `of any bytes is something`() {
        var chance = SplitMix64(seed: 5)
        for _ in 0..<2000 {
            let bytes = (0..<chance.below(41)).map { _ in UInt8(chance.below(256)) }
            var features = ScreenFeatures(bits: 12)
            bytes.withUnsafeBufferPointer { features.read($0) }
            #expect(features.buckets.count <= 4 * bytes.count * 31)
        }
    }
}

@Suite struct `A learned screen` {
    @Test func `tells unseen texts apart`() {
        let model = ScreenModel.learn(name: "t", from: texts(lines(200, seed: 1)))
        let wrong = lines(300, seed: 2).filter { (model.score($0.text) >= 0.5) != $0.isConfirmed }
        #expect(wrong.count <= 3, "\(wrong.prefix(3))")
        #expect(model.score("家人们今天断根") > 0.7)
        #expect(model.score("家人们今天三天到货") < 0.3)
    }

    @Test func `is the same for the same lines, and another for others`() {
        let one = ScreenModel.learn(name: "t", from: texts(lines(60, seed: 1))).encoded()
        #expect(one == ScreenModel.learn(name: "t", from: texts(lines(60, seed: 1))).encoded())
        #expect(one != ScreenModel.learn(name: "t", from: texts(lines(60, seed: 3))).encoded())
    }

    @Test func `is at the bottom of what wrong lines and large weights cost`() {
        let texts = texts(lines(80, seed: 6), bits: 10)
        let point = ScreenTrainer.learn(from: texts, leavingOut: nil)
        // A weight may be the larger, the fewer texts hold its sequences; the bias, last, has none.
        var holding = [Double](repeating: 1, count: point.count - 1)
        for text in 0..<texts.count { for place in texts.range(text) { holding[Int(texts.buckets[place])] += 1 } }
        let rarity = holding.map { 1 + log(Double(texts.count + 1) / $0) } + [1]
        func cost(_ point: [Double]) -> Double {
            var cost = zip(point, rarity).reduce(0) { $0 + $1.0 * $1.0 / ($1.1 * $1.1) } / 2
            for text in 0..<texts.count {
                let margin = ScreenTrainer.margin(point, texts, text)
                cost += ScreenTrainer.cost * log(1 + exp(texts.labels[text] ? -margin : margin))
            }
            return cost
        }
        let least = cost(point)
        var chance = SplitMix64(seed: 7)
        for _ in 0..<300 {
            var other = point
            other[Int.random(in: 0..<other.count, using: &chance)] += Double.random(in: -0.3...0.3, using: &chance)
            #expect(cost(other) >= least - 1e-3)
        }
    }

    @Test func `is judged on lines that it has not seen`() {
        // Labels by chance cannot be learned: whoever asks a model about its own lines finds them learned all the same.
        var chance = SplitMix64(seed: 8)
        let random = lines(150, seed: 9).map { (text: $0.text, isConfirmed: Bool.random(using: &chance)) }
        let texts = texts(random)
        let model = ScreenModel.learn(name: "t", from: texts)
        let seen = random.count { (model.score($0.text) >= 0.5) == $0.isConfirmed }
        let half = ScreenValidation(texts).rows.first { $0.threshold == 0.5 }!
        #expect(seen > 130)
        #expect(half.right + (texts.count - texts.confirmed - half.wrong) < 100)
    }

    @Test func `has near-duplicates in one fold`() {
        var chance = SplitMix64(seed: 10)
        let scripts = (0..<100).map { _ in
            String(String.UnicodeScalarView((0..<60).map { _ in Unicode.Scalar(UInt32(0x4E00 + chance.below(3000)))! }))
        }
        let texts = texts(scripts.flatMap { [($0, true), ($0 + "好", false)] }, bits: 18)
        let together = (0..<scripts.count).count { texts.fold[2 * $0] == texts.fold[2 * $0 + 1] }
        #expect(together * 10 >= scripts.count * 9)
        #expect(Set(texts.fold).count == LabelledTexts.folds)
    }

    @Test func `counts as thresholds say`() {
        let rows = ScreenValidation(texts(lines(80, seed: 11))).rows
        #expect(rows.map(\.threshold) == (1..<20).map { Double($0) / 20 })
        for (lower, higher) in zip(rows, rows.dropFirst()) {
            #expect(lower.right >= higher.right && lower.wrong >= higher.wrong)
            #expect(lower.right + lower.missed == higher.right + higher.missed)
        }
    }
}

@Suite struct `The file of a screen` {
    private static let model = ScreenModel.learn(name: "health-live", from: texts(lines(60, seed: 12), bits: 10))

    @Test func `comes back as it went`() throws {
        let back = try ScreenModel(decoding: Self.model.encoded())
        #expect(back.name == "health-live" && back.length == Self.model.length)
        #expect(back.encoded() == Self.model.encoded())
        #expect(back.score("今天断根") == Self.model.score("今天断根"))
    }

    @Test func `is refused once a byte of it is another, or it is cut`() {
        let bytes = Self.model.encoded()
        var chance = SplitMix64(seed: 13)
        for _ in 0..<500 {
            var broken = bytes
            broken[Int.random(in: 0..<broken.count, using: &chance)] ^= 1 << UInt8.random(in: 0..<8, using: &chance)
            #expect(throws: ScreenFileError.self) { try ScreenModel(decoding: broken) }
            let cut = Array(bytes.prefix(Int.random(in: 0..<bytes.count, using: &chance)))
            #expect(throws: ScreenFileError.self) { try ScreenModel(decoding: cut) }
        }
    }

    @Test(arguments: [("", false), ("health-live", true), ("a.b-1", true), ("健康", false), ("A", false), ("a b", false)])
    func `has a name that rules can write`(name: String, isName: Bool) {
        #expect(ScreenModel.isName(name) == isName)
        #expect(ScreenModel.isName(String(repeating: "a", count: 65)) == false)
    }
}

@Suite struct `Arithmetic that is the same everywhere` {
    @Test func `agrees with the C library`() {
        var chance = SplitMix64(seed: 14)
        for _ in 0..<20_000 {
            let x = Double.random(in: -690...690, using: &chance)
            #expect(abs(Logistic.exponential(x) / exp(x) - 1) < 1e-14)
            let y = exp(Double.random(in: -600...600, using: &chance))
            #expect(abs(Logistic.logarithm(y) - log(y)) <= 1e-14 * max(1, abs(log(y))))
        }
        #expect(Logistic.exponential(0) == 1)
        #expect(Logistic.logarithm(1) == 0)
        #expect(Logistic.exponential(.infinity).isFinite)
        #expect(abs(Logistic.loss(-800) - 800) < 1e-9)
    }
}
