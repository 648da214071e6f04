import ChineseText
import ClaimRules
import LiveEvents

/// What a rule asks for besides the words, in words for people: goods, speakers, facts.
struct ConditionText {
    let language: Language

    private func say(_ chinese: String, _ english: String) -> String { Wording(chinese, english).text(in: language) }

    /// A number in the base unit of its dimension, as people read it: fen as yuan, seconds as days where they are whole.
    func amount(_ value: NumberValue, _ dimension: Dimension?) -> String {
        switch dimension {
        case nil: return "\(value)"
        case .share:
            guard let percent = value.scaled(byPowerOfTen: 2) else { return "\(value)" }
            return "\(percent)%"
        case .money:
            guard let yuan = value.scaled(byPowerOfTen: -2) else { return "\(value)" }
            return "\(yuan)" + say(" 元", " yuan")
        case .time:
            if let seconds = value.wholeNumber, seconds >= 86_400, seconds % 86_400 == 0 {
                return "\(seconds / 86_400)" + say(" 天", " days")
            }
            return "\(value)" + say(" 秒", " s")
        case .mass: return "\(value)" + say(" 克", " g")
        case .length: return "\(value)" + say(" 毫米", " mm")
        case .persons: return "\(value)" + say(" 人", " persons")
        }
    }

    func line(_ test: FactTest) -> String {
        let fact = test.fact == .said ? say("说的（\(test.shown)）", "what was said (\(test.shown))") : test.shown
        let text = ExpressionText(language: language)
        func than(_ operand: FactTest.Operand, _ percent: Int) -> String {
            let by = percent == 0 ? "" : say(" \(percent)% 以上", " by more than \(percent)%")
            return switch operand {
            case .value(let value): amount(value, test.measure?.dimension ?? .money) + by
            case .said(let name): say("说的（\(name)）", "what was said (\(name))") + by
            case .fact(let other): other.rawValue + by
            }
        }
        let what =
            switch test.test {
            case .has(let words): say("写有 ", "has ") + text.words(words)
            case .lacks(let words): say("没有写 ", "has none of ") + text.words(words)
            case .lacksSaid(let name, let kinds):
                say("没有写说的那种（\(name)，@\(kinds)）", "lacks the kind that was said (\(name), @\(kinds))")
            case .differsFromSaid(let name, let kinds):
                say("写的是另一种，不是说的那种（\(name)，@\(kinds)）", "names another kind than was said (\(name), @\(kinds))")
            case .differsFromFact(let other, let kinds):
                say(
                    "和 \(other.rawValue) 写的不是一种（@\(kinds)）",
                    "names another kind than \(other.rawValue) does (@\(kinds))")
            case .above(let operand, let percent): say("高于 ", "is above ") + than(operand, percent)
            case .below(let operand, let percent): say("低于 ", "is below ") + than(operand, percent)
            case .isKnown(true): say("写了", "is told")
            case .isKnown(false): say("没写", "is not told")
            }
        return DisplayText.printable("\(fact): \(what)")
    }

    /// When a binding is taken.
    func line(_ when: Applicability) -> String {
        var parts: [String] = []
        let comma = say("、", ", ")
        if let product = when.product {
            if !product.categories.isEmpty { parts.append(product.categories.joined(separator: comma)) }
            if !product.excluded.isEmpty {
                parts.append(say("除 ", "not ") + product.excluded.joined(separator: comma))
            }
        }
        switch when.channel {
        case .speech?: parts.append(say("口播", Rule.Target.speech.rawValue))
        case .listing?: parts.append(say("商品页", Rule.Target.listing.rawValue))
        case nil: break
        }
        if !when.roles.isEmpty { parts.append(when.roles.map(\.rawValue).joined(separator: comma)) }
        if let isSeller = when.isSeller {
            parts.append(isSeller ? say("商家自己", "the seller") : say("不是商家", "not the seller"))
        }
        parts += when.facts.map(line)
        return parts.isEmpty ? say("其余", "else") : DisplayText.printable(parts.joined(separator: say("；", "; ")))
    }

    /// What an example says beside its text, in the order in which it says it.
    func scenery(_ example: Rule.Examples.Example) -> [String] {
        var parts: [String?] = [
            example.target == .listing ? say("商品标题", Rule.Target.listing.rawValue) : nil, example.category,
        ]
        parts += example.attributes.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        parts += example.facts.sorted { $0.key.rawValue < $1.key.rawValue }.map { "\($0.key.rawValue)=\($0.value)" }
        parts.append(example.price.map { amount($0, .money) })
        parts.append(
            example.listings.isEmpty ? nil : say("\(example.listings.count) 件商品", "\(example.listings.count) goods"))
        parts.append(example.role?.rawValue)
        parts.append(example.isSeller.map { $0 ? say("商家自己", "the seller") : say("不是商家", "not the seller") })
        parts.append(example.roomID.map { say("直播间 \($0)", "room \($0)") })
        parts.append(example.sellerID.map { say("店铺 \($0)", "shop \($0)") })
        parts.append(example.speakerID.map { say("说话人 \($0)", "speaker \($0)") })
        parts.append(example.region)
        parts.append(example.day)
        return parts.compactMap { $0 }.map(DisplayText.printable)
    }

    /// The text, each segment with the time at which it begins.
    func text(_ example: Rule.Examples.Example) -> String {
        guard !example.segments.isEmpty else { return DisplayText.printable(example.text) }
        return example.segments.map { "\($0.atMS / 1_000)s \(DisplayText.printable($0.text))" }.joined(separator: " | ")
    }
}
