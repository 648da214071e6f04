import ChineseText
import TermMatching

extension RuleLanguage {
    static let evasion = LanguageObject(
        .evasion, "'evasion'",
        title: Wording("规避写法", "Disguises"),
        summary: Wording("规避写法默认一概不认，要认的写在这里。", "Nothing is tolerated unless it is written here."),
        [
            Entry(
                .gaps, .integer(0...Tolerance.maxGaps), .optional(default: "0"),
                chinese: "两字之间的符号、空格、表情，最多几个。", english: "Signs, spaces or emoji between two characters.", example: "2",
                mistakes: ["间隔", "gap"]),
            disguise(.fillers, "字间的 “嗯”“那个” 之类。", "Words like 嗯 or 那个 between characters.", ["填充", "语气词"]),
            disguise(
                .homophones, "同音字、拼音；两个字的词容易误报，配 `min_score: 0.8`，或用 `all`。",
                "Characters of the same sound, and pinyin. Give terms of two characters `min_score: 0.8`, or use `all`.",
                ["同音", "谐音"]),
            disguise(.split, "拆字：月半 认作 胖。", "Characters in parts: 月半 for 胖.", ["拆字"]),
            disguise(
                .numbers, "数字的其他写法：30天瘦20斤 认作 三十天瘦二十斤。",
                "Numbers written another way: 30天瘦20斤 for 三十天瘦二十斤.", ["数字", "number"]),
            Entry(
                .confusions,
                .either([
                    .choice(Choice(EveryConfusion.self, meaning)),
                    .list(of: .choice(confusions), count: 0...PackLimits.entries),
                ]),
                .optional(default: "[]"),
                chinese: "混读的音也当同音，要有 `homophones: true`；全部规则共用一张表，这样的命中不到 0.8 分。",
                english:
                    "Sounds taken for the same, beside `homophones: true`. All rules share them; such a match scores below 0.8.",
                example: "[z-zh, n-l]", mistakes: ["混读", "模糊音", "confusion"]),
            Entry(
                .minScore, .fraction(0...100), .optional(default: "0"), chinese: "低于此分不算；原样的词是 1.0 分。",
                english: "A match that scores less is dropped; a term as written scores 1.0.", example: "0.8",
                mistakes: ["最低分", "分数", "score"]),
            disguise(
                .wholeWords, "在别的词里的不算：大麻 不认 大麻烦；`numbers` 和字母、数字的别名请加上。",
                "A match inside another word is dropped: 大麻 in 大麻烦. Give it to `numbers` and to aliases of letters "
                    + "or digits.",
                ["整词", "全词", "whole_word"]),
        ])

    /// Pairs of sounds.
    static let confusions = Choice(Evasion.Confusion.self, meaning)

    private static func disguise(_ key: Key, _ chinese: String, _ english: String, _ mistakes: [String]) -> Entry {
        Entry(
            key, .truth, .optional(default: "false"), chinese: chinese, english: english, example: "true",
            mistakes: mistakes)
    }

    /// The word for words that are never disguised.
    enum NoEvasion: String, CaseIterable { case none }

    static let noEvasion = Choice(NoEvasion.self, meaning)
    /// Of a class, or of all of a lexicon.
    static let evasionOfWords = Shape.either([.choice(noEvasion), .object(.evasion)])

    private static func meaning(_ no: NoEvasion) -> (chinese: String, english: String, mistakes: [String]) {
        switch no {
        case .none: ("只认原样的词", "as they are written", ["off", "no", "false", "plain", "无", "不", "没有"])
        }
    }

    /// The word that stands for every pair of sounds.
    enum EveryConfusion: String, CaseIterable { case all }

    private static func meaning(
        _ every: EveryConfusion
    ) -> (chinese: String, english: String, mistakes: [String]) {
        switch every {
        case .all: ("所有混读", "every pair", ["全部", "所有"])
        }
    }

    private static func meaning(
        _ confusion: Evasion.Confusion
    ) -> (chinese: String, english: String, mistakes: [String]) {
        let sounds = confusion.rawValue.split(separator: "-").joined(separator: "、")
        return ("\(sounds) 不分", "\(confusion.rawValue) sound alike", [])
    }
}

extension Evasion {
    /// Sounds as pack files name them.
    public enum Confusion: String, Sendable, CaseIterable {
        case zAndZh = "z-zh"
        case cAndCh = "c-ch"
        case sAndSh = "s-sh"
        case nAndL = "n-l"
        case rAndL = "r-l"
        case fAndH = "f-h"
        case anAndAng = "an-ang"
        case enAndEng = "en-eng"
        case inAndIng = "in-ing"

        var sounds: SoundConfusions {
            switch self {
            case .zAndZh: .zAndZh
            case .cAndCh: .cAndCh
            case .sAndSh: .sAndSh
            case .nAndL: .nAndL
            case .rAndL: .rAndL
            case .fAndH: .fAndH
            case .anAndAng: .anAndAng
            case .enAndEng: .enAndEng
            case .inAndIng: .inAndIng
            }
        }
    }
}
