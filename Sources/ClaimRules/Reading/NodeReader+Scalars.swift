import ChineseText
import Yams

/// The values that are neither text nor terms nor lists.
extension NodeReader {
    /// A name of small letters, digits, dots and hyphens.
    func identifier(_ node: Node, _ key: Key) -> String? {
        guard let text = text(node, key.description, numbers: .allowed) else { return nil }
        let isPlain = text.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 46 || $0 == 45 }
        guard isPlain else {
            let small = text.lowercased().map { $0 == "_" || $0 == " " ? "-" : $0 }
            let canBe = small.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "." || $0 == "-") }
            let advice =
                canBe
                ? Wording(name: quoted(String(small)))
                : Wording("'food.treatment' 这样的", "one like 'food.treatment'")
            error(
                node, "\(key) 只用 a-z、0-9、'.' 和 '-'，\(quoted(text)) 不行。写 \(advice.chinese)。",
                "\(key) is made of a-z, 0-9, '.' and '-', and \(quoted(text)) is not. Write \(advice.english).")
            return nil
        }
        return text
    }

    /// A word of a closed set.
    func choice<Value: RawRepresentable>(
        _ node: Node, _ key: Key, of choice: Choice, as type: Value.Type
    ) -> Value? where Value.RawValue == String {
        let names = choice.names
        let (first, last) = (names.dropLast().joined(separator: ", "), names.last ?? "")
        let all = names.count < 2 ? Wording(name: last) : Wording("\(first) 或 \(last)", "\(first) or \(last)")
        guard case .scalar(let scalar) = node else {
            error(
                node, "\(key) 要写一个词，不能写成列表或“键: 值”。写 \(all.chinese)。",
                "\(key) must be one word, not a list or mapping: \(all.english).")
            return nil
        }
        if let known = Value(rawValue: scalar.string) { return known }
        let advice =
            choice.meant(by: scalar.string).map { Wording("要写 '\($0)' 吗？", "Did you mean '\($0)'?") }
            ?? Wording("写 \(all.chinese)。", "Write \(all.english).")
        let written = quoted(scalar.string)
        report(node, Wording("\(key) 不能写 \(written)。", "\(written) is no \(key).") + advice)
        return nil
    }

    func integer(_ node: Node, _ key: Key, in range: ClosedRange<Int>) -> Int? {
        guard case .scalar(let scalar) = node, let number = Int(scalar.string), range.contains(number) else {
            let (least, most, found) = (range.lowerBound, range.upperBound, found(node))
            let said = Wording(
                "\(key) 要写 \(least) 到 \(most) 的整数\(found.chinese)。",
                "\(key) must be a whole number from \(least) to \(most)\(found.english).")
            report(node, said, meaning: wholeNumber(said: node).flatMap { range.contains($0) ? "\($0)" : nil })
            return nil
        }
        return number
    }

    /// The number that is written as it is said: 16字, 16个字, １６, 十六.
    private func wholeNumber(said node: Node) -> Int? {
        let written = node.scalar.map { withoutOuterSpaces($0.string) } ?? ""
        let digits = written.prefix { $0.isNumber }
        // 0-5 are two numbers, and 1.5 and 5s have a sign or a letter behind the first.
        guard written.dropFirst(digits.count).allSatisfy({ !$0.isNumber && !$0.isASCII || $0.isWhitespace }) else {
            return nil
        }
        let number = (try? NumberSlot(kind: .number, min: session.folded(String(digits))))?.low?.wholeNumber
        return number.flatMap { Int(exactly: $0) }
    }

    /// A share written as a decimal fraction, in percent.
    func fraction(_ node: Node, _ key: Key, in range: ClosedRange<Int>) -> Int? {
        guard let text = node.scalar?.string, let share = Double(text), share.isFinite,
            let percent = Int(exactly: (share * 100).rounded()), range.contains(percent),
            abs(share * 100 - Double(percent)) < 1e-6
        else {
            let (least, most) = (Double(range.lowerBound) / 100, Double(range.upperBound) / 100)
            let found = found(node)
            error(
                node, "\(key) 要写 \(least) 到 \(most) 的数，小数点后最多两位，如 0.85\(found.chinese)。",
                "\(key) must be a number from \(least) to \(most) with two digits at most, like 0.85\(found.english).")
            return nil
        }
        return percent
    }

    /// A decimal number, in thousandths.
    func decimal(_ node: Node, _ key: Key, in range: ClosedRange<Int>) -> Int? {
        guard let text = node.scalar?.string, let number = Double(text), number.isFinite, abs(number) < 1e6,
            let thousandths = Int(exactly: (number * 1_000).rounded()), range.contains(thousandths),
            abs(number * 1_000 - Double(thousandths)) < 1e-6
        else {
            let (least, most) = (Double(range.lowerBound) / 1_000, Double(range.upperBound) / 1_000)
            let found = found(node)
            error(
                node, "\(key) 要写 \(least) 到 \(most) 的数，小数点后最多三位，如 1.25\(found.chinese)。",
                "\(key) must be a number from \(least) to \(most) with three digits at most, like 1.25\(found.english)."
            )
            return nil
        }
        return thousandths
    }

    func truth(_ node: Node, _ key: Key) -> Bool? {
        switch node.scalar?.string {
        case "true": return true
        case "false": return false
        default:
            error(node, "\(key) 要写 true（是）或 false（否）。", "\(key) must be true or false.")
            return nil
        }
    }

    /// A span of time, in milliseconds.
    func duration(_ node: Node, _ key: Key, in range: ClosedRange<Int64>) -> Int64? {
        guard let text = node.scalar?.string, let span = DayAndSpan.milliseconds(text), range.contains(span) else {
            let (least, most) = (DayAndSpan.text(range.lowerBound), DayAndSpan.text(range.upperBound))
            let found = found(node)
            let said = Wording(
                "\(key) 要写 \(least) 到 \(most)，写成 90s、10m、2h 这样\(found.chinese)。",
                "\(key) must be from \(least) to \(most), written like 90s, 10m or 2h\(found.english).")
            let meant = node.scalar.flatMap { DayAndSpan.milliseconds(said: $0.string) }
            report(node, said, meaning: meant.flatMap { range.contains($0) ? DayAndSpan.text($0) : nil })
            return nil
        }
        return span
    }

    /// Characters between two words: "2..5", or "5" for 0 to 5.
    func gap(_ node: Node, in range: ClosedRange<Int>) -> ClosedRange<Int>? {
        let text = node.scalar?.string ?? ""
        func number(_ digits: Substring) -> Int? {
            digits.utf8.allSatisfy { (48...57).contains($0) } && digits.utf8.count < 6 ? Int(digits) : nil
        }
        if let most = number(text[...]), range.contains(most) { return 0...most }
        let ends = text.split(separator: "..", maxSplits: 1, omittingEmptySubsequences: false)
        if ends.count == 2, let low = number(ends[0]), let high = number(ends[1]), low <= high, range.contains(high) {
            return low...high
        }
        // 0-5, 0到5, 5..2: the two numbers tell what was meant.
        let meant = text.split { !("0"..."9").contains($0) }.compactMap { number($0) }.prefix(2).sorted()
        let isMeant = !meant.isEmpty && meant.allSatisfy(range.contains)
        let shown = isMeant ? "\(meant.count == 1 ? 0 : meant[0])..\(meant[meant.count - 1])" : "0..5"
        let advice =
            isMeant
            ? Wording("要写 \(shown) 吗？", "Did you mean \(shown)?")
            : Wording("写 \(shown) 这样的，最多 \(range.upperBound)。", "Write one like \(shown), \(range.upperBound) at most.")
        session.log.tell(
            .error, location(node), .gapNotation,
            Wording("\(quoted(text)) 不是间隔。", "\(quoted(text)) is no gap.") + advice)
        return nil
    }

    func day(_ node: Node) -> String? {
        guard let text = node.scalar?.string, DayAndSpan.isDay(text) else {
            let written = node.scalar.map { Wording(name: quoted($0.string)) } ?? Wording("这里写的", quoted("this"))
            if let meant = node.scalar.flatMap({ DayAndSpan.day(meantBy: $0.string) }) {
                error(
                    node, "日期写成四位年、两位月、两位日：\(written.chinese) 写成 \(meant)。",
                    "a day has four digits of the year and two each of month and day. Write \(meant), not \(written.english)."
                )
                return nil
            }
            error(
                node, "\(written.chinese) 不是日历上的一天。写成 2015-09-01 这样。",
                "\(written.english) is no day of the calendar. Write it like 2015-09-01.")
            return nil
        }
        return text
    }

    /// - Parameter meant: What the author is asked about, if it can be told what was meant.
    private func report(_ node: Node, _ said: Wording, meaning meant: String? = nil) {
        let whole = meant.map { said + Wording("要写 \($0) 吗？", "Did you mean \($0)?") } ?? said
        error(node, whole.chinese, whole.english)
    }

    private func found(_ node: Node) -> Wording {
        node.scalar.map { Wording("，不能写 \(quoted($0.string))", ", not \(quoted($0.string))") } ?? Wording(name: "")
    }
}
