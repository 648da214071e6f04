import ChineseText
import TermMatching
import Yams

extension RuleReader {
    private static let evasionKeys = [
        "gaps", "fillers", "homophones", "split", "numbers", "confusions", "min_score", "whole_words",
    ]

    /// The disguises of a rule, and where its `min_score` stands.
    func evasion(_ node: Node) -> Evasion? {
        if node.scalar?.string.isEmpty == true {
            reader.error(
                node, "'evasion' is empty. Write what it is to see, like {gaps: 2, homophones: true}, or delete it.")
            return nil
        }
        guard let fields = Fields(node, "'evasion'", keys: Self.evasionKeys, reader: reader) else { return nil }
        var evasion = Evasion()
        var isWhole = true
        func read<Value>(_ key: String, into value: inout Value, _ body: (Node) -> Value?) {
            guard let node = fields[key] else { return }
            if let found = body(node) { value = found } else { isWhole = false }
        }
        read("gaps", into: &evasion.gaps) { reader.integer($0, "gaps", in: 0...Tolerance.maxGaps) }
        read("fillers", into: &evasion.fillers) { reader.truth($0, "fillers") }
        read("homophones", into: &evasion.homophones) { reader.truth($0, "homophones") }
        read("split", into: &evasion.split) { reader.truth($0, "split") }
        read("numbers", into: &evasion.numbers) { reader.truth($0, "numbers") }
        read("confusions", into: &evasion.confusions, confusions)
        read("min_score", into: &evasion.minScore) { reader.percent($0, "min_score", in: 0...100) }
        read("whole_words", into: &evasion.wholeWords) { reader.truth($0, "whole_words") }
        if let confusions = fields["confusions"], !evasion.homophones, isWhole {
            reader.warning(confusions, "'confusions' does nothing without 'homophones: true'. Add that, or delete it.")
        }
        if isWhole, evasion == Evasion(), fields["min_score"] == nil {
            reader.warning(node, "'evasion' tolerates nothing. Write what it is to see, like {gaps: 2}, or delete it.")
        }
        return isWhole ? evasion : nil
    }

    private func confusions(_ node: Node) -> SoundConfusions? {
        if node.scalar?.string == "all" { return .all }
        guard node.sequence != nil else {
            reader.error(
                node,
                "'confusions' must be all, or a list of \(Evasion.Confusion.allCases.map(\.rawValue).joined(separator: ", "))."
            )
            return nil
        }
        guard let nodes = reader.list(node, "confusions") else { return nil }
        if nodes.isEmpty { reader.warning(node, "'confusions' is empty. Delete it, or write all.") }
        let read = nodes.map(confusion)
        return read.contains { $0 == nil } ? nil : read.reduce(into: SoundConfusions()) { $0.formUnion($1!.sounds) }
    }

    /// One pair of sounds. A letter more or less makes another pair here, so only a pair of the same sounds is suggested,
    /// or the only pair of one sound.
    private func confusion(_ node: Node) -> Evasion.Confusion? {
        guard let written = node.scalar?.string, Evasion.Confusion(rawValue: written) == nil else {
            return reader.choice(node, "confusions", as: Evasion.Confusion.self)
        }
        let sounds = Set(written.lowercased().split { !$0.isLetter })
        let known = Evasion.Confusion.allCases.filter { sounds.isSubset(of: $0.rawValue.split(separator: "-")) }
        let advice =
            if written == "all" {
                "Write 'confusions: all' without brackets."
            } else if !sounds.isEmpty, known.count == 1 {
                "Did you mean '\(known[0].rawValue)'?"
            } else {
                "Write one of \(Evasion.Confusion.allCases.map(\.rawValue).joined(separator: ", "))."
            }
        reader.error(node, "\(quoted(written)) is no pair of sounds that 'confusions' knows. \(advice)")
        return nil
    }

    /// Settings that can be read and change nothing.
    ///
    /// - Parameter aliases: The aliases that serve the terms of the condition.
    func warnOfPointless(
        _ evasion: Evasion, _ node: Node, _ condition: PlacedCondition, aliases: [String: [Term.Alias]]
    ) {
        let terms = condition.parts.joined().map {
            (placed: $0, symbols: Array(reader.session.folded($0.text).unicodeScalars))
        }
        let fields = node.mapping
        let pointless = Self.seesNothing(evasion, condition.parts.joined().map(\.text)).compactMap { key, reason in
            fields?[key].map { (node: $0, reason: reason) }
        }
        if let first = pointless.first {
            let advice = pointless.count == 1 ? "Delete it." : "Delete them."
            reader.warning(first.node, pointless.map(\.reason).joined(separator: "; ") + ". " + advice)
        }
        if evasion.gaps > 0 || evasion.fillers || evasion.homophones {
            for term in terms where term.symbols.count > Evasion.maxSymbols {
                reader.session.log.warning(
                    term.placed.location,
                    "the term \(quoted(term.placed.text)) has \(term.symbols.count) characters, and disguises are seen up to \(Evasion.maxSymbols). Shorten it, or take it as it is written."
                )
            }
        }
        if let key = fields?["min_score"] { warn(ofMinScore: key, evasion, aliases: aliases) }
    }

    /// The settings that can change nothing for any of the terms, and why.
    private static func seesNothing(_ evasion: Evasion, _ terms: [String]) -> [(key: String, reason: String)] {
        func isPointless(_ tolerance: Tolerance) -> Bool {
            !terms.contains { Term($0, tolerance: tolerance).hasDisguises }
        }
        var found: [(key: String, reason: String)] = []
        // Terms that are too long for them are warned of one by one.
        let mayBeLoose = !terms.contains { FoldedText($0).text.unicodeScalars.count > Evasion.maxSymbols }
        if evasion.homophones, mayBeLoose, isPointless(Tolerance(sounds: true)) {
            found.append(
                (
                    "homophones",
                    "no term of the rule has two or more symbols and one of known sound among them: 'homophones' does nothing"
                ))
        }
        if evasion.gaps > 0 || evasion.fillers, mayBeLoose, isPointless(Tolerance(gaps: 1)) {
            found.append(
                (
                    evasion.gaps > 0 ? "gaps" : "fillers",
                    "every term of the rule is one character, which has no inside for gaps or fillers"
                ))
        }
        if evasion.split, isPointless(Tolerance(split: true)) {
            found.append(("split", "no term of the rule has a character whose parts are known: 'split' does nothing"))
        }
        if evasion.numbers, isPointless(Tolerance(numbers: true)) {
            found.append(
                (
                    "numbers",
                    "no term of the rule has a number with several spellings, like 十天 and 10天 (七 and 7 are the same without it): 'numbers' does nothing"
                ))
        }
        return found
    }

    private func warn(ofMinScore node: Node, _ evasion: Evasion, aliases: [String: [Term.Alias]]) {
        guard let scores = evasion.scores(aliases: aliases.values.joined().map { Int($0.score) }) else {
            reader.warning(
                node,
                "'min_score' does nothing: the rule sees no disguise, and a term as written has 1.0. Delete it, or add gaps, fillers, homophones, split, numbers or aliases."
            )
            return
        }
        func shown(_ percent: Int) -> String { "\(Double(percent) / 100)" }
        if evasion.minScore > scores.upperBound {
            reader.warning(
                node,
                "no disguise this rule sees scores \(shown(evasion.minScore)); the best has \(shown(scores.upperBound)). Lower it, or delete 'evasion'."
            )
        } else if evasion.minScore <= scores.lowerBound {
            reader.warning(
                node,
                "every disguise this rule sees scores \(shown(evasion.minScore)) or more, so 'min_score' drops nothing. Raise it, or delete it."
            )
        }
    }
}

extension NodeReader {
    /// A share written as a decimal fraction, in percent.
    func percent(_ node: Node, _ name: String, in range: ClosedRange<Int>) -> Int? {
        guard let text = node.scalar?.string, let share = Double(text), share.isFinite,
            let percent = Int(exactly: (share * 100).rounded()), range.contains(percent),
            abs(share * 100 - Double(percent)) < 1e-6
        else {
            let found = node.scalar.map { ", not \(quoted($0.string))" } ?? ""
            let (least, most) = (Double(range.lowerBound) / 100, Double(range.upperBound) / 100)
            error(
                node, "'\(name)' must be a number from \(least) to \(most) with two digits at most, like 0.85\(found).")
            return nil
        }
        return percent
    }
}
