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
            refuse("the quote is not closed on this line. Add \(quote) at the end of the text.")
            return false
        }
        var after = end + 1
        while after < text.scalars.count, text.scalars[after] == " " || text.scalars[after] == "\t" { after += 1 }
        if after < text.scalars.count, text.scalars[after] == ":", flowDepth > 0 || isBlank(after + 1) {
            key(start + 1..<end, column: column)
        }
        position = end + 1
        return true
    }

    mutating func plain() {
        let (start, startColumn, standsAlone) = (position, column, isFirstOfLine)
        defer { refuseWideColon(start, standsAlone: standsAlone) }
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
    mutating func refuseWideColon(_ start: Int, standsAlone: Bool) {
        guard start >= lineStart, start < position,
            text.scalars[position == text.scalars.count ? start : position] != ":",
            let colon = text.scalars[start..<position].firstIndex(of: "：")
        else { return }
        var key = String.UnicodeScalarView()
        key.append(contentsOf: text.scalars[start..<colon])
        guard (standsAlone && flowDepth == 0) || RuleLanguage.keyNames.contains(String(key)) else { return }
        isParsable = false
        // What stands below it was meant for this key.
        plainMayGoOn = false
        log.error(
            SourceLocation(file: text.file, line: line, column: colon - lineStart + 1),
            "'：' is a full-width colon, which YAML takes for text. Write '\(String(key.prefix(40))): …'.")
    }

    mutating func complain(about character: Unicode.Scalar) {
        switch character {
        case "@": refuse("'@' must stand in quotes. Write \"\(upcomingWord)\".")
        case "*", "&":
            refuse("anchors and aliases ('&', '*') are not read here. Use a list for terms; put text in quotes.")
        case "!": refuse("tags ('!') are not read here. Put text that begins with '!' in quotes.")
        case "|", ">": refuse("block text ('|', '>') is not read here. Write the text on one line, in quotes.")
        case "%": refuse("text that begins with '%' must stand in quotes. Write \"\(upcomingWord)\".")
        case "?": refuse("text that begins with '?' must stand in quotes. Write \"\(upcomingWord)\".")
        case "`": refuse("text that begins with '`' must stand in quotes. Write \"\(upcomingWord)\".")
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
