import Yams

/// A term and where it was written.
struct PlacedTerm {
    var text: String
    var location: SourceLocation
}

/// What may stand where terms stand: a term, or the name of a list.
enum TermEntry {
    case term(PlacedTerm)
    case list(name: String, SourceLocation)
}

extension NodeReader {
    /// The terms and list names of a list; those that are wrong are reported and left out.
    ///
    /// - Parameter name: The list in messages.
    func termEntries(_ nodes: [Node], of name: String) -> [TermEntry] {
        guard nodes.count <= PackLimits.termsPerRule else {
            error(nodes[0], "'\(name)' has \(nodes.count) terms, more than \(PackLimits.termsPerRule). Split the rule.")
            return []
        }
        warnOfCutNumbers(nodes)
        return nodes.compactMap(termEntry)
    }

    func termEntry(_ node: Node) -> TermEntry? {
        switch node {
        case .sequence:
            error(node, "a list inside a list. Write its terms in the list around it.")
            return nil
        case .mapping(let mapping):
            if mapping.keys.contains(where: { $0.scalar?.string == Key.from.rawValue }) {
                error(node, "\(Key.from) is not supported yet by this version. Remove it, and write the terms here.")
            } else {
                error(node, "a term must be text, not a mapping. Put a term with ': ' or braces in quotes.")
            }
            return nil
        default: break
        }
        guard let written = text(node, "a term", numbers: .allowed, limit: PackLimits.textLength) else { return nil }
        let text = withoutOuterSpaces(written)
        if text.first == RuleLanguage.listMark { return .list(name: String(text.dropFirst()), location(node)) }
        if !warnOfWideSigns(text, node) { warnOfSigns(text, at: location(node)) }
        return isTerm(text, at: location(node)) ? .term(PlacedTerm(text: text, location: location(node))) : nil
    }

    /// Whether a text can be a term. Says why not.
    func isTerm(_ text: String, at location: SourceLocation) -> Bool {
        let length = text.unicodeScalars.count
        guard length <= PackLimits.termLength else {
            session.log.error(
                location,
                "the term has \(length) characters, more than \(PackLimits.termLength). Keep the words that matter.")
            return false
        }
        let slot = RuleLanguage.plannedNumberSlot
        guard !text.contains(slot) else {
            session.log.error(
                location, "'\(slot)' is not supported yet by this version. Write the numbers that matter as terms.")
            return false
        }
        guard hasMarksInPlace(text, at: location) else { return false }
        guard !session.folded(text).isEmpty else {
            session.log.error(
                location,
                "nothing is left of the term \(quoted(text)) once width, case and signs are folded. Write words, or delete it."
            )
            return false
        }
        return true
    }

    private func hasMarksInPlace(_ text: String, at location: SourceLocation) -> Bool {
        let mark = RuleLanguage.insertMark
        guard version > .one, text.contains(mark) else { return true }
        let pieces = text.split(separator: mark, omittingEmptySubsequences: false)
        if takesInsertMarks, pieces.count == 2, pieces.allSatisfy({ !$0.isEmpty }) { return true }
        error(
            location, .formMark, "\(quoted(text))：'\(mark)' 只在词库里标插字的位置，词中间一处。",
            "\(quoted(text)): '\(mark)' marks where words go in, once, inside a term of a lexicon. Delete it.")
        return false
    }

    /// Signs of a Chinese keyboard where YAML wants those of ASCII: the pack loads, and the term never occurs.
    ///
    /// - Returns: Whether there are any.
    private func warnOfWideSigns(_ text: String, _ node: Node) -> Bool {
        let bare = text.drop { "“”‘’＂＇".contains($0) }
        if let first = bare.first, first == "＠" || (first == "@" && bare.count < text.count) {
            let name = bare.dropFirst().prefix { !"“”‘’＂＇".contains($0) }
            warning(node, "\(quoted(text)) is taken as a term, for its signs are full-width. Write \"@\(name)\".")
        } else if let comma = text.first(where: { "，、；".contains($0) }) {
            warning(
                node,
                "the term \(quoted(text)) holds '\(comma)' and is one term. Write ', ' between terms, or delete the sign."
            )
        } else {
            return false
        }
        return true
    }
}
