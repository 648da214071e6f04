/// The ways to write the numbers of a term: 七天瘦十斤 is 7天瘦10斤, 99% is 百分之九十九.
///
/// For compiling terms. Each number is written in each way beside each of the others, since nobody who hides a number
/// keeps to one: 30天瘦20斤 is 三十天瘦20斤 too. Folding makes 一, 壹 and 1 alike, so 3十 is 三十 and not listed, and only numbers
/// of more than a digit have other spellings.
public enum NumberSpelling {
    /// Spellings of one text at most: of two numbers eight ways each, of three four.
    public static let most = 64
    /// Numbers that are written in other ways; those behind them are kept as they are.
    private static let mostNumbers = 6

    /// The text with its numbers written in other ways; without what folds like the text.
    public static func others(of text: String) -> [String] {
        let bytes = Array(text.utf8)
        var mentions = NumberBuffer(capacity: 4)
        bytes.withUnsafeBufferPointer { NumberReader.read($0, into: &mentions) }
        let numbers = (0..<mentions.count).map { (place: range(of: mentions[$0]), ways: ways(mentions[$0], of: bytes)) }
            .filter { $0.ways.count > 1 }.prefix(mostNumbers)
        let mostWays = waysEach(of: numbers.count)
        var written = [""]
        var next = 0
        for (place, ways) in numbers {
            let before = String(decoding: bytes[next..<place.lowerBound], as: UTF8.self)
            written = written.flatMap { text in ways.prefix(mostWays).map { text + before + $0 } }
            next = place.upperBound
        }
        let rest = String(decoding: bytes[next...], as: UTF8.self)
        var folded: Set = [FoldedText(text).text]
        return written.map { $0 + rest }.filter { folded.insert(FoldedText($0).text).inserted }
    }

    /// In how many ways each of so many numbers may be written.
    private static func waysEach(of numbers: Int) -> Int {
        (1...most).last { ways in (0..<numbers).reduce(1) { product, _ in product * ways } <= most } ?? 1
    }

    /// The number as written, and the other ways, the likeliest first; no two fold alike.
    private static func ways(_ mention: NumberMention, of bytes: [UInt8]) -> [String] {
        let written = String(decoding: bytes[range(of: mention)], as: UTF8.self)
        var folded: Set<String> = []
        return ([written] + spellings(of: mention)).filter { folded.insert(FoldedText($0).text).inserted }
    }

    /// The bytes of the number; its unit is no part of it.
    private static func range(of mention: NumberMention) -> Range<Int> {
        Int(mention.start)..<Int(mention.unitEnd > mention.unitStart ? mention.unitStart : mention.end)
    }

    private static func spellings(of mention: NumberMention) -> [String] {
        guard let value = mention.value else { return [] }
        switch mention.kind {
        case .cardinal: return plain(value) + short(value)
        case .ordinal: return plain(value).map { "第" + $0 }
        case .percent: return value.scaled(byPowerOfTen: 2).map(percent) ?? []
        default: return []
        }
    }

    /// 99%, 百分之99, 百分之九十九, 九十九%. All of it is 百分之百 and 百分百, or 百分之一百 and 百分100 to those who are in earnest.
    private static func percent(_ share: NumberValue) -> [String] {
        let numbers = plain(share)
        let all = share == NumberValue(100) ? ["百分之百", "百分百", "百分100", "百分一百"] : []
        return numbers.prefix(1).map { $0 + "%" } + all + numbers.map { "百分之" + $0 }
            + numbers.dropFirst().map { $0 + "%" }
    }

    /// 2500, 二千五百, 两千五百, 贰仟伍佰; 12, 十二, 一十二; 99.9, 九十九点九, 99点9.
    private static func plain(_ value: NumberValue) -> [String] {
        guard let (whole, fraction) = parts(value) else { return [] }
        if fraction.isEmpty {
            let said = spell(whole, two: "二")
            let fromTen = (10..<20).contains(whole) ? ["一" + said] : []
            return ["\(whole)", said, spell(whole, two: "两"), formal(said)] + fromTen
        }
        let behind = fraction.utf8.map { digits[Int($0) - 0x30] }.joined()
        return ["\(whole).\(fraction)", spell(whole, two: "二") + "点" + behind, "\(whole)点\(fraction)"]
    }

    /// As the trade writes and says great numbers: 2,500, 两千五; 2.5万 and 2.5w.
    private static func short(_ value: NumberValue) -> [String] {
        guard let (whole, fraction) = parts(value), fraction.isEmpty, whole >= 100 else { return [] }
        var written: [String] = []
        let power = powers.first { whole >= $0 }!
        let last = whole % power / (power / 10)
        // The last digit counts in the power below. 三百一盒 is 300 for one box.
        if last > 1, whole % (power / 10) == 0 {
            let head = whole / power
            for two in ["二", "两"] {
                written.append((head == 2 ? two : spell(head, two: two)) + powerNames[power]! + digits[last])
            }
        }
        if whole >= 1000 { written.append(grouped(whole)) }
        if whole >= 10_000, whole % 1000 == 0 {
            let tenth = whole / 1000 % 10
            let number = "\(whole / 10_000)" + (tenth == 0 ? "" : ".\(tenth)")
            written += [number + "万", number + "w"]
        }
        return written
    }

    private static let powers = [10_000, 1000, 100]
    private static let powerNames = [10_000: "万", 1000: "千", 100: "百"]

    private static func grouped(_ number: Int) -> String {
        let rest = number % 1000
        guard number >= 1000 else { return "\(number)" }
        return grouped(number / 1000) + "," + (rest < 10 ? "00" : rest < 100 ? "0" : "") + "\(rest)"
    }

    /// The digits before the point and behind it; nil of what is not written so, or not below 10^8.
    private static func parts(_ value: NumberValue) -> (whole: Int, fraction: String)? {
        guard value.divisor == 1, value.significand > 0 else { return nil }
        let parts = value.description.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count <= 2, let whole = Int(parts[0]), (0..<100_000_000).contains(whole) else { return nil }
        let fraction = parts.count > 1 ? String(parts[1]) : ""
        guard fraction.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return (whole, fraction)
    }

    /// As on a cheque. Folding knows the digits.
    private static func formal(_ said: String) -> String {
        String(said.map { formalPowers[$0] ?? $0 })
    }

    private static let formalPowers: [Character: Character] = ["十": "拾", "百": "佰", "千": "仟"]

    private static let digits = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"]

    /// A whole number below 10^8 as it is said.
    ///
    /// - Parameter two: What stands for 2 before 百, 千 and 万.
    static func spell(_ number: Int, two: String) -> String {
        if number == 0 { return digits[0] }
        if number >= 10_000 {
            let (high, low) = (number / 10_000, number % 10_000)
            let gap = low > 0 && low < 1000 ? "零" : ""
            return (high == 2 ? two : spell(high, two: two)) + "万" + gap + (low > 0 ? spell(low, two: two) : "")
        }
        var written = ""
        var rest = number
        var hasGap = false
        for (unit, name) in [(1000, "千"), (100, "百"), (10, "十"), (1, "")] {
            let digit = rest / unit
            rest %= unit
            if digit == 0 {
                hasGap = !written.isEmpty
                continue
            }
            if hasGap { written += "零" }
            hasGap = false
            // Ten to nineteen begin with ten itself.
            if unit == 10, digit == 1, number < 20 {
                written += name
            } else {
                written += (digit == 2 && unit >= 100 ? two : digits[digit]) + name
            }
        }
        return written
    }
}
