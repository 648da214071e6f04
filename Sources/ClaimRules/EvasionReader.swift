import PatternMatching
import Yams

extension RuleReader {
    private static let evasionKeys = [
        "gaps", "fillers", "homophones", "split", "numbers", "confusions", "min_score", "whole_words",
    ]

    /// The disguises of a rule, and where its `min_score` stands.
    func evasion(_ node: Node) -> Evasion? {
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
        let read = nodes.map { reader.choice($0, "confusions", as: Evasion.Confusion.self) }
        return read.contains { $0 == nil } ? nil : read.reduce(into: SoundConfusions()) { $0.formUnion($1!.sounds) }
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
        if evasion.homophones,
            !terms.contains(where: { $0.symbols.count > 1 && $0.symbols.contains { $0.properties.isIdeographic } }),
            let key = fields?["homophones"]
        {
            reader.warning(
                key,
                "no term of the rule has two or more symbols and a Chinese character among them: 'homophones' does nothing. Delete it."
            )
        }
        if evasion.gaps > 0 || evasion.fillers, !terms.contains(where: { $0.symbols.count > 1 }),
            let key = fields?["gaps"] ?? fields?["fillers"]
        {
            reader.warning(
                key, "every term of the rule is one character, which has no inside for gaps or fillers. Delete it.")
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
