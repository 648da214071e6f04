import ChineseText
import TermMatching
import Yams

extension NodeReader {
    /// The disguises of a rule.
    func evasion(_ node: Node) -> Evasion? {
        if node.scalar?.string.isEmpty == true {
            let example = RuleLanguage.rule[.evasion].example
            error(
                node, "\(Key.evasion) 是空的。写上要看穿什么，如 \(example)，或删掉它。",
                "\(Key.evasion) is empty. Write what it is to see, like \(example), or delete it.")
            return nil
        }
        guard let fields = Fields(node, .evasion, reader: self) else { return nil }
        let (gaps, fillers, homophones) = (fields.integer(.gaps), fields.truth(.fillers), fields.truth(.homophones))
        let (split, numbers) = (fields.truth(.split), fields.truth(.numbers))
        let confusions = fields.value(.confusions).flatMap(confusions)
        let (minScore, wholeWords) = (fields.fraction(.minScore), fields.truth(.wholeWords))
        guard let gaps, let fillers, let homophones, let split, let numbers, let confusions, let minScore,
            let wholeWords
        else { return nil }
        let evasion = Evasion(
            gaps: gaps, fillers: fillers, homophones: homophones, split: split, numbers: numbers,
            confusions: confusions, minScore: minScore, wholeWords: wholeWords)
        if let list = fields[.confusions], list.sequence?.isEmpty == true {
            let every = RuleLanguage.EveryConfusion.all.rawValue
            warning(
                list, "\(Key.confusions) 是空的。删掉它，或写 \(every)。",
                "\(Key.confusions) is empty. Delete it, or write \(every).")
        }
        if let confusions = fields[.confusions], !homophones {
            warning(
                confusions, "没有 '\(Key.homophones.rawValue): true'，\(Key.confusions) 不起作用。加上，或删掉它。",
                "\(Key.confusions) does nothing without '\(Key.homophones.rawValue): true'. Add that, or delete it.")
        }
        if evasion == Evasion(), fields[.minScore] == nil {
            let example = "{\(Key.gaps.rawValue): \(RuleLanguage.evasion[.gaps].example)}"
            warning(
                node, "\(Key.evasion) 什么也没看穿。写上要看穿什么，如 \(example)，或删掉它。",
                "\(Key.evasion) tolerates nothing. Write what it is to see, like \(example), or delete it.")
        }
        return evasion
    }

    private func confusions(_ node: Node) -> SoundConfusions? {
        let every = RuleLanguage.EveryConfusion.all.rawValue
        if node.scalar?.string == every { return .all }
        guard node.sequence != nil else {
            error(
                node, "\(Key.confusions) 要写 \(every)，或从这些里选的列表：\(Self.pairs)。",
                "\(Key.confusions) must be \(every), or a list of \(Self.pairs).")
            return nil
        }
        guard let nodes = list(node, Key.confusions.rawValue) else { return nil }
        let read = nodes.map(confusion)
        return read.contains { $0 == nil } ? nil : read.reduce(into: SoundConfusions()) { $0.formUnion($1!.sounds) }
    }

    private static let pairs = Evasion.Confusion.allCases.map(\.rawValue).joined(separator: ", ")

    /// One pair of sounds. A letter more or less makes another pair here, so only a pair of the same sounds is suggested,
    /// or the only pair of one sound.
    private func confusion(_ node: Node) -> Evasion.Confusion? {
        guard let written = node.scalar?.string else {
            return choice(node, .confusions, of: RuleLanguage.confusions, as: Evasion.Confusion.self)
        }
        if let known = Evasion.Confusion(rawValue: written) { return known }
        let sounds = Set(written.lowercased().split { !$0.isLetter })
        let known = Evasion.Confusion.allCases.filter { sounds.isSubset(of: $0.rawValue.split(separator: "-")) }
        let every = RuleLanguage.EveryConfusion.all.rawValue
        let advice =
            if written == every {
                Wording(
                    "写 '\(Key.confusions.rawValue): \(every)'，不加方括号。",
                    "Write '\(Key.confusions.rawValue): \(every)' without brackets.")
            } else if !sounds.isEmpty, known.count == 1 {
                Wording("要写 '\(known[0].rawValue)' 吗？", "Did you mean '\(known[0].rawValue)'?")
            } else {
                Wording("可用的有 \(Self.pairs)。", "Write one of \(Self.pairs).")
            }
        error(
            node, "\(quoted(written)) 不是 \(Key.confusions) 认得的一对音。\(advice.chinese)",
            "\(quoted(written)) is no pair of sounds that \(Key.confusions) knows. \(advice.english)")
        return nil
    }
}

extension RuleReader {
    /// Settings that can be read and change nothing.
    ///
    /// - Parameter aliases: The aliases that serve the terms.
    func warnOfPointless(_ evasion: Evasion, _ node: Node, _ placed: [PlacedTerm], aliases: [Term.Alias]) {
        let terms = placed.map { (placed: $0, symbols: Array(reader.session.folded($0.text).unicodeScalars)) }
        let fields = node.mapping
        let pointless = Self.seesNothing(evasion, placed.map(\.text)).compactMap { key, reason in
            fields?[key.rawValue].map { (node: $0, reason: reason) }
        }
        if let first = pointless.first {
            let advice = pointless.count == 1 ? Wording("删掉它。", "Delete it.") : Wording("都删掉。", "Delete them.")
            let said = Wording(
                pointless.map(\.reason.chinese).joined(separator: "；") + "。",
                pointless.map(\.reason.english).joined(separator: "; ") + ".")
            reader.warning(first.node, (said + advice).chinese, (said + advice).english)
        }
        if evasion.gaps > 0 || evasion.fillers || evasion.homophones {
            for term in terms where term.symbols.count > Evasion.maxSymbols {
                reader.session.log.warning(
                    term.placed.location,
                    "词 \(quoted(term.placed.text)) 有 \(term.symbols.count) 个字，规避写法只看 \(Evasion.maxSymbols) 个字以内的词。"
                        + "写短些，或只照原样找。",
                    "the term \(quoted(term.placed.text)) has \(term.symbols.count) characters, and disguises are seen up to \(Evasion.maxSymbols). Shorten it, or take it as it is written."
                )
            }
        }
        if evasion.numbers { warnOfLeftOutSpellings(terms.map(\.placed)) }
        if let key = fields?[Key.minScore.rawValue] { warn(ofMinScore: key, evasion, aliases: aliases) }
    }

    /// Terms with so many numbers that not every way to write them is looked for.
    private func warnOfLeftOutSpellings(_ terms: [PlacedTerm]) {
        for term in terms {
            let spelled = NumberSpelling(of: term.text)
            guard spelled.leftOut > 0 else { continue }
            reader.session.log.warning(
                term.location,
                "词 \(quoted(term.text)) 里的数另有 \(spelled.texts.count + spelled.leftOut) 种写法，"
                    + "只找最常见的 \(spelled.texts.count) 种。一个词里少写几个数。",
                "the numbers of the term \(quoted(term.text)) can be written in \(spelled.texts.count + spelled.leftOut) other ways, and the likeliest \(spelled.texts.count) are looked for. Keep fewer numbers in one term."
            )
        }
    }

    /// The settings that can change nothing for any of the terms, and why.
    private static func seesNothing(_ evasion: Evasion, _ terms: [String]) -> [(key: Key, reason: Wording)] {
        func isPointless(_ tolerance: Tolerance) -> Bool {
            !terms.contains { Term($0, tolerance: tolerance).hasDisguises }
        }
        var found: [(key: Key, reason: Wording)] = []
        func add(_ key: Key, _ chinese: String, _ english: String) { found.append((key, Wording(chinese, english))) }
        // Terms that are too long for them are warned of one by one.
        let mayBeFuzzy = !terms.contains { FoldedText($0).text.unicodeScalars.count > Evasion.maxSymbols }
        if evasion.homophones, mayBeFuzzy, isPointless(Tolerance(sounds: true)) {
            add(
                .homophones, "规则里没有两个字以上、其中有字知道读音的词，\(Key.homophones) 不起作用",
                "no term of the rule has two or more symbols and one of known sound among them: \(Key.homophones) does nothing"
            )
        }
        if evasion.gaps > 0 || evasion.fillers, mayBeFuzzy, isPointless(Tolerance(gaps: 1)) {
            let key = evasion.gaps > 0 ? Key.gaps : .fillers
            add(
                key, "规则里的词都只有一个字，中间插不进东西，\(key) 不起作用",
                "every term of the rule is one character, which has no inside for gaps or fillers")
        }
        if evasion.split, isPointless(Tolerance(split: true)) {
            add(
                .split, "规则里没有知道怎么拆的字，\(Key.split) 不起作用",
                "no term of the rule has a character whose parts are known: \(Key.split) does nothing")
        }
        if evasion.numbers, isPointless(Tolerance(numbers: true)) {
            add(
                .numbers, "规则里没有数有几种写法的词，如 十天 和 10天（七 和 7 不写也算一样），\(Key.numbers) 不起作用",
                "no term of the rule has a number with several spellings, like 十天 and 10天 (七 and 7 are the same without it): \(Key.numbers) does nothing"
            )
        }
        return found
    }

    private func warn(ofMinScore node: Node, _ evasion: Evasion, aliases: [Term.Alias]) {
        guard let scores = evasion.scores(aliases: aliases.map { Int($0.score) }) else {
            reader.warning(
                node,
                "\(Key.minScore) 不起作用：这条规则不看规避写法，照原样写的词是 1.0 分。"
                    + "删掉它，或加上 gaps、fillers、homophones、split、numbers 或 aliases。",
                "\(Key.minScore) does nothing: the rule sees no disguise, and a term as written has 1.0. Delete it, or add gaps, fillers, homophones, split, numbers or aliases."
            )
            return
        }
        let shown = Fraction.written(percent:)
        if evasion.minScore > scores.upperBound {
            reader.warning(
                node,
                "这条规则看的规避写法都不到 \(shown(evasion.minScore)) 分，最高 \(shown(scores.upperBound))。调低，或删掉 \(Key.evasion)。",
                "no disguise this rule sees scores \(shown(evasion.minScore)); the best has \(shown(scores.upperBound)). Lower it, or delete \(Key.evasion)."
            )
        } else if evasion.minScore <= scores.lowerBound {
            reader.warning(
                node, "这条规则看的规避写法都有 \(shown(evasion.minScore)) 分以上，\(Key.minScore) 什么也不去掉。调高，或删掉它。",
                "every disguise this rule sees scores \(shown(evasion.minScore)) or more, so \(Key.minScore) drops nothing. Raise it, or delete it."
            )
        }
    }
}
