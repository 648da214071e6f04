extension RuleLanguage {
    /// The table as the reference of `deploy/rules/README.md`: Markdown, Chinese first, English in italics.
    package static var guide: String {
        var lines = [
            "键和词一律用这里的英文；写成中文或拼错，`check` 会指出该写哪个。",
            "*Keys and words are written as here; `check` names the one that was meant.*",
            "标 /2 的键要有 `requires: \(LanguageVersion.two.rawValue)`。",
            "*Keys marked /2 need `requires: \(LanguageVersion.two.rawValue)`.*",
        ]
        for object in objects {
            lines += ["", "### \(object.title.chinese) / \(object.title.english)", ""]
            lines += ["\(object.summary.chinese) *\(object.summary.english)*", ""]
            lines += ["| 键 key | 填什么 value | 不写则 default | 说明 meaning |", "| --- | --- | --- | --- |"]
            lines += object.entries.map(row)
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func row(_ entry: Entry) -> String {
        let mark = (entry.isRequired ? " **必填**" : "") + (entry.since > .one ? " /2" : "")
        let value = entry.defaultValue.map { "`\($0)`" } ?? ""
        let example = entry.example.count > longestExample ? "" : "<br>例 `\(entry.key.rawValue): \(entry.example)`"
        let cells = [
            "`\(entry.key.rawValue)`\(mark)", words(entry.shape), value,
            "\(entry.summary.chinese)<br>*\(entry.summary.english)*\(example)",
        ]
        // A bar would end the cell.
        return "| \(cells.map { $0.replacing("|", with: "\\|") }.joined(separator: " | ")) |"
    }

    /// A longer one would push the table off the page; the file it stands in shows a whole rule.
    private static let longestExample = 70

    /// Nobody writes a list so long by hand; `check` tells its limit.
    private static let longestCount = 1_000

    /// What may stand there, in a few words of both languages.
    private static func words(_ shape: Shape) -> String {
        switch shape {
        case .text(let limit, _): "文字 text，≤ \(limit) 字"
        case .identifier: "名字 name：`a-z` `0-9` `.` `-`"
        case .truth: "`true` `false`"
        case .integer(let range): "整数 integer \(range.lowerBound)…\(range.upperBound)"
        case .fraction(let range): "小数 number \(Double(range.lowerBound) / 100)…\(Double(range.upperBound) / 100)"
        case .decimal(let range):
            "小数 number \(Double(range.lowerBound) / 1_000)…\(Double(range.upperBound) / 1_000)"
        case .duration(let range):
            "时长 duration `\(DayAndSpan.text(range.lowerBound))`…`\(DayAndSpan.text(range.upperBound))`"
        case .day: "日期 date `yyyy-MM-dd`"
        case .choice(let choice): words(choice)
        case .term: "词 term，`\"\(listMark)词表\"`"
        case .word: "词 term"
        case .expression: "条件 expression"
        case .measure: "数 number：`180天` `2斤` `50%`"
        case .pattern: "正则 regular expression（RE2），≤ \(TextPattern.longest) 字"
        case .gap(let range): "间隔 gap \(range.lowerBound)…\(range.upperBound)：`n..m` `m`"
        case .list(let element, let count):
            "列表 list\(count.upperBound < longestCount ? "，≤ \(count.upperBound) 项" : "")：\(words(element))"
        case .map(let key, let value, let limit):
            "\(key == .word ? "`词:`" : key == .citation ? "`\"\(listMark)词类\":`" : "`名字:`")，≤ \(limit) 行；\(words(value))"
        case .object(let name): "→ \(object(name).title.chinese) \(object(name).title.english)"
        case .either(let shapes): shapes.map(words).joined(separator: "；或 or ")
        }
    }

    private static func words(_ choice: Choice) -> String {
        choice.values.map { value in
            let english = value.meaning.english == value.name ? "" : " \(value.meaning.english)"
            return "`\(value.name)` \(value.meaning.chinese)\(english)"
        }.joined(separator: "<br>")
    }
}
