/// Sounds that dialects and speech recognition do not keep apart.
public struct SoundConfusions: OptionSet, Hashable, Sendable {
    public var rawValue: UInt16

    public init(rawValue: UInt16) { self.rawValue = rawValue }

    /// Flat and curled tongue: 治 zhi, 字 zi.
    public static let zAndZh = SoundConfusions(rawValue: 1 << 0)
    public static let cAndCh = SoundConfusions(rawValue: 1 << 1)
    public static let sAndSh = SoundConfusions(rawValue: 1 << 2)
    /// 奶 nai, 来 lai.
    public static let nAndL = SoundConfusions(rawValue: 1 << 3)
    /// 热 re, 乐 le.
    public static let rAndL = SoundConfusions(rawValue: 1 << 4)
    /// f and the h before u, which is how the south says it: 福 fu, 胡 hu; 发 fa, 花 hua; 风 feng, 红 hong.
    public static let fAndH = SoundConfusions(rawValue: 1 << 5)
    /// With ian and iang, uan and uang: 半 ban, 棒 bang; 先 xian, 香 xiang; 晚 wan, 网 wang.
    public static let anAndAng = SoundConfusions(rawValue: 1 << 6)
    /// 真 zhen, 正 zheng; 温 wen, 翁 weng.
    public static let enAndEng = SoundConfusions(rawValue: 1 << 7)
    /// 金 jin, 京 jing; 因 yin, 英 ying.
    public static let inAndIng = SoundConfusions(rawValue: 1 << 8)

    public static let all = SoundConfusions(rawValue: 1 << 9 - 1)

    /// The sound that stands for all that these confusions do not tell from it; need not be a syllable anyone says.
    func merge(_ sound: Sound) -> Sound {
        var merged = sound
        if contains(.fAndH), sound.initial == "f" {
            merged.initial = "h"
            merged.final = Self.roundedFinal(sound.final)
        }
        switch merged.initial {
        case "zh" where contains(.zAndZh): merged.initial = "z"
        case "ch" where contains(.cAndCh): merged.initial = "c"
        case "sh" where contains(.sAndSh): merged.initial = "s"
        case "n" where contains(.nAndL): merged.initial = "l"
        case "r" where contains(.rAndL): merged.initial = "l"
        default: break
        }
        switch merged.final {
        case "ang" where contains(.anAndAng): merged.final = "an"
        case "iang" where contains(.anAndAng): merged.final = "ian"
        case "uang" where contains(.anAndAng): merged.final = "uan"
        case "eng" where contains(.enAndEng): merged.final = "en"
        case "ing" where contains(.inAndIng): merged.final = "in"
        // fen is hun and feng is hong, so where fen is feng these two meet.
        case "ong" where isSuperset(of: [.fAndH, .enAndEng]) && merged.initial == "h": merged.final = "un"
        default: break
        }
        return merged
    }

    /// The final after h that the south hears in one after f.
    private static func roundedFinal(_ final: Letters) -> Letters {
        switch final {
        case "a": "ua"
        case "an": "uan"
        case "ang": "uang"
        case "ei": "ui"
        case "en": "un"
        case "eng": "ong"
        case "o": "uo"
        default: final
        }
    }
}

/// A syllable cut into initial and final; y and w count as initials.
struct Sound: Hashable, Sendable {
    var initial: Letters
    var final: Letters

    /// - Parameter name: The letters as `SyllableTable.key` packs them.
    init(name: UInt64) {
        let first = UInt8(truncatingIfNeeded: name >> 56)
        let isVowel = first == 0x61 || first == 0x65 || first == 0x6F
        let isCurled = UInt8(truncatingIfNeeded: name >> 48) == 0x68
        let initialBits: UInt64 = isVowel ? 0 : isCurled ? 16 : 8
        initial = Letters(key: name & ~(UInt64.max >> initialBits))
        final = Letters(key: name << initialBits)
    }
}

/// A few ASCII letters, compared as a number.
struct Letters: Hashable, Sendable, ExpressibleByStringLiteral {
    var key: UInt64

    init(key: UInt64) { self.key = key }

    init(stringLiteral letters: StaticString) { key = SyllableTable.key(letters) }
}
