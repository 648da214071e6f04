/// Reads a pack file once before the YAML parser does, for what the parser handles badly.
///
/// The parser stops at the first fault and says it in its own words; it descends the call stack once for each level of
/// nesting, copies what an alias names, and reports a repeated key without its place. So this scan
/// - bounds nesting before anything recurses,
/// - refuses the parts of YAML that packs do not need and that make its reading ambiguous: anchors, aliases, tags,
///   directives, block text, complex keys, text over several lines,
/// - names the characters authors forget to quote, all of them at once,
/// - finds repeated keys, and renames the later one so that the rest of the file can still be checked.
///
/// What is left is a subset in which this scan and the parser agree on where each token begins.
struct YAMLGuard {
    /// A key met twice in a mapping is renamed to begin with a character of this plane (private use).
    static let maskPlane: ClosedRange<UInt32> = 0xF_0000...0xF_FFFD

    private enum Collection {
        /// Keys at this column.
        case block(column: Int)
        case flow
    }
    private struct Scope {
        var collection: Collection
        var keys: [String: SourceLocation] = [:]
    }

    private(set) var text: PackText
    private var log: ProblemLog
    /// False if the parser would fail or must not see the text.
    private(set) var isParsable = true

    private var position = 0
    private var line = 1
    private var lineStart = 0
    private var scopes: [Scope] = []
    private var flowDepth = 0
    /// Column of the last key or dash outside brackets; 0 before the first.
    private var blockColumn = 0
    /// A plain text outside brackets has just ended: a deeper line would go on with it.
    private var plainMayGoOn = false
    private var hasContent = false
    private var masks = 0
    /// A tab was refused here, so columns say nothing about this line.
    private var lineHasTab = false

    private init(_ text: PackText, log: ProblemLog) {
        self.text = text
        self.log = log
    }

    /// The text to parse, or nil if it is not to be parsed.
    static func check(_ text: PackText, log: inout ProblemLog) -> PackText? {
        var guardian = YAMLGuard(text, log: log)
        guardian.run()
        log = guardian.log
        return guardian.isParsable ? guardian.text : nil
    }

    // MARK: Tokens

    private mutating func run() {
        guard hasOnlyPlainCharacters() else { return }
        var atLineStart = true
        while position < text.scalars.count {
            if atLineStart {
                atLineStart = false
                guard beginLine() else { return }
                continue
            }
            switch text.scalars[position] {
            case "\n", "\r":
                endLine()
                atLineStart = true
            case " ", "\t": position += 1
            case "#": skipLine()
            default:
                guard token() else { return }
                hasContent = true
            }
        }
    }

    /// Reads one token. False when nothing after it can be trusted.
    private mutating func token() -> Bool {
        let character = text.scalars[position]
        let isBlankNext = isBlank(position + 1)
        if plainMayGoOn, flowDepth == 0, isFirstOfLine, column > blockColumn {
            refuse(
                "text that goes on over several lines. Write it on one line; if this is a key, indent it as the others."
            )
        }
        plainMayGoOn = false
        switch character {
        case "[", "{": return open()
        case "]", "}":
            close()
            position += 1
        case ",": position += 1
        case "-" where isBlankNext:
            if flowDepth == 0 { beginItem() }
            position += 1
        case ":" where isBlankNext || flowDepth > 0: position += 1
        case "\"", "'": return quoted(character)
        case "-" where column == 1 && isDocumentMark("-"), "." where column == 1 && isDocumentMark("."):
            if hasContent {
                refuse("a second document begins here. Put each pack into its own file.")
                return false
            }
            position += 3
        default:
            complain(about: character)
            plain()
            if character == "|" || character == ">" { plainMayGoOn = false }
        }
        return true
    }

    private mutating func complain(about character: Unicode.Scalar) {
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

    private mutating func open() -> Bool {
        guard flowDepth < PackLimits.flowNesting else {
            refuse(
                "brackets are nested deeper than \(PackLimits.flowNesting) levels. Write the lists one beside the other."
            )
            return false
        }
        flowDepth += 1
        scopes.append(Scope(collection: .flow))
        position += 1
        return true
    }

    private mutating func close() {
        guard flowDepth > 0 else { return }
        flowDepth -= 1
        scopes.removeLast()
    }

    private mutating func beginItem() {
        dropScopes(deeperThan: column)
        blockColumn = column
    }

    /// A text in quotes ends on its line: a forgotten quote is then found where it is, not at the end of the file.
    private mutating func quoted(_ quote: Unicode.Scalar) -> Bool {
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

    private mutating func plain() {
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
    private mutating func refuseWideColon(_ start: Int, standsAlone: Bool) {
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

    // MARK: Keys

    private mutating func key(_ range: Range<Int>, column: Int) {
        if flowDepth == 0 {
            dropScopes(deeperThan: column)
            blockColumn = lineHasTab ? .max : column
            if case .block(column)? = scopes.last?.collection {
            } else {
                scopes.append(Scope(collection: .block(column: column)))
            }
        }
        guard !scopes.isEmpty else { return }
        var name = String.UnicodeScalarView()
        name.append(contentsOf: text.scalars[range])
        let here = SourceLocation(file: text.file, line: line, column: column)
        if let first = scopes[scopes.count - 1].keys[String(name)] {
            log.error(
                here, "the key '\(String(name))' stands here twice, first in line \(first.line). Delete one of them.")
            mask(range)
        } else {
            scopes[scopes.count - 1].keys[String(name)] = here
        }
    }

    private mutating func mask(_ range: Range<Int>) {
        let value = YAMLGuard.maskPlane.lowerBound + UInt32(masks)
        guard !range.isEmpty, YAMLGuard.maskPlane.contains(value), let stand = Unicode.Scalar(value) else {
            isParsable = false
            return
        }
        text.scalars[range.lowerBound] = stand
        masks += 1
    }

    private mutating func dropScopes(deeperThan column: Int) {
        while case .block(let deeper)? = scopes.last?.collection, deeper > column { scopes.removeLast() }
    }

    // MARK: Lines and characters

    private var column: Int { position - lineStart + 1 }

    private var isFirstOfLine: Bool { text.scalars[lineStart..<position].allSatisfy { $0 == " " || $0 == "\t" } }

    /// Checks the indentation of a line and stays at its first character. False if the file nests too deeply.
    private mutating func beginLine() -> Bool {
        var end = position
        while end < text.scalars.count, text.scalars[end] == " " || text.scalars[end] == "\t" { end += 1 }
        if let tab = text.scalars[position..<end].firstIndex(of: "\t"), end < text.scalars.count, !isLineBreak(end) {
            position = tab
            refuse("a tab in the indentation. Indent with spaces.")
            lineHasTab = true
        }
        position = end
        // Dashes indent too: "- - - x" is three lists deep.
        while end < text.scalars.count, " -?:\t".unicodeScalars.contains(text.scalars[end]),
            isBlank(end + 1) || isBlank(end)
        { end += 1 }
        guard end - lineStart <= PackLimits.indentation || isLineBreak(end) else {
            refuse(
                "the line is indented by more than \(PackLimits.indentation) columns. Indent with two spaces a level.")
            return false
        }
        return true
    }

    private mutating func endLine() {
        if text.scalars[position] == "\r", position + 1 < text.scalars.count, text.scalars[position + 1] == "\n" {
            position += 1
        }
        position += 1
        line += 1
        lineStart = position
        lineHasTab = false
    }

    private mutating func skipBlankLines() {
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

    private mutating func skipLine() {
        while position < text.scalars.count, !isLineBreak(position) { position += 1 }
    }

    /// The parser takes three characters for line breaks that no editor shows as such; they and controls are refused.
    private mutating func hasOnlyPlainCharacters() -> Bool {
        for (index, scalar) in text.scalars.enumerated() {
            switch scalar.value {
            case 0x09, 0x0A, 0x0D, 0x20...0x7E, 0xA0...0x2027, 0x202A...0xFEFE, 0xFF00...0xFFFD, 0x1_0000...0xE_FFFF:
                continue
            default:
                log.error(
                    PackText.location(of: index, in: text.scalars, file: text.file),
                    "the invisible or private character U+\(hex(scalar.value)) is not allowed. Delete it.")
                isParsable = false
                return false
            }
        }
        return true
    }

    private func hex(_ value: UInt32) -> String {
        let digits = String(value, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }

    private func isLineBreak(_ index: Int) -> Bool {
        index >= text.scalars.count || text.scalars[index] == "\n" || text.scalars[index] == "\r"
    }

    private func isBlank(_ index: Int) -> Bool {
        isLineBreak(index) || text.scalars[index] == " " || text.scalars[index] == "\t"
    }

    private func isFlowMark(_ index: Int) -> Bool {
        index < text.scalars.count && ",[]{}".unicodeScalars.contains(text.scalars[index])
    }

    private func isDocumentMark(_ mark: Unicode.Scalar) -> Bool {
        position + 2 < text.scalars.count && text.scalars[position + 1] == mark && text.scalars[position + 2] == mark
            && isBlank(position + 3)
    }

    /// What an author meant to be one text, for the advice to quote it.
    private var upcomingWord: String {
        var word = String.UnicodeScalarView()
        var index = position
        while !isBlank(index), !isFlowMark(index), text.scalars[index] != "\"", word.count < 30 {
            word.append(text.scalars[index])
            index += 1
        }
        return String(word)
    }

    private mutating func refuse(_ message: String) {
        isParsable = false
        log.error(SourceLocation(file: text.file, line: line, column: column), message)
    }
}
