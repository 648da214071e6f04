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

    enum Collection {
        /// Keys at this column.
        case block(column: Int)
        case flow
    }
    struct Scope {
        var collection: Collection
        var keys: [String: SourceLocation] = [:]
    }

    var text: PackText
    var log: ProblemLog
    /// False if the parser would fail or must not see the text.
    var isParsable = true

    var position = 0
    var line = 1
    var lineStart = 0
    var scopes: [Scope] = []
    var flowDepth = 0
    /// Column of the last key or dash outside brackets; 0 before the first.
    var blockColumn = 0
    /// A plain text outside brackets has just ended: a deeper line would go on with it.
    var plainMayGoOn = false
    var hasContent = false
    var masks = 0
    /// The line is indented with a tab, so columns say nothing about it.
    var lineHasTab = false
    var firstTab: SourceLocation?
    var linesWithTabs = 0

    private init(_ text: PackText, log: ProblemLog) {
        self.text = text
        self.log = log
    }

    /// The text to parse, or nil if it is not to be parsed.
    static func check(_ text: PackText, log: inout ProblemLog) -> PackText? {
        var guardian = YAMLGuard(text, log: log)
        guardian.run()
        guardian.refuseTabs()
        log = guardian.log
        return guardian.isParsable ? guardian.text : nil
    }

    // MARK: Tokens

    mutating func run() {
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
    mutating func token() -> Bool {
        let character = text.scalars[position]
        let isBlankNext = isBlank(position + 1)
        if plainMayGoOn, flowDepth == 0, isFirstOfLine, column > blockColumn {
            refuse(
                "文字跨了几行。写在一行里；如果这是一个键，和别的键对齐。",
                "text that goes on over several lines. Write it on one line; if this is a key, indent it as the others."
            )
        }
        plainMayGoOn = false
        switch character {
        case "[", "{": return open()
        case "]", "}":
            close()
            position += 1
            if refuseWideSign() { return false }
        case ",": position += 1
        case "-" where isBlankNext:
            if flowDepth == 0 { beginItem() }
            position += 1
        case ":" where isBlankNext || flowDepth > 0: position += 1
        case "\"", "'": return quoted(character)
        case "-" where column == 1 && isDocumentMark("-"), "." where column == 1 && isDocumentMark("."):
            if hasContent, !(character == "." && endsFile) {
                refuse(
                    "从这里开始是另一份文档。一个规则包存一个文件。",
                    "a second document begins here. Put each pack into its own file.")
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

    /// Whether nothing but blank lines and comments follows the line: a closing `...` ends the one document.
    private var endsFile: Bool {
        var place = position + 3
        while place < text.scalars.count {
            if text.scalars[place] == "#" {
                while place < text.scalars.count, !isLineBreak(place) { place += 1 }
            } else if isBlank(place) || isLineBreak(place) {
                place += 1
            } else {
                return false
            }
        }
        return true
    }

    mutating func open() -> Bool {
        guard flowDepth < PackLimits.flowNesting else {
            refuse(
                "括号套了 \(PackLimits.flowNesting) 层以上。把列表并排写。",
                "brackets are nested deeper than \(PackLimits.flowNesting) levels. Write the lists one beside the other."
            )
            return false
        }
        flowDepth += 1
        scopes.append(Scope(collection: .flow))
        position += 1
        return true
    }

    mutating func close() {
        guard flowDepth > 0 else { return }
        flowDepth -= 1
        scopes.removeLast()
    }

    mutating func beginItem() {
        dropScopes(deeperThan: column)
        blockColumn = column
    }

    mutating func refuse(_ chinese: String, _ english: String) {
        isParsable = false
        log.error(SourceLocation(file: text.file, line: line, column: column), chinese, english)
    }
}
