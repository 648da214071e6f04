import ClaimRules
import RuleTesting

extension ReasonText {
    /// What a mark of a text is: `180天  时间 100天 以上`.
    func label(_ mark: RuleReading.Mark, in text: String) -> String {
        func say(_ chinese: String, _ english: String) -> String { Wording(chinese, english).text(in: language) }
        let surface = String(decoding: Array(text.utf8)[mark.start..<mark.end], as: UTF8.self)
        let what: String
        switch mark.role {
        case .number(let slot, let isTaken):
            let asked = ExpressionText(language: language).number(slot)
            what = isTaken ? asked : say("不在范围里：\(asked)", "out of bounds: \(asked)")
        case .pattern: what = say("正则", "pattern")
        case .contextWord(let name, let action):
            let name = DisplayText.printable(name)
            switch action {
            case .clear: what = say("排除（\(name)）", "clears it (\(name))")
            case .lower: what = say("低一级（\(name)）", "one step lower (\(name))")
            case .mark: what = say("注明（\(name)）", "marks it (\(name))")
            }
        case .exemptWord(let exemption):
            what = say("可能豁免（\(exemption.rawValue)）", "may be exempt (\(exemption.rawValue))")
        }
        return "\(DisplayText.printable(surface))  \(what)"
    }
}
