import Testing

@testable import claimwatch

@Suite struct `Styled line` {
    @Test(
        arguments: [
            // text, columns, lines
            ("根治糖尿病", 6, ["根治糖", "尿病"]), ("根治，糖尿病", 5, ["根", "治，", "糖尿", "病"]),
            ("看「根治」吧", 4, ["看", "「根", "治」", "吧"]), ("said to cure", 8, ["said to", "cure"]),
            ("unbreakable", 5, ["unbre", "akabl", "e"]), ("广告法 · 商标法", 8, ["广告法 ·", "商标法"]),
            ("a", 1, ["a"]), ("根", 1, ["根"]), ("", 5, [""]), ("rule 规则abc def", 9, ["rule 规则", "abc def"]),
        ] as [(String, Int, [String])])
    func `breaks where a reader expects it`(text: String, columns: Int, lines: [String]) {
        let shown = StyledLine(text).rendered(.plain, columns: columns).split(
            separator: "\n", omittingEmptySubsequences: false)
        #expect(shown.map { trimmed($0) } == lines)
    }

    @Test(arguments: 1..<60)
    func `never is wider than the terminal, and loses no character`(columns: Int) {
        let text = "HIGH food.treatment 普通食品宣称疾病预防、治疗功能 (Said to cure) · 广告法 第十七条 ✨👍🏽e\u{301}"
        let lines = StyledLine(text).rendered(.plain, columns: columns, indent: (0, 0)).split(separator: "\n")
        for line in lines where line.count > 1 { #expect(DisplayText.width(String(line)) <= columns) }
        #expect(lines.joined().filter { $0 != " " } == text.filter { $0 != " " })
    }

    @Test func `indents what goes on and paints each part of a broken word`() {
        var line = StyledLine("能")
        line.add("根治糖", .highlight)
        line.add("哦")
        let red = "\u{1B}[1;4;31m"
        #expect(
            line.rendered(TextStyle(usesColour: true), columns: 8, indent: (2, 4))
                == "  能\(red)根治\u{1B}[0m\n    \(red)糖\u{1B}[0m哦")
        #expect(line.rendered(.plain) == "能【根治糖】哦")
    }

    private func trimmed(_ text: Substring) -> String {
        var text = text
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}
