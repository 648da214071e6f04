import ChineseText
import TestSupport
import Testing

@Suite struct NumberSpellingTests {
    /// 40 seeds of 6,000 numbers each.
    @Test(arguments: UInt64(1)...40)
    func `what is said is read back`(seed: UInt64) {
        var speller = NumberSpeller(random: SplitMix64(seed: seed))
        var buffer = NumberBuffer(capacity: 16)
        for number in 0..<6000 {
            let spelled = speller.any()
            let text = Array("，\(spelled.text)，".utf8)
            let mentions = NumberReader.mentions(in: text, with: &buffer)
            guard let mention = mentions.first, mentions.count == 1, mention.start == 3,
                Int(mention.end) == text.count - 3, mention.low == spelled.low, mention.high == spelled.high,
                mention.kind == spelled.kind, mention.unit == spelled.unit,
                mention.isApproximate == spelled.isApproximate
            else {
                Issue.record(
                    """
                    seed \(seed), number \(number): \(spelled) is read as \(mentions.map { $0.row(in: text) })
                    """)
                return
            }
        }
    }

    @Test func `every number below 20,000 is read back in every manner`() {
        var speller = NumberSpeller(random: SplitMix64(seed: 77))
        var buffer = NumberBuffer(capacity: 16)
        for number in Int64(0)..<20000 {
            for manner in NumberSpeller.Manner.allCases {
                guard let said = speller.spell(number, manner) else { continue }
                let text = Array(said.utf8)
                let mentions = NumberReader.mentions(in: text, with: &buffer)
                guard mentions.count == 1, mentions[0].value == NumberValue(number), Int(mentions[0].end) == text.count
                else {
                    Issue.record("\(number), said \(said), is read as \(mentions.map { $0.row(in: text) })")
                    return
                }
            }
        }
    }
}
