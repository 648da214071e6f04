/// A pack or lexicon file as text and as a tree, for tools that change it in place.
///
/// Changes are made in the text, by the places of the tree: comments, order and everything else stays as it was written.
package struct PackSource: Sendable {
    package let path: String
    package let root: SourceNode
    package var isLexicon: Bool { root.entries.first?.key.text == Key.lexicon.rawValue }
    let scalars: [Unicode.Scalar]
    /// Index of the first character of each line.
    private let lines: [Int]

    /// nil if the file is no YAML that packs may be written in.
    package init?(_ file: PackFile) {
        var log = ProblemLog()
        guard let text = PackText(file, log: &log), let document = PackDocument(file, log: &log) else { return nil }
        path = file.path
        scalars = text.scalars
        var lines = [0]
        for (index, scalar) in scalars.enumerated() where scalar == "\n" { lines.append(index + 1) }
        self.lines = lines
        root = SourceNode(document.root, file: file.path) { [scalars] place in
            let index = Self.index(of: place, lines: lines, count: scalars.count)
            return index < scalars.count ? scalars[index] : nil
        }
    }

    /// The rules of a pack as written, by id; those without an id are left out.
    package var rules: [(id: String, node: SourceNode)] {
        (root[.rules]?.elements ?? []).compactMap { node in node[.id]?.text.map { ($0, node) } }
    }

    func index(of location: SourceLocation) -> Int {
        Self.index(of: location, lines: lines, count: scalars.count)
    }

    private static func index(of location: SourceLocation, lines: [Int], count: Int) -> Int {
        let line = min(max(location.line, 1), lines.count) - 1
        return min(lines[line] + location.column - 1, count)
    }

    /// The characters of a scalar, quotes included.
    package func range(of node: SourceNode) -> Range<Int>? {
        guard case .scalar(let text, let isPlain) = node.content else { return nil }
        let start = index(of: node.location)
        if isPlain { return start..<min(start + text.unicodeScalars.count, scalars.count) }
        guard start < scalars.count, scalars[start] == "\"" || scalars[start] == "'" else { return nil }
        let quote = scalars[start]
        var end = start + 1
        while end < scalars.count {
            if quote == "\"", scalars[end] == "\\" {
                end += 2
                continue
            }
            if scalars[end] == quote {
                // In single quotes, two stand for one.
                guard quote == "'", end + 1 < scalars.count, scalars[end + 1] == quote else { return start..<(end + 1) }
                end += 1
            }
            end += 1
        }
        return nil
    }

    package func text(_ range: Range<Int>) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars[range])
        return String(view)
    }
}

/// A change of the text of one file.
package struct SourceEdit: Sendable, Hashable {
    /// Characters (code points) of the file that are replaced.
    package var range: Range<Int>
    package var replacement: String

    package init(_ range: Range<Int>, _ replacement: String) { (self.range, self.replacement) = (range, replacement) }
}

extension PackSource {
    /// The file with changes that do not overlap; of two that do, the first in the order given is made.
    package func applying(_ edits: [SourceEdit]) -> PackFile {
        var taken: [SourceEdit] = []
        for edit in edits where !taken.contains(where: { $0.range.overlaps(edit.range) || $0.range == edit.range }) {
            taken.append(edit)
        }
        var result = String.UnicodeScalarView()
        var place = 0
        for edit in taken.sorted(by: { $0.range.lowerBound < $1.range.lowerBound }) {
            result.append(contentsOf: scalars[place..<edit.range.lowerBound])
            result.append(contentsOf: edit.replacement.unicodeScalars)
            place = edit.range.upperBound
        }
        result.append(contentsOf: scalars[place...])
        return PackFile(path: path, bytes: Array(String(result).utf8))
    }

    /// Replaces a scalar.
    package func replacing(_ node: SourceNode, by text: String) -> SourceEdit? {
        range(of: node).map { SourceEdit($0, text) }
    }

    /// Takes a scalar out of a list, with the comma or the line that was its own. Comments stay.
    package func deleting(_ node: SourceNode, fromBrackets: Bool) -> SourceEdit? {
        guard let range = range(of: node) else { return nil }
        return fromBrackets ? deletingBetweenCommas(range) : deletingLine(range)
    }

    /// Takes a key with its scalar value out of a mapping.
    package func deleting(_ entry: (key: SourceNode, value: SourceNode), fromBrackets: Bool) -> SourceEdit? {
        guard let key = range(of: entry.key), let value = range(of: entry.value) else { return nil }
        let whole = key.lowerBound..<value.upperBound
        return fromBrackets ? deletingBetweenCommas(whole) : deletingLine(whole)
    }

    private func isBlank(_ index: Int) -> Bool {
        index < scalars.count && (scalars[index] == " " || scalars[index] == "\t")
    }

    private func deletingBetweenCommas(_ range: Range<Int>) -> SourceEdit {
        var (start, end) = (range.lowerBound, range.upperBound)
        while isBlank(end) { end += 1 }
        if end < scalars.count, scalars[end] == "," {
            end += 1
            while isBlank(end) { end += 1 }
            return SourceEdit(start..<end, "")
        }
        // The last one: the comma before it goes, unless a line ends between them.
        end = range.upperBound
        var before = start
        while before > 0, isBlank(before - 1) { before -= 1 }
        if before > 0, scalars[before - 1] == "," { start = before - 1 }
        return SourceEdit(start..<end, "")
    }

    private func deletingLine(_ range: Range<Int>) -> SourceEdit? {
        var (start, end) = (range.lowerBound, range.upperBound)
        while start > 0, scalars[start - 1] != "\n" { start -= 1 }
        // What stands before must be the dash and blanks.
        guard scalars[start..<range.lowerBound].allSatisfy({ $0 == " " || $0 == "-" }) else { return nil }
        while isBlank(end) { end += 1 }
        if end < scalars.count, scalars[end] == "#" {
            while start < range.lowerBound, scalars[start] == " " { start += 1 }
            return SourceEdit(start..<end, "")
        }
        if end < scalars.count, scalars[end] == "\r" { end += 1 }
        guard end >= scalars.count || scalars[end] == "\n" else { return nil }
        return SourceEdit(start..<min(end + 1, scalars.count), "")
    }

    /// Puts a text before an element that is not the first of its list.
    package func inserting(_ text: String, before node: SourceNode, inBrackets: Bool) -> SourceEdit? {
        let start = index(of: node.location)
        guard !inBrackets else { return SourceEdit(start..<start, "\(text), ") }
        var line = start
        while line > 0, scalars[line - 1] != "\n" { line -= 1 }
        guard scalars[line..<start].allSatisfy({ $0 == " " || $0 == "-" }),
            let dash = scalars[line..<start].firstIndex(of: "-")
        else { return nil }
        let indent = String(repeating: " ", count: dash - line)
        return SourceEdit(line..<line, "\(indent)- \(text)\n")
    }
}
