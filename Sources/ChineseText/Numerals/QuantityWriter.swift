/// Writes a quantity in the ways that people write and say it, its unit included, the likeliest first.
///
///     2天       两天                          0.99    99%, 百分之九十九, 九十九%
///     9.9元     九块九, 九点九元, 九块九毛, …      0.35    3.5折, 三点五折, 三五折
///     1.5个月    一个半月, 一点五个月              第10    第十, 第拾
///
/// A writer, not a judge: whether a way is read as the same quantity where it is to stand is for the reader to say.
struct QuantityWriter {
    private let mention: NumberMention
    /// The number without its unit, and the unit, as they are written.
    private let number: String
    private let unitText: String
    /// What follows the quantity.
    private let next: Character?
    private var unit: NumberUnit? { mention.unit }

    /// - Parameter text: What the quantity was read in.
    init(_ mention: NumberMention, in text: [UInt8]) {
        func part(_ start: Int32, _ end: Int32) -> String {
            String(decoding: text[Int(start)..<Int(end)], as: UTF8.self)
        }
        self.mention = mention
        let isSigned = mention.unitStart == mention.start
        number = part(isSigned ? mention.unitEnd : mention.start, isSigned ? mention.end : mention.unitStart)
        unitText = isSigned && mention.unit != nil ? "元" : part(mention.unitStart, mention.unitEnd)
        next = String(decoding: text[Int(mention.end)...], as: UTF8.self).first
    }

    /// The quantity as it is written is not always among them.
    func ways() -> [String] {
        guard let low = mention.low, let high = mention.high, low.significand >= 0 else {
            return mention.isApproximate ? approximate() : []
        }
        if mention.isApproximate { return approximate() }
        guard low == high else { return range(low, high) }
        switch mention.kind {
        case .cardinal: return mention.fen != nil ? money(low) : counted(low)
        case .ordinal: return NumeralWriter.ways(low).map { "第" + $0 + unitText }
        case .percent: return percent(low) + tenths(low)
        case .tenths: return tenths(low) + percent(low)
        case .discount: return discount(low)
        case .fraction: return fraction(low)
        case .digits, .year: return []
        }
    }

    // MARK: Counts

    private func counted(_ value: NumberValue) -> [String] {
        guard let unit else { return numerals(value) }
        // 两月 is two months, 2月 is February.
        let unitText = unit == .month && !self.unitText.hasPrefix("个") || isHalfUnit ? counter : self.unitText
        var ways = numerals(value).map { $0 + unitText }
        if unitText.hasPrefix("个") {
            let behind = unitText.dropFirst()
            if value == NumberValue(2) { ways.insert("俩" + behind, at: 2) }
            if value == NumberValue(3) { ways.append("仨" + behind) }
        }
        if unit == .hour, isHalfUnit { ways += numerals(value).map { $0 + "个" + unitText } }
        ways += halves(value)
        if unit.countsBarePowers { ways += Self.barePower(value).map { $0 + unitText } }
        return ways
    }

    /// The number alone; of 2 also 两, where a unit follows that is counted so.
    private func numerals(_ value: NumberValue) -> [String] {
        let ways = NumeralWriter.ways(value)
        return value == NumberValue(2) && takesLiang ? [ways[0], "两"] + ways[1...] : ways
    }

    /// In digits, and as it is said.
    private func plainNumerals(_ value: NumberValue) -> [String] {
        guard let whole = value.wholeNumber, (0..<NumberSpeech.limit).contains(whole) else {
            return Array(NumeralWriter.ways(value).prefix(2))
        }
        return ["\(whole)"] + (whole == 2 && takesLiang ? ["两"] : []) + NumeralWriter.spoken(whole).prefix(3)
    }

    /// Whether 2 of it are 两: of what is counted, but not of what is numbered (2月, 2号, 2楼) and not of 两 themselves.
    private var takesLiang: Bool {
        switch unit {
        case .monthOfYear, .number, .generation, .decade, .liang: false
        case .floor: unitText != "楼"
        case nil: next.map { "步针招场顿轮批滴篇辆匹束串朵棵株班拨段道副根节课局期".contains($0) } ?? false
        default: true
        }
    }

    /// 个半月 in 一个半月.
    private var isHalfUnit: Bool { unitText.contains("半") || unitText.contains("多") }

    /// The unit as one counts it: 个月, 个小时.
    private var counter: String {
        let bare = unitText.filter { !"个半多".contains($0) }
        return unit == .month || isHalfUnit && unit == .week ? "个" + bare : bare
    }

    /// 半斤, 一斤半; 半个月, 一个半月.
    private func halves(_ value: NumberValue) -> [String] {
        guard let unit, let (whole, fraction) = NumeralWriter.parts(value), fraction == "5" else { return [] }
        let bare = counter.hasPrefix("个") ? String(counter.dropFirst()) : counter
        let isCounted = unit == .month || unit == .hour || unit == .week
        if whole == 0 {
            return (unit.counts半 && unit != .month ? ["半" + bare] : []) + (isCounted ? ["半个" + bare] : [])
        }
        let heads = (whole == 2 ? ["两"] : []) + NumeralWriter.wholeNumber(whole)
        if isCounted { return heads.map { $0 + "个半" + bare } }
        switch unit {
        case .year, .day, .age, .jin, .kilogram, .liang, .tonne, .metre, .times, .cup, .bowl, .bottle, .box, .bag, .can:
            return heads.map { $0 + unitText + "半" }
        default: return []
        }
    }

    /// 百 in 百天, 万 in 万元.
    private static func barePower(_ value: NumberValue) -> [String] {
        switch value.wholeNumber {
        case 100: ["百"]
        case 1000: ["千"]
        case 10_000: ["万"]
        case 1_000_000: ["百万"]
        case 10_000_000: ["千万"]
        case 100_000_000: ["亿"]
        default: []
        }
    }

    // MARK: Money

    private func money(_ amount: NumberValue) -> [String] {
        guard let power = unit?.fenPowerOfTen, let yuan = amount.scaled(byPowerOfTen: power - 2),
            let fen = amount.scaled(byPowerOfTen: power)?.wholeNumber, fen > 0
        else { return counted(amount) }
        let names = (yuan == NumberValue(2) ? ["2", "两"] : []) + NumeralWriter.ways(yuan)
        // 元 ends a price, 块钱 only what goes on: 块 is in it.
        let units = unit == .yuan && unitText == "块" ? ["块", "元"] : ["元", "块"]
        var ways = fen % 100 == 0 ? [] : coins(fen)
        for unit in units + (next == nil ? [] : ["块钱"]) { ways += names.map { $0 + unit } }
        if power == 2 { ways += Self.barePower(yuan).map { $0 + "元" } }
        let digits = names[0]
        ways.append("¥" + digits)
        if fen % 10 == 0, fen % 100 != 0 { ways += [digits + "0元", "¥" + digits + "0"] }
        return ways
    }

    /// 九块九, 九块九毛, 九元九角; 九毛九; 一块零五.
    private func coins(_ fen: Int64) -> [String] {
        let (yuan, jiao, rest) = (fen / 100, fen / 10 % 10, fen % 10)
        func said(_ digit: Int64) -> String { NumberSpeech.digits[Int(digit)] }
        let small = jiao == 2 ? ["二", "两"] : [said(jiao)]
        guard yuan > 0 else {
            if jiao == 0 { return (rest == 2 ? ["两分钱"] : []) + [said(rest) + "分钱"] }
            if rest == 0 { return small.flatMap { [$0 + "毛", $0 + "角"] } }
            return small.flatMap { [$0 + "毛" + said(rest), $0 + "角" + said(rest) + "分"] }
        }
        let heads = (yuan == 2 ? ["两"] : []) + NumeralWriter.wholeNumber(yuan)
        let tails: [String] =
            if rest == 0 {
                ["块" + said(jiao), "块" + said(jiao) + "毛", "元" + said(jiao) + "角"]
            } else if jiao == 0 {
                ["块零" + said(rest), "块零" + said(rest) + "分", "元零" + said(rest) + "分"]
            } else {
                [
                    "块" + said(jiao) + "毛" + said(rest), "块" + said(jiao) + said(rest),
                    "元" + said(jiao) + "角" + said(rest) + "分",
                ]
            }
        return tails.flatMap { tail in heads.map { $0 + tail } }
    }

    // MARK: Shares

    /// 99%, 百分之九十九, 九十九%. All of it is 百分百 too, and 百分之一百 to those who are in earnest.
    private func percent(_ share: NumberValue) -> [String] {
        guard let percent = share.scaled(byPowerOfTen: 2) else { return [] }
        let names = NumeralWriter.ways(percent)
        let all = share == NumberValue(1) ? ["百分之百", "百分百", "百分100", "百分一百"] : []
        return names.prefix(1).map { $0 + "%" } + all + names.map { "百分之" + $0 } + names.dropFirst().map { $0 + "%" }
    }

    /// 七成, 七成五, 七成半; half of it is 一半.
    private func tenths(_ share: NumberValue) -> [String] {
        guard let percent = share.scaled(byPowerOfTen: 2)?.wholeNumber, (10..<100).contains(percent) else { return [] }
        let (whole, rest) = percent.quotientAndRemainder(dividingBy: 10)
        let head = NumberSpeech.digits[Int(whole)] + "成"
        if rest > 0 { return [head + NumberSpeech.digits[Int(rest)]] + (rest == 5 ? [head + "半"] : []) }
        return (whole == 2 ? ["两成"] : []) + [head] + (whole == 5 ? ["一半"] : [])
    }

    /// 3.5折, 三点五折, 三五折.
    private func discount(_ share: NumberValue) -> [String] {
        guard let tenths = share.scaled(byPowerOfTen: 1) else { return [] }
        let pair = share.scaled(byPowerOfTen: 2)?.wholeNumber ?? 0
        let isPair = (11..<100).contains(pair) && pair % 10 > 0
        return (NumeralWriter.ways(tenths) + (isPair ? ["\(pair)"] : [])).map { $0 + "折" }
    }

    /// 2/3, 三分之二.
    private func fraction(_ share: NumberValue) -> [String] {
        let places = -Int(share.exponent)
        guard (0...3).contains(places) else { return [] }
        let whole = (0..<places).reduce(share.divisor) { product, _ in product.multipliedReportingOverflow(by: 10).0 }
        let common = Self.greatestCommonDivisor(share.significand, whole)
        return fraction(share.significand / common, of: whole / common)
    }

    private func fraction(_ count: Int64, of whole: Int64) -> [String] {
        guard count > 0, (2...1000).contains(whole) else { return [] }
        var counts: [String] = []
        for part in NumeralWriter.wholeNumber(whole) {
            counts += NumeralWriter.wholeNumber(count).map { part + "分之" + $0 }
        }
        let half = count == 1 && whole == 2 ? ["一半"] : []
        return (["\(count)/\(whole)", "\(count)⁄\(whole)"] + counts + half).map { $0 + unitText }
    }

    private static func greatestCommonDivisor(_ first: Int64, _ second: Int64) -> Int64 {
        second == 0 ? max(first, 1) : greatestCommonDivisor(second, first % second)
    }

    // MARK: What is not exact

    /// 十多天 for 10多天: the number before the mark, written in its ways.
    private func approximate() -> [String] {
        guard let mark = number.firstIndex(where: { "多余来几".contains($0) }), mark > number.startIndex else { return [] }
        let bytes = Array(number[..<mark].utf8)
        var mentions = NumberBuffer(capacity: 1)
        bytes.withUnsafeBufferPointer { NumberReader.read($0, into: &mentions) }
        let behind = number[mark...] + unitText
        let value: NumberValue?
        if mentions.count == 1, mentions[0].start == 0, Int(mentions[0].end) == bytes.count {
            value = mentions[0].kind == .cardinal ? mentions[0].value : nil
        } else {
            value = nil
        }
        // Only a round power can stand before the mark: 两千五多 is said by nobody.
        guard let whole = value?.wholeNumber, whole < NumberSpeech.limit else { return [] }
        return (["\(whole)"] + NumeralWriter.spoken(whole)).map { $0 + behind }
    }

    /// 三到五天, 3-5天, 三五天.
    private func range(_ low: NumberValue, _ high: NumberValue) -> [String] {
        guard mention.kind == .cardinal, unit == nil || !isHalfUnit else { return [] }
        let (from, upTo) = (plainNumerals(low), plainNumerals(high))
        guard let first = from.first, let last = upTo.first else { return [] }
        var ways: [String] = []
        for joiner in ["到", "-", "至", "~"] {
            ways.append(first + joiner + last)
            for start in from.dropFirst() { ways += upTo.dropFirst().map { start + joiner + $0 } }
        }
        if let low = low.wholeNumber, let high = high.wholeNumber, high == low + 1, (1..<9).contains(low) {
            let end = NumberSpeech.digits[Int(high)]
            ways.append(NumberSpeech.digits[Int(low)] + end)
            if low == 1 { ways.append("一两") }
            if low == 2 { ways.append("两三") }
        }
        return ways.map { $0 + unitText }
    }
}
