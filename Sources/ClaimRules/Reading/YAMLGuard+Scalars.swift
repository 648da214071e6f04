/// Text: in quotes, plain, and what authors forget to quote.
extension YAMLGuard {
    /// A text in quotes ends on its line: a forgotten quote is then found where it is, not at the end of the file.
    mutating func quoted(_ quote: Unicode.Scalar) -> Bool {
        let start = position
        var end = position + 1
        while end < text.scalars.count, !isLineBreak(end) {
            if text.scalars[end] == quote {
                if quote == "'", end + 1 < text.scalars.count, text.scalars[end + 1] == "'" {
                    end += 2
                    continue
                }
                break
            }
            end += (quote == "\"" && text.scalars[end] == "\\" && !isLineBreak(end + 1)) ? 2 : 1
        }
        guard end < text.scalars.count, text.scalars[end] == quote else {
            refuse(
                "引号到行末还没有结束。在文字后面加上 \(quote)。",
                "the quote is not closed on this line. Add \(quote) at the end of the text.")
            return false
        }
        var after = end + 1
        while after < text.scalars.count, text.scalars[after] == " " || text.scalars[after] == "\t" { after += 1 }
        if after < text.scalars.count, text.scalars[after] == ":", flowDepth > 0 || isBlank(after + 1) {
            key(start + 1..<end, column: column)
        }
        position = end + 1
        return !refuseWideSign()
    }

    /// Behind a text in quotes or a bracket YAML wants ',', ':' or the end; a Chinese keyboard writes others, and the parser
    /// would blame the bracket that is not closed.
    ///
    /// - Returns: Whether there was one.
    mutating func refuseWideSign() -> Bool {
        var place = position
        while place < text.scalars.count, text.scalars[place] == " " || text.scalars[place] == "\t" { place += 1 }
        guard place < text.scalars.count, let meant = Self.asciiSigns[text.scalars[place]] else { return false }
        position = place
        let sign = text.scalars[place]
        refuse(
            "'\(sign)' 是中文标点，YAML 不认。写半角的 '\(meant)'。",
            "'\(sign)' is a Chinese sign, which YAML does not know. Write '\(meant)'.")
        position += 1
        return true
    }

    private static let asciiSigns: [Unicode.Scalar: String] = [
        "，": ", ", "、": ", ", "；": ", ", "：": ": ", "】": "]", "］": "]", "｝": "}", "〉": ">", "”": "\"", "’": "'",
    ]

    mutating func plain() {
        let (start, startColumn, standsAlone) = (position, column, isFirstOfLine)
        defer {
            if !refuseWideColon(start, standsAlone: standsAlone) { refuseColonWithoutSpace(start) }
            refuseJoinedQuotes(start, column: startColumn)
        }
        position += 1
        while position < text.scalars.count {
            let character = text.scalars[position]
            if isLineBreak(position) {
                guard flowDepth > 0 else { break }
                // Inside brackets the text goes on with the next line that has something to add.
                skipBlankLines()
                if position >= text.scalars.count || text.scalars[position] == "#" { return }
                continue
            }
            if character == "#", isBlank(position - 1) { break }
            if character == ":", isBlank(position + 1) || (flowDepth > 0 && isFlowMark(position + 1)) {
                var end = position
                while end > start, isBlank(end - 1) { end -= 1 }
                key(start..<end, column: startColumn)
                return
            }
            if flowDepth > 0, isFlowMark(position) { return }
            position += 1
        }
        plainMayGoOn = flowDepth == 0
    }

    /// A Chinese keyboard writes '：', which YAML takes for text: the key is then none, and the parser fails further
    /// down. A plain text that begins a line outside brackets must be a key; elsewhere the keys of packs are known.
    ///
    /// Whether there was one.
    mutating func refuseWideColon(_ start: Int, standsAlone: Bool) -> Bool {
        guard start >= lineStart, start < position,
            text.scalars[position == text.scalars.count ? start : position] != ":",
            let colon = text.scalars[start..<position].firstIndex(of: "：")
        else { return false }
        let key = string(start..<colon)
        guard (standsAlone && flowDepth == 0) || RuleLanguage.keyNames.contains(key) else { return false }
        let shown = String(key.unicodeScalars.prefix(40))
        refuseColon(
            at: colon, "'：' 是全角冒号，YAML 把它当文字。用半角的，写 '\(shown): …'。",
            "'：' is a full-width colon, which YAML takes for text. Write '\(shown): …'.")
        return true
    }

    /// [“甲”，“乙”] is one text for YAML; nobody says the quotes.
    mutating func refuseJoinedQuotes(_ start: Int, column: Int) {
        guard flowDepth > 0, start < position, text.scalars[start] == "“" else { return }
        let scalars = text.scalars[start..<position]
        guard
            let comma = scalars.indices.first(where: {
                "，、；".unicodeScalars.contains(scalars[$0]) && scalars[$0 - 1] == "”"
                    && scalars[($0 + 1)...].first { $0 != " " } == "“"
            })
        else { return }
        isParsable = false
        let sign = text.scalars[comma]
        log.error(
            SourceLocation(file: text.file, line: line, column: column),
            "“” 和 '\(sign)' 是中文标点，YAML 当成一整段文字。写 \"…\", \"…\"。",
            "“” and '\(sign)' are Chinese signs, and YAML takes all for one text. Write \"…\", \"…\".")
    }

    /// `severity:high` is one text for YAML, and the parser blames the line below. At the beginning of a line outside
    /// brackets, and of a list entry that goes on in the next line, no text of a pack begins like a key.
    mutating func refuseColonWithoutSpace(_ start: Int) {
        guard flowDepth == 0, start >= lineStart, start < position,
            let colon = text.scalars[start..<position].firstIndex(of: ":"), colon + 1 < position,
            RuleLanguage.keyNames.contains(string(start..<colon)),
            text.scalars[lineStart..<start].allSatisfy({ " -\t".unicodeScalars.contains($0) })
        else { return }
        if let dash = text.scalars[lineStart..<start].lastIndex(of: "-"), !hasLineBelow(deeperThan: dash) { return }
        let isKey = position < text.scalars.count && text.scalars[position] == ":"
        // match:{any: [a]} has its space further on; what is no bracket may be the name of an odd key.
        guard !isKey || "[{\"'".unicodeScalars.contains(text.scalars[colon + 1]) else { return }
        var end = position
        while isBlank(end - 1) { end -= 1 }
        let value = isKey || end - colon > 40 ? "…" : string(colon + 1..<end)
        let shown = "\(string(start..<colon)): \(value)"
        refuseColon(at: colon, "冒号后面少一个空格。写 '\(shown)'。", "no space behind the colon. Write '\(shown)'.")
    }

    private mutating func refuseColon(at colon: Int, _ chinese: String, _ english: String) {
        isParsable = false
        // What stands below it was meant for this key.
        plainMayGoOn = false
        log.error(SourceLocation(file: text.file, line: line, column: colon - lineStart + 1), chinese, english)
    }

    /// Whether the next line with content belongs to the list entry whose dash stands on this line.
    private func hasLineBelow(deeperThan dash: Int) -> Bool {
        let depth = dash - lineStart
        var (index, start) = (position, lineStart)
        while index < text.scalars.count {
            if text.scalars[index] == "#" || index == position {
                while !isLineBreak(index) { index += 1 }
            }
            if isLineBreak(index) {
                (index, start) = (index + 1, index + 1)
            } else if isBlank(index) {
                index += 1
            } else if text.scalars[index] != "#" {
                return index - start > depth
            }
        }
        return false
    }

    private func string(_ range: Range<Int>) -> String {
        var text = String.UnicodeScalarView()
        text.append(contentsOf: self.text.scalars[range])
        return String(text)
    }

    mutating func complain(about character: Unicode.Scalar) {
        switch character {
        case "@": refuse("'@' 开头的要加英文引号。写 \"\(upcomingWord)\"。", "'@' must stand in quotes. Write \"\(upcomingWord)\".")
        case "*", "&":
            refuse(
                "这里不用锚点和别名（'&'、'*'）。几个词写成列表；是文字就加英文引号。",
                "anchors and aliases ('&', '*') are not read here. Use a list for terms; put text in quotes.")
        case "!":
            refuse(
                "这里不用标签（'!'）。'!' 开头的文字要加英文引号。",
                "tags ('!') are not read here. Put text that begins with '!' in quotes.")
        case "|", ">":
            refuse(
                "这里不用多行文字（'|'、'>'）。写在一行里，加英文引号。",
                "block text ('|', '>') is not read here. Write the text on one line, in quotes.")
        case "%", "?", "`":
            refuse(
                "'\(character)' 开头的文字要加英文引号。写 \"\(upcomingWord)\"。",
                "text that begins with '\(character)' must stand in quotes. Write \"\(upcomingWord)\".")
        default: break
        }
    }

    /// What an author meant to be one text, for the advice to quote it.
    var upcomingWord: String {
        var word = String.UnicodeScalarView()
        var index = position
        while !isBlank(index), !isFlowMark(index), text.scalars[index] != "\"", word.count < 30 {
            word.append(text.scalars[index])
            index += 1
        }
        return String(word)
    }
}
