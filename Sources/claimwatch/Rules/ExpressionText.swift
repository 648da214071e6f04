import ChineseText
import ClaimRules
import LiveEvents
import RuleTesting
import TermMatching

/// What a rule looks for, in words for people.
struct ExpressionText {
    /// Words shown of one list; the rest is counted.
    static let mostWords = 200

    let language: Language

    private func say(_ chinese: String, _ english: String) -> String { Wording(chinese, english).text(in: language) }

    func lines(_ match: Rule.Match) -> [StyledLine] {
        switch match {
        case .text(let expression): lines(expression, depth: 0, lead: "")
        case .timed, .score, .required: match.signals.flatMap { lines($0, depth: 0, lead: "") }
        }
    }

    private func lines(_ expression: Expression, depth: Int, lead: String) -> [StyledLine] {
        func head(_ text: String) -> StyledLine { line(depth, lead, text) }
        switch expression {
        case .words(let set): return [head(words(set))]
        case .number(let slot): return [head(number(slot))]
        case .pattern(let pattern): return [head(say("正则 ", "pattern ") + DisplayText.printable(pattern.source))]
        case .named(let name, let part):
            return lines(part, depth: depth, lead: "\(lead)[\(DisplayText.printable(name))] ")
        case .any(let parts):
            if parts.count == 1 { return lines(parts[0], depth: depth, lead: lead) }
            return [head(say("下面任一：", "any of:"))] + parts.flatMap { lines($0, depth: depth + 1, lead: "- ") }
        case .near(let parts, let extent):
            return [head(say("下面都有，先后不限", "all of these, in any order") + reach(extent))] + numbered(parts, depth)
        case .seq(let parts, let gaps, let bothWays, let extent):
            var all = [
                head(
                    (bothWays ? say("下面两段，先后不限", "both of these, in either order") : say("依次有", "in this order"))
                        + reach(extent))
            ]
            for (number, part) in parts.enumerated() {
                all += lines(part, depth: depth + 1, lead: "\(number + 1). ")
                if number < gaps.count { all += gap(gaps[number], within: extent.within, depth + 1) }
            }
            return all
        }
    }

    private func numbered(_ parts: [Expression], _ depth: Int) -> [StyledLine] {
        parts.enumerated().flatMap { lines($0.element, depth: depth + 1, lead: "\($0.offset + 1). ") }
    }

    private func line(_ depth: Int, _ lead: String, _ text: String) -> StyledLine {
        StyledLine(String(repeating: "  ", count: depth) + lead + text)
    }

    private func reach(_ extent: Extent) -> String {
        let unit =
            switch extent.unit {
            case .clause: say("同一分句里", "inside one clause")
            case .sentence: say("同一句里", "inside one sentence")
            case .segment: say("同一段里", "inside one segment")
            }
        let within = extent.within.map { say("，前后一共 \($0) 字以内", ", \($0) characters in all at most") } ?? ""
        return say("（\(unit)\(within)）：", " (\(unit)\(within)):")
    }

    /// Nothing for a gap that only the whole bounds.
    private func gap(_ gap: Gap, within: Int?, _ depth: Int) -> [StyledLine] {
        var parts: [String] = []
        let (least, most) = (gap.characters.lowerBound, gap.characters.upperBound)
        if most == 0 {
            parts.append(say("紧接着", "directly behind it"))
        } else if most != within || least > 0 {
            parts.append(
                least == 0
                    ? say("中间最多 \(most) 字", "\(most) characters between at most")
                    : say("中间 \(least) 到 \(most) 字", "\(least) to \(most) characters between"))
        }
        if let without = gap.without { parts.append(say("中间没有 ", "without ") + words(without)) }
        return parts.isEmpty
            ? []
            : [
                StyledLine(
                    String(repeating: "  ", count: depth) + "   " + parts.joined(separator: say("，", ", ")), .dim)
            ]
    }

    func words(_ set: WordSet) -> String {
        let name = set.className.map { "@\(DisplayText.printable($0)) " } ?? ""
        let minus =
            set.minus.isEmpty ? "" : say("，除 ", ", but not inside ") + words(set.minus.map(\.text))
        return name + words(set.terms.map(\.text)) + minus
    }

    func words(_ words: [String]) -> String {
        let shown = words.prefix(Self.mostWords).map(DisplayText.printable).joined(separator: say("、", ", "))
        return words.count > Self.mostWords ? shown + say(" … 共 \(words.count)", " … \(words.count) in all") : shown
    }

    func number(_ slot: NumberSlot) -> String {
        let name =
            switch slot.kind {
            case .number: say("一个数", "a number")
            case .percent: say("百分比", "a percentage")
            case .duration: say("时长", "a duration")
            case .price: say("价钱", "a price")
            case .weight: say("重量", "a weight")
            case .length: say("长度", "a length")
            case .count: say("人数", "a count of persons")
            }
        let condition = ConditionText(language: language)
        func amount(_ bound: NumberValue) -> String { condition.amount(bound, slot.kind.dimension) }
        let low = slot.low.map { say("，至少 \(amount($0))", ", at least \(amount($0))") } ?? ""
        let high = slot.high.map { say("，至多 \(amount($0))", ", at most \(amount($0))") } ?? ""
        return name + low + high
    }
}
