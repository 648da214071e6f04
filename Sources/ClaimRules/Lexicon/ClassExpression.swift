/// What stands in quotes where words stand, taken apart.
///
///     "@health.cure|@health.act"        either class
///     "@body.part - [骨头汤, 养胃]"       the words of the class that lie in none of these
///
///     expression = item ('|' item)* ('-' item)*        item = '@' name | '[' word (',' word)* ']'
///
/// First everything before the first '-' is joined, then what stands behind each '-' is taken out of it.
struct ClassExpression: Hashable {
    enum Item: Hashable {
        case name(String)
        case words([String])
    }

    enum Failure: Error, Equatable {
        /// Nothing, or no item, stands behind '|' or '-', or at the beginning.
        case itemExpected(after: String)
        /// Something stands behind an item that is neither '|' nor '-'.
        case operatorExpected(String)
        case bracketNotClosed
        case wordExpected
    }

    private(set) var joined: [Item] = []
    private(set) var taken: [Item] = []

    /// The one name, if the expression is no more than that.
    var name: String? {
        if joined.count == 1, taken.isEmpty, case .name(let name) = joined[0] { name } else { nil }
    }

    var names: [String] {
        (joined + taken).compactMap { if case .name(let name) = $0 { name } else { nil } }
    }

    /// Linear in the text.
    init(_ text: String) throws(Failure) {
        let symbols = Array(text.unicodeScalars)
        var position = 0
        var sign = ""
        var isTaken = false
        while true {
            let item = try Self.item(symbols, &position, after: sign)
            if isTaken { taken.append(item) } else { joined.append(item) }
            Self.skipBlanks(symbols, &position)
            guard position < symbols.count else { return }
            switch symbols[position] {
            case "|", "｜":
                // A '|' behind '-' joins what is taken.
                sign = "|"
            case "-", "－":
                sign = "-"
                isTaken = true
            default:
                throw .operatorExpected(String(String.UnicodeScalarView(symbols[position...].prefix(20))))
            }
            position += 1
        }
    }

    private static func item(
        _ symbols: [Unicode.Scalar], _ position: inout Int, after sign: String
    ) throws(Failure) -> Item {
        skipBlanks(symbols, &position)
        guard position < symbols.count else { throw .itemExpected(after: sign) }
        switch symbols[position] {
        case "@":
            let start = position + 1
            position = start
            while position < symbols.count, !endsName(symbols, position) { position += 1 }
            guard position > start else { throw .itemExpected(after: sign + "@") }
            return .name(text(symbols[start..<position]))
        case "[":
            position += 1
            guard let end = symbols[position...].firstIndex(of: "]") else { throw .bracketNotClosed }
            let words = symbols[position..<end].split(omittingEmptySubsequences: false) {
                ",，、".unicodeScalars.contains($0)
            }
            .map { trimmed($0) }
            position = end + 1
            guard words.allSatisfy({ !$0.isEmpty }) else { throw .wordExpected }
            return .words(words)
        default: throw .itemExpected(after: sign)
        }
    }

    /// A '-' belongs to a name unless an item follows it.
    private static func endsName(_ symbols: [Unicode.Scalar], _ position: Int) -> Bool {
        switch symbols[position] {
        case "|", "｜", "[", "]", ",", "，", "@": true
        case "-", "－": position + 1 < symbols.count && (symbols[position + 1] == "@" || symbols[position + 1] == "[")
        default: symbols[position].properties.isWhitespace
        }
    }

    private static func skipBlanks(_ symbols: [Unicode.Scalar], _ position: inout Int) {
        while position < symbols.count, symbols[position].properties.isWhitespace { position += 1 }
    }

    private static func trimmed(_ word: ArraySlice<Unicode.Scalar>) -> String {
        let start = word.drop { $0.properties.isWhitespace }
        let end = start.lastIndex { !$0.properties.isWhitespace } ?? start.startIndex - 1
        return text(start[start.startIndex..<(end + 1)])
    }

    private static func text(_ symbols: ArraySlice<Unicode.Scalar>) -> String {
        String(String.UnicodeScalarView(symbols))
    }
}
