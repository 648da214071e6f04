import LiveEvents
import Yams

/// A name with `*` for any characters, as overlays and campaigns say which rules they mean.
struct NamePattern {
    let text: String
    private let bytes: [UInt8]

    init(_ text: String) { (self.text, bytes) = (text, Array(text.utf8)) }

    var isOpen: Bool { bytes.contains(UInt8(ascii: "*")) }

    /// Cost: at most the length of the pattern times that of the name.
    func matches(_ name: String) -> Bool {
        let name = Array(name.utf8)
        var (place, position) = (0, 0)
        // Where to go on if the characters that the last star stands for were too few.
        var retry: (place: Int, position: Int)?
        while position < name.count {
            if place < bytes.count, bytes[place] == UInt8(ascii: "*") {
                retry = (place + 1, position)
                place += 1
            } else if place < bytes.count, bytes[place] == name[position] {
                (place, position) = (place + 1, position + 1)
            } else if let again = retry {
                retry = (again.place, again.position + 1)
                (place, position) = (again.place, again.position + 1)
            } else {
                return false
            }
        }
        return bytes[place...].allSatisfy { $0 == UInt8(ascii: "*") }
    }
}

/// Which rules an overlay's change, or a campaign, means.
struct RuleSelectors {
    private struct Selector {
        var key: Key
        var pattern: NamePattern
        var location: SourceLocation
    }
    private var selectors: [Selector] = []
    private let reader: NodeReader

    /// What of a rule is meant.
    enum Choice {
        case whole
        /// These of its bindings: the others are of other categories.
        case bindings([Int])
    }

    /// nil, with problems, if one of the names cannot be read.
    init?(_ fields: Fields) {
        reader = fields.reader
        var isComplete = true
        for key in RuleLanguage.selectors {
            guard let node = fields[key] else { continue }
            let nodes = node.sequence.map { Array($0) } ?? [node]
            if nodes.isEmpty {
                reader.error(node, "\(key) 是空的。写上名字，或删掉它。", "\(key) is empty. Name one, or delete the key.")
                isComplete = false
            }
            for node in nodes.prefix(PackLimits.entries) {
                guard let text = reader.text(node, key.description, RuleLanguage.text) else {
                    isComplete = false
                    continue
                }
                selectors.append(
                    Selector(key: key, pattern: NamePattern(text), location: reader.location(node)))
            }
        }
        if !isComplete || selectors.isEmpty { return nil }
    }

    /// What of which rules is meant, by index. Says which names mean nothing.
    func choose(from rules: [Rule]) -> [(rule: Int, choice: Choice)] {
        var chosen: [Int: Choice] = [:]
        for selector in selectors {
            var isKnown = false
            for (number, rule) in rules.enumerated() {
                guard let choice = choice(selector, rule) else { continue }
                isKnown = true
                switch (chosen[number], choice) {
                case (.whole?, _): break
                case (.bindings(let known)?, .bindings(let more)):
                    let all = Set(known).union(more)
                    chosen[number] = all.count == rule.bindings.count ? .whole : .bindings(all.sorted())
                default: chosen[number] = choice
                }
            }
            if !isKnown { tellUnknown(selector, among: rules) }
        }
        return chosen.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    private func choice(_ selector: Selector, _ rule: Rule) -> Choice? {
        switch selector.key {
        case .rules: return selector.pattern.matches(rule.id.rawValue) ? .whole : nil
        case .packs: return selector.pattern.matches(rule.pack) ? .whole : nil
        default:
            guard !rule.bindings.isEmpty else { return selector.pattern.matches(rule.category) ? .whole : nil }
            let meant = rule.bindings.indices.filter {
                selector.pattern.matches(rule.bindings[$0].category ?? rule.category)
            }
            if meant.isEmpty { return nil }
            return meant.count == rule.bindings.count ? .whole : .bindings(meant)
        }
    }

    private func tellUnknown(_ selector: Selector, among rules: [Rule]) {
        let (text, key) = (selector.pattern.text, selector.key)
        let (what, names): (Wording, [String]) =
            switch key {
            case .rules: (Wording("规则", "rule"), rules.map(\.id.rawValue))
            case .packs: (Wording("规则包", Key.pack.rawValue), rules.map(\.pack))
            default:
                (
                    Wording("分类", Key.category.rawValue),
                    rules.flatMap { rule in
                        rule.bindings.isEmpty
                            ? [rule.category] : rule.bindings.map { $0.category ?? rule.category }
                    }
                )
            }
        let said =
            selector.pattern.isOpen
            ? Wording(
                "没有\(what.chinese)合 \(quoted(text))（更新后改名或删了？）。",
                "no \(what.english) is like \(quoted(text)) (renamed or removed by an update?).")
            : Wording(
                "没有\(what.chinese) \(quoted(text))（更新后改名或删了？）。",
                "there is no \(what.english) \(quoted(text)) (renamed or removed by an update?).")
        let bare = text.replacing("*", with: "")
        let meant = reader.session.log.hasRoom(for: reader.file) ? Self.nearest(bare, among: names) : nil
        let advice = Suggestions.advice(meant)
        let location = selector.location
        if rules.isEmpty {
            reader.warning(
                location, .unknownTarget, "这里没有规则可改。检查时把规则包的文件夹也给上。",
                "there are no rules to change. Give the folder with the packs, too.")
        } else {
            reader.session.log.tell(.warning, location, .unknownTarget, said + advice)
        }
    }

    /// The name that is spelled nearly so, or else one with the same last part: packs rename the first.
    private static func nearest(_ name: String, among names: [String]) -> String? {
        let names = Set(names).sorted()
        if let near = Suggestions.nearest(to: name, among: names) { return near }
        guard let last = name.split(separator: ".").last, last.count > 3 else { return nil }
        return names.first { $0.split(separator: ".").last == last }
    }
}
