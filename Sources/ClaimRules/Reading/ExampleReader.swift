import ChineseText
import LiveEvents
import Yams

/// The texts an author gives to show what the rule finds and what it leaves alone.
extension RuleReader {
    func examples(_ rule: Fields) -> Rule.Examples {
        let none = Rule.Examples(match: [], clear: [])
        let isNeeded = rule.mustHold(.examples)
        guard rule[.examples] != nil else {
            report(
                rule.node,
                "“规则”要有 \(Key.examples)。加上必须命中和必须不命中的话各两句：{\(Key.match.rawValue): […], \(Key.clear.rawValue): […]}。",
                "a rule needs \(Key.examples). Add two texts it must find and two it must clear: {\(Key.match.rawValue): […], \(Key.clear.rawValue): […]}.",
                isError: isNeeded)
            return none
        }
        guard let fields = rule.fields(.examples) else { return none }
        return Rule.Examples(
            match: texts(fields, .match, Wording("必须命中", "the rule must find"), areNeeded: isNeeded),
            clear: texts(fields, .clear, Wording("必须不命中", "it must leave alone"), areNeeded: isNeeded))
    }

    /// Examples that stand beside those of the rule's pack, as many as their author likes.
    func furtherExamples(_ change: Fields) -> Rule.Examples {
        let fields = change[.examples] == nil ? nil : change.fields(.examples)
        func texts(_ key: Key) -> [Rule.Examples.Example] {
            fields?[key] == nil ? [] : (fields?.elements(key) ?? []).compactMap(example)
        }
        return Rule.Examples(match: texts(.match), clear: texts(.clear))
    }

    private func texts(_ fields: Fields, _ key: Key, _ purpose: Wording, areNeeded: Bool) -> [Rule.Examples.Example] {
        guard let list = fields[key] else {
            report(
                fields.node, "\(Key.examples) 里没有 \(key)。加上两句\(purpose.chinese)的话。",
                "\(Key.examples) has no \(key). Add two texts that \(purpose.english).", isError: areNeeded)
            return []
        }
        guard let nodes = fields.elements(key) else { return [] }
        if nodes.count < 2 {
            let count = nodes.isEmpty ? Wording("没有例句", "no example") : Wording("只有一句", "one example only")
            report(
                list, "\(key) 里\(count.chinese)。写两句以上\(purpose.chinese)的话。",
                "\(key) has \(count.english). Write two or more texts that \(purpose.english).",
                isError: areNeeded && nodes.isEmpty)
        }
        return nodes.compactMap(example)
    }

    private func report(_ node: Node, _ chinese: String, _ english: String, isError: Bool) {
        if isError { reader.error(node, chinese, english) } else { reader.warning(node, chinese, english) }
    }

    private func example(_ node: Node) -> Rule.Examples.Example? {
        guard let mapping = node.mapping else {
            return text(node).map { .init(text: $0, category: nil, target: .speech, location: reader.location(node)) }
        }
        if mapping.count == 1, let first = mapping.first, let key = first.key.scalar?.string,
            RuleLanguage.example.entry(named: key) == nil,
            // One key, and none that says what to try: a text that was not quoted.
            ![Key.text, .segments].contains(where: { $0 == RuleLanguage.example.meant(by: key) })
        {
            let text = quoted("\(key): \(first.value.scalar?.string ?? "…")").dropFirst().dropLast()
            reader.error(
                node, "带 ': ' 的话要加引号。写 \"\(text)\"。",
                "text with ': ' must stand in quotes. Write \"\(text)\".")
            return nil
        }
        guard let fields = Fields(node, .example, reader: reader), fields.areConsistent(),
            let segments = segments(fields), let text = fields[.text].map(text) ?? segments.map(\.text).joined()
        else { return nil }
        let isListing = fields.truth(.listing) ?? false
        var example = Rule.Examples.Example(
            text: text, category: fields.text(.category), target: isListing ? .listing : .speech,
            location: reader.location(node))
        example.segments = segments
        example.listings = listings(fields)
        for (name, value) in texts(fields, .facts) {
            if let fact = Fact.allCases.first(where: { $0.rawValue == name }) {
                example.facts[fact] = value
            } else {
                let all = Fact.allCases.map(\.rawValue)
                let advice =
                    Suggestions.nearest(to: name, among: all).map { Wording("要写 \($0) 吗？", "Did you mean \($0)?") }
                    ?? Wording("可用的有 \(all.joined(separator: ", "))。", "Write one of \(all.joined(separator: ", ")).")
                let said = Wording("\(quoted(name)) 不是商品事实。", "\(quoted(name)) is no fact.")
                reader.session.log.tell(.error, reader.location(fields[.facts]!), .factOperator, said + advice)
            }
        }
        example.attributes = texts(fields, .attributes)
        example.price = price(fields)
        example.role = fields.choice(.role, as: SpeakerRole.self)
        if let node = fields.value(.seller) {
            // The reader of YAML hands on no more than the words: a shop called so would be written as a room, or a speaker.
            switch node.scalar?.string {
            case "true": example.isSeller = true
            case "false": example.isSeller = false
            default: example.sellerID = reader.text(node, "\(Key.seller)", numbers: .allowed)
            }
        }
        example.roomID = id(fields, .room)
        example.speakerID = id(fields, .speaker)
        example.region = fields.text(.region)
        example.day = fields.day(.at)
        example.expected.severity = fields.choice(.severity, as: Severity.self)
        example.expected.exemptions = names(fields, .exemptions)
        example.expected.guards = names(fields, .guards)
        if let node = fields[.name], node.scalar != nil {
            example.expected.category = reader.text(node, "\(Key.name)", RuleLanguage.text)
        } else {
            example.expected.captures = texts(fields, .name)
        }
        example.expected.state = fields.choice(.state, as: Rule.Examples.State.self)
        return example
    }

    /// nil, with a problem, if one cannot be read; empty if there are none.
    private func segments(_ fields: Fields) -> [Rule.Examples.Segment]? {
        guard fields[.segments] != nil else { return [] }
        guard let nodes = fields.elements(.segments) else { return nil }
        let segments = nodes.compactMap { node -> Rule.Examples.Segment? in
            guard let fields = Fields(node, .exampleSegment, reader: reader), let at = fields.duration(.at),
                let text = fields.text(.text)
            else { return nil }
            let until = fields[.until] == nil ? nil : fields.duration(.until)
            if let until, let place = fields[.until], until <= at || until - at > 3_600_000 {
                reader.error(
                    place, .notation, "\(Key.until) 要在 \(Key.at) 以后，一小时以内。",
                    "\(Key.until) lies behind \(Key.at), by one hour at most. Write a later time.")
                return nil
            }
            return .init(atMS: at, text: text, listing: fields.identifier(.listing), untilMS: until)
        }
        guard segments.count == nodes.count, !segments.isEmpty else { return nil }
        return segments.enumerated().sorted { ($0.element.atMS, $0.offset) < ($1.element.atMS, $1.offset) }.map(
            \.element)
    }

    private func listings(_ fields: Fields) -> [Rule.Examples.Listing] {
        guard fields[.listings] != nil, let nodes = fields.elements(.listings) else { return [] }
        return nodes.compactMap { node in
            guard let fields = Fields(node, .exampleListing, reader: reader), let id = fields.identifier(.id) else {
                return nil
            }
            return .init(
                id: id, title: fields.text(.title), category: fields.text(.category), price: price(fields),
                attributes: texts(fields, .attributes))
        }
    }

    private func price(_ fields: Fields) -> NumberValue? {
        guard let node = fields[.price], let text = reader.text(node, Key.price.description, numbers: .allowed) else {
            return nil
        }
        do { return try NumberSlot(kind: .price, min: text, isBare: true).low } catch {
            let (code, wording) = error.told
            reader.session.log.tell(.error, reader.location(node), code, wording)
            return nil
        }
    }

    private func id(_ fields: Fields, _ key: Key) -> String? {
        fields.value(key).flatMap { reader.text($0, "\(key)", numbers: .allowed) }
    }

    private func names(_ fields: Fields, _ key: Key) -> [String]? {
        guard fields[key] != nil, let nodes = fields.elements(key) else { return nil }
        return nodes.compactMap { reader.text($0, key.description, RuleLanguage.text) }
    }

    /// A mapping of names to texts.
    private func texts(_ fields: Fields, _ key: Key) -> [String: String] {
        guard let node = fields[key] else { return [:] }
        guard case .mapping(let mapping) = node, mapping.count <= PackLimits.exampleParts else {
            reader.error(
                node, .notation, "\(key) 要写成 {名字: 文字}，最多 \(PackLimits.exampleParts) 个。",
                "\(key) must be a mapping of names to texts, \(PackLimits.exampleParts) at most: {name: text}.")
            return [:]
        }
        var texts: [String: String] = [:]
        for (name, value) in mapping {
            guard let name = name.scalar?.string, !Fields.isMasked(name) else { continue }
            if let text = reader.text(value, quoted(name), numbers: .allowed) { texts[name] = text }
        }
        return texts
    }

    private func text(_ node: Node) -> String? {
        reader.text(node, Wording("例句", "an example"), RuleLanguage.exampleText)
    }
}
