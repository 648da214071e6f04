import ClaimRules
import LiveEvents

/// How a term was met, as people read it.
enum EvidencePathText {
    static func wording(_ path: EvidencePath) -> Wording {
        switch path {
        case .literal: Wording("原样", "literal")
        case .folded: Wording("折叠", "folded")
        case .gap: Wording("间隔", "gap")
        case .filler: Wording("填充", "filler")
        case .homophone: Wording("同音", "homophone")
        case .pinyin: Wording("拼音", "pinyin")
        case .number: Wording("数字", "number")
        case .alias: Wording("别名", "alias")
        case .split: Wording("拆字", "split")
        case .pattern: Wording("正则", "pattern")
        }
    }
}
