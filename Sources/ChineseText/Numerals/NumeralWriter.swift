/// Writes an exact number in the ways that people write and say it, without a unit, the likeliest first.
///
///     2500      2500, 两千五百, 二千五百, 两千五, 二千五, 2,500, 贰仟伍佰
///     132000    132000, 十三万二千, 十三万二, 13万2千, 13万2, 13.2万, 13.2w, …
///     9.9       9.9, 九点九
///
/// Ways that fold alike may both be there: 3十 is 三十 to a `TermIndex`.
enum NumeralWriter {
    /// Ways to mix 两 and 二 in one number at most.
    static let mostMixtures = 8

    /// None of a number below zero, of one from 10^12 up, and of one that is no finite decimal.
    static func ways(_ value: NumberValue) -> [String] {
        guard let (whole, fraction) = parts(value) else { return [] }
        if fraction.isEmpty { return wholeNumber(whole) }
        let behind = fraction.utf8.map { NumberSpeech.digits[Int($0) - 0x30] }.joined()
        let heads = (whole == 2 ? ["两"] : []) + spoken(whole)
        return ["\(whole).\(fraction)"] + heads.map { $0 + "点" + behind } + ["\(whole)点\(fraction)"]
    }

    static func wholeNumber(_ number: Int64) -> [String] {
        guard number >= 0, number < NumberSpeech.limit else { return [] }
        let said = spoken(number)
        var ways = ["\(number)"] + said + said.compactMap(shortened) + tenThousands(number)
        if number >= 1000 { ways.append(grouped(number)) }
        return ways + formal(number) + rare(number)
    }

    /// As it is said, with every mixture of 两 and 二, up to `mostMixtures`.
    static func spoken(_ number: Int64, addsZero: Bool = false, writesHead: Bool = false) -> [String] {
        func say(_ liang: UInt) -> (text: String, twos: Int) {
            var speech = NumberSpeech(liang: liang, addsZero: addsZero, writesHead: writesHead)
            let text = speech.say(number)
            return (text, speech.twos)
        }
        let all = say(.max)
        guard all.twos > 0 else { return [all.text] }
        // People begin with 两, and keep to it or go on with 二.
        let others = (UInt(0)..<(1 << UInt(all.twos)) - 1).filter { $0 > 1 }
        let masks = (all.twos > 1 ? [1, 0] : [0]) + others
        return [all.text] + masks.prefix(mostMixtures - 1).map { say($0).text }
    }

    /// Without the last power, which the one before it tells: 两万五 for 两万五千, 一千二百五. 三百一 is not said, for in
    /// 三百一盒 the box is one.
    private static func shortened(_ said: String) -> String? {
        let names: [(last: String, before: Character)] = [("千万", "亿"), ("千", "万"), ("百", "千"), ("十", "百")]
        for (last, before) in names where said.hasSuffix(last) {
            let head = said.dropLast(last.count)
            guard let digit = head.last, !"一两十".contains(digit), head.dropLast().last == before else { return nil }
            return String(head)
        }
        return nil
    }

    /// 13万2千, 13万2, 13万2000, 13.2万, 13.2w, 十三点二万; of 10^8 and more, 1.3亿.
    private static func tenThousands(_ number: Int64) -> [String] {
        guard number >= 10_000 else { return [] }
        let (power, name): (Int64, String) = number >= 100_000_000 ? (100_000_000, "亿") : (10_000, "万")
        let (head, rest) = number.quotientAndRemainder(dividingBy: power)
        var ways = head % 10 == 0 && rest >= power / 10 ? spoken(number, addsZero: true) : []
        let written =
            spoken(number, writesHead: true)
            + (head % 10 == 0 && rest >= power / 10 ? spoken(number, addsZero: true, writesHead: true) : [])
        ways += written + written.compactMap(shortened)
        guard let scaled = NumberValue(number)?.scaled(byPowerOfTen: power == 10_000 ? -4 : -8) else { return ways }
        if rest > 0, let (whole, fraction) = parts(scaled), !fraction.isEmpty {
            ways.append("\(whole).\(fraction)\(name)")
            let behind = fraction.utf8.map { NumberSpeech.digits[Int($0) - 0x30] }.joined()
            ways += ((whole == 2 ? ["两"] : []) + spoken(whole)).map { $0 + "点" + behind + name }
            ways.append("\(whole)点\(fraction)\(name)")
        }
        if power == 10_000 { ways.append("\(scaled)w") }
        if rest >= power / 10 { ways.append("\(head)\(name)\(rest)") }
        return ways
    }

    /// As on a cheque: 贰仟伍佰, 壹拾贰 and 拾贰. Folding knows the digits.
    private static func formal(_ number: Int64) -> [String] {
        var speech = NumberSpeech(liang: 0)
        let said = String(speech.say(number).map { formalPowers[$0] ?? $0 })
        return (10..<20).contains(number) ? ["一" + said, said] : [said]
    }

    private static let formalPowers: [Character: Character] = ["十": "拾", "百": "佰", "千": "仟"]

    /// 一十二, 一百十五, 廿五, 卅.
    private static func rare(_ number: Int64) -> [String] {
        var speech = NumberSpeech(dropsOne: true)
        let last = number % 10 == 0 ? "" : NumberSpeech.digits[Int(number % 10)]
        switch number {
        case 10..<20: return ["一十" + last]
        case 20..<30: return ["廿" + last]
        case 30..<40: return ["卅" + last]
        default: return number < 100 ? [] : [speech.say(number)]
        }
    }

    /// 1,234,567.
    private static func grouped(_ number: Int64) -> String {
        let rest = number % 1000
        guard number >= 1000 else { return "\(number)" }
        return grouped(number / 1000) + "," + (rest < 10 ? "00" : rest < 100 ? "0" : "") + "\(rest)"
    }

    /// The digits before the point and behind it; nil of what is not written so.
    static func parts(_ value: NumberValue) -> (whole: Int64, fraction: String)? {
        guard value.divisor == 1, value.significand >= 0 else { return nil }
        let parts = value.description.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count <= 2, let whole = Int64(parts[0]), whole < NumberSpeech.limit else { return nil }
        let fraction = parts.count > 1 ? String(parts[1]) : ""
        guard fraction.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return (whole, fraction)
    }
}
