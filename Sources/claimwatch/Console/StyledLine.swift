/// One line for a terminal, some of its words painted, which knows where it may be broken.
///
/// Chinese may break between any two characters but before a closing mark and after an opening one; Latin words and
/// numbers stay whole.
struct StyledLine {
    private(set) var pieces: [(text: String, look: TextStyle.Look)] = []

    init() {}

    init(_ text: String, _ look: TextStyle.Look = .plain) { add(text, look) }

    /// - Parameter text: Shown as it is; what is not ours goes through `DisplayText.printable` first.
    mutating func add(_ text: String, _ look: TextStyle.Look = .plain) {
        if !text.isEmpty { pieces.append((text, look)) }
    }

    mutating func add(_ line: StyledLine) { pieces += line.pieces }

    /// Columns the line takes in one piece.
    func width(_ style: TextStyle) -> Int {
        pieces.reduce(0) { $0 + DisplayText.width(style.shown($1.text, $1.look)) }
    }

    /// As much of the start of the line as fits, with "…" where it was cut.
    func fitted(_ style: TextStyle, columns: Int) -> StyledLine {
        guard width(style) > columns else { return self }
        var fitted = StyledLine()
        var left = columns
        for piece in pieces {
            let width = DisplayText.width(style.shown(piece.text, piece.look))
            guard width < left else {
                let marks = width - DisplayText.width(piece.text)
                fitted.add(
                    left > marks + 1 ? DisplayText.fitted(piece.text + "…", columns: left - marks) : "…", piece.look)
                break
            }
            fitted.add(piece.text, piece.look)
            left -= width
        }
        return fitted
    }

    /// The line, broken where it would not fit.
    /// - Parameters:
    ///   - columns: What the terminal has; nil leaves the line whole.
    ///   - indent: Columns before the first line and before those that go on.
    func rendered(_ style: TextStyle, columns: Int? = nil, indent: (first: Int, rest: Int) = (0, 0)) -> String {
        let characters = pieces.flatMap { piece in
            // The marks of a highlight without colour are characters of the line like any other.
            style.shown(piece.text, piece.look).map { (character: $0, look: piece.look) }
        }
        var lines: [String] = []
        var start = 0
        repeat {
            let margin = lines.isEmpty ? indent.first : indent.rest
            let end = columns.map { Self.lineEnd(characters.map(\.character), from: start, columns: $0 - margin) }
            var line = characters[start..<(end ?? characters.count)]
            if let end, end < characters.count { while line.last?.character == " " { line.removeLast() } }
            lines.append(String(repeating: " ", count: margin) + Self.painted(Array(line), style))
            start = end ?? characters.count
            while start < characters.count, characters[start].character == " " { start += 1 }
        } while start < characters.count
        return lines.joined(separator: "\n")
    }

    /// Where the line that begins at `start` ends: at least one character on.
    private static func lineEnd(_ characters: [Character], from start: Int, columns: Int) -> Int {
        var used = 0
        var end = start
        while end < characters.count {
            used += DisplayText.width(String(characters[end]))
            if used > columns { break }
            end += 1
        }
        guard end < characters.count else { return end }
        // A space at the edge is dropped, so what stands before it fits.
        let breaks = ((start + 1)..<max(end + 1, start + 2)).last { mayBreak(characters, before: $0) }
        return max(breaks ?? end, start + 1)
    }

    private static func mayBreak(_ characters: [Character], before index: Int) -> Bool {
        guard index < characters.count else { return true }
        let (left, right) = (characters[index - 1], characters[index])
        // A dot parts two things: it ends a line and begins none.
        if right == " " { return index + 1 >= characters.count || characters[index + 1] != "·" }
        if left == " " { return right != "·" }
        if closing.contains(right) || opening.contains(left) { return false }
        return DisplayText.width(String(left)) > 1 || DisplayText.width(String(right)) > 1
    }

    private static let closing: Set<Character> = [
        "，", "。", "、", "；", "：", "！", "？", "）", "」", "』", "】", "》", "”", "’", "…", ",", ".", ";", ":", "!", "?", ")",
    ]
    private static let opening: Set<Character> = ["（", "「", "『", "【", "《", "“", "‘", "("]

    private static func painted(_ characters: [(character: Character, look: TextStyle.Look)], _ style: TextStyle)
        -> String
    {
        var text = ""
        var start = 0
        while start < characters.count {
            let look = characters[start].look
            let end = characters[start...].firstIndex { $0.look != look } ?? characters.count
            text += style.paint(String(characters[start..<end].map(\.character)), look)
            start = end
        }
        return text
    }
}
