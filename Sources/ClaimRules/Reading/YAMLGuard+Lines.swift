/// Lines: indentation, breaks, and characters that no pack needs.
extension YAMLGuard {
    var column: Int { position - lineStart + 1 }

    var isFirstOfLine: Bool { text.scalars[lineStart..<position].allSatisfy { $0 == " " || $0 == "\t" } }

    /// Checks the indentation of a line and stays at its first character. False if the file nests too deeply.
    mutating func beginLine() -> Bool {
        var end = position
        while end < text.scalars.count, text.scalars[end] == " " || text.scalars[end] == "\t" { end += 1 }
        if let tab = text.scalars[position..<end].firstIndex(of: "\t"), end < text.scalars.count, !isLineBreak(end) {
            noteTab(tab)
        }
        position = end
        // Dashes indent too: "- - - x" is three lists deep.
        while end < text.scalars.count, " -?:\t".unicodeScalars.contains(text.scalars[end]),
            isBlank(end + 1) || isBlank(end)
        { end += 1 }
        guard end - lineStart <= PackLimits.indentation || isLineBreak(end) else {
            refuse(
                "这一行缩进了 \(PackLimits.indentation) 列以上。每层缩进两个空格。",
                "the line is indented by more than \(PackLimits.indentation) columns. Indent with two spaces a level.")
            return false
        }
        return true
    }

    private mutating func noteTab(_ index: Int) {
        isParsable = false
        lineHasTab = true
        linesWithTabs += 1
        guard firstTab == nil else { return }
        firstTab = SourceLocation(file: text.file, line: line, column: index - lineStart + 1)
    }

    /// Tabs are told once: an editor that writes one writes them in each line, and replaces them all at once.
    mutating func refuseTabs() {
        guard let firstTab else { return }
        guard linesWithTabs > 1 else {
            return log.error(
                firstTab, "缩进里有制表符（Tab）。改用空格。", "a tab in the indentation. Indent with spaces.")
        }
        log.error(
            firstTab, "有 \(linesWithTabs) 行的缩进里有制表符（Tab），这是第一行。都改用空格。",
            "tabs in the indentation of \(linesWithTabs) lines, of which this is the first. Indent with spaces.")
    }

    mutating func endLine() {
        if text.scalars[position] == "\r", position + 1 < text.scalars.count, text.scalars[position + 1] == "\n" {
            position += 1
        }
        position += 1
        line += 1
        lineStart = position
        lineHasTab = false
    }

    mutating func skipBlankLines() {
        while position < text.scalars.count {
            if isLineBreak(position) {
                endLine()
            } else if isBlank(position) {
                position += 1
            } else {
                return
            }
        }
    }

    mutating func skipLine() {
        while position < text.scalars.count, !isLineBreak(position) { position += 1 }
    }

    /// The parser takes three characters for line breaks that no editor shows as such; they and controls are refused.
    mutating func hasOnlyPlainCharacters() -> Bool {
        for (index, scalar) in text.scalars.enumerated() {
            switch scalar.value {
            case 0x09, 0x0A, 0x0D, 0x20...0x7E, 0xA0...0x2027, 0x202A...0xFEFE, 0xFF00...0xFFFD, 0x1_0000...0xE_FFFF:
                continue
            default:
                log.error(
                    PackText.location(of: index, in: text.scalars, file: text.file),
                    "这里有看不见的字符或私用字符 U+\(hex(scalar.value))。删掉它。",
                    "the invisible or private character U+\(hex(scalar.value)) is not allowed. Delete it.")
                isParsable = false
                return false
            }
        }
        return true
    }

    func hex(_ value: UInt32) -> String {
        let digits = String(value, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }

    func isLineBreak(_ index: Int) -> Bool {
        index >= text.scalars.count || text.scalars[index] == "\n" || text.scalars[index] == "\r"
    }

    func isBlank(_ index: Int) -> Bool {
        isLineBreak(index) || text.scalars[index] == " " || text.scalars[index] == "\t"
    }

    func isFlowMark(_ index: Int) -> Bool {
        index < text.scalars.count && ",[]{}".unicodeScalars.contains(text.scalars[index])
    }

    func isDocumentMark(_ mark: Unicode.Scalar) -> Bool {
        position + 2 < text.scalars.count && text.scalars[position + 1] == mark && text.scalars[position + 2] == mark
            && isBlank(position + 3)
    }
}
