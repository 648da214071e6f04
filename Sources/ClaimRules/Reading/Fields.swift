import Yams

/// The keys of one mapping, checked against those that the table of the language gives it.
struct Fields {
    let node: Node
    let object: LanguageObject
    let reader: NodeReader
    private var values: [Key: Node] = [:]
    /// Keys that another was probably meant to be: that they are missing has been said.
    private var misspelt: Set<Key> = []

    /// nil, with a problem, if the node is no mapping.
    init?(_ node: Node, _ name: ObjectName, reader: NodeReader) {
        object = RuleLanguage.object(name)
        self.reader = reader
        self.node = node
        let keys = object.keyNames.joined(separator: ", ")
        guard case .mapping(let mapping) = node else {
            let found = node.sequence == nil ? Wording("文字", "not text") : Wording("列表", "not a list")
            reader.error(
                node, "“\(object.title.chinese)”要一行一个“键: 值”，不能写成\(found.chinese)。可用的键有 \(keys)。",
                "\(object.what) must be a mapping of 'key: value' lines, \(found.english). Its keys are \(keys).")
            return nil
        }
        for (key, value) in mapping {
            guard case .scalar(let scalar) = key else {
                reader.error(
                    key, "键要写一个词，不能写成列表或“键: 值”。“\(object.title.chinese)”的键有 \(keys)。",
                    "a key must be a word, not a list or mapping. Keys of \(object.what) are \(keys).")
                continue
            }
            if let entry = object.entry(named: scalar.string) {
                values[entry.key] = value
                if entry.since > reader.version { refuse(key, ofLaterVersion: entry.since) }
            } else if !Fields.isMasked(scalar.string) {
                refuse(key, scalar.string)
            }
        }
    }

    private func refuse(_ key: Node, ofLaterVersion version: LanguageVersion) {
        let name = quoted(key.scalar?.string ?? "")
        reader.error(
            key, .laterVersion,
            "\(name) 要用 \(version.rawValue)。文件开头写 \(Key.requires.rawValue): \(version.rawValue)。",
            "\(name) is read in \(version.rawValue). Write '\(Key.requires.rawValue): \(version.rawValue)' at the top.")
    }

    private mutating func refuse(_ key: Node, _ name: String) {
        if object.name == .match, let later = RuleLanguage.expression.entry(named: name), later.since > reader.version {
            misspelt.insert(.any)
            return refuse(key, ofLaterVersion: later.since)
        }
        if let planned = Key(rawValue: name), object.planned.contains(planned) {
            return reader.error(
                key, "\(planned) 这一版还不支持。删掉它。", "\(planned) is not supported yet by this version. Remove it.")
        }
        let isShown = reader.session.log.hasRoom(for: reader.file)
        let meant = isShown ? object.meant(by: name) : nil
        if let meant { misspelt.insert(meant) }
        let keys = object.keyNames.joined(separator: ", ")
        let advice =
            meant.map { Wording("要写 \($0) 吗？", "Did you mean \($0)?") }
            ?? Wording("删掉它；可用的键有 \(keys)。", "Delete it; the keys are \(keys).")
        let said = Wording(
            "\(quoted(name)) 不是“\(object.title.chinese)”的键。", "\(quoted(name)) is no key of \(object.what).")
        reader.session.log.tell(
            .error, reader.location(key), object.codeOfUnknownKeys, said + advice)
    }

    /// A repeated key, already reported.
    static func isMasked(_ name: String) -> Bool {
        name.unicodeScalars.first.map { YAMLGuard.maskPlane.contains($0.value) } ?? false
    }

    subscript(_ key: Key) -> Node? { values[key] }

    /// The value of a key: as written, or its default. A problem if it must be there and is not.
    func value(_ key: Key) -> Node? {
        if let value = values[key] { return value }
        switch object[key].presence {
        case .optional(let value): return value.flatMap(reader.session.node(ofDefault:))
        case .required(let add):
            if !misspelt.contains(key) {
                reader.error(
                    node, "“\(object.title.chinese)”要有 \(key)。加上\(add.chinese)。",
                    "\(object.what) needs \(key). Add \(add.english).")
            }
            return nil
        }
    }
}

extension LanguageObject {
    fileprivate var codeOfUnknownKeys: ProblemCode? {
        switch name {
        case .expression: .unknownKey
        case .exempt: .unknownExemption
        default: nil
        }
    }
}

// MARK: Values

/// Each reads the value of a key, or its default, by the type and the limits that the table gives it. nil, with a problem,
/// if it is wrong or a required one is missing; nil if an optional one without a default is not there.
extension Fields {
    func text(_ key: Key) -> String? { value(key).flatMap { reader.text($0, key.description, object[key].shape) } }

    func identifier(_ key: Key) -> String? { value(key).flatMap { reader.identifier($0, key) } }

    func truth(_ key: Key) -> Bool? { value(key).flatMap { reader.truth($0, key) } }

    func integer(_ key: Key) -> Int? {
        guard case .integer(let range) = object[key].shape else { preconditionFailure("\(key) is no integer") }
        return value(key).flatMap { reader.integer($0, key, in: range) }
    }

    /// In percent.
    func fraction(_ key: Key) -> Int? {
        guard case .fraction(let range) = object[key].shape else { preconditionFailure("\(key) is no fraction") }
        return value(key).flatMap { reader.fraction($0, key, in: range) }
    }

    /// In thousandths.
    func decimal(_ key: Key) -> Int? {
        guard case .decimal(let range) = object[key].shape else { preconditionFailure("\(key) is no decimal") }
        return value(key).flatMap { reader.decimal($0, key, in: range) }
    }

    /// A value of a mapping of decimals.
    func decimal(_ node: Node, ofMap key: Key) -> Int? {
        guard case .map(_, .decimal(let range), _) = object[key].shape else {
            preconditionFailure("\(key) maps no decimals")
        }
        return reader.decimal(node, key, in: range)
    }

    /// In milliseconds.
    func duration(_ key: Key) -> Int64? {
        guard case .duration(let range) = object[key].shape else { preconditionFailure("\(key) is no duration") }
        return value(key).flatMap { reader.duration($0, key, in: range) }
    }

    func gap(_ key: Key) -> ClosedRange<Int>? {
        guard case .gap(let range) = object[key].shape else { preconditionFailure("\(key) is no gap") }
        return value(key).flatMap { reader.gap($0, in: range) }
    }

    func day(_ key: Key) -> String? { value(key).flatMap { reader.day($0) } }

    func choice<Value: RawRepresentable>(_ key: Key, as type: Value.Type) -> Value? where Value.RawValue == String {
        guard case .choice(let choice) = object[key].shape else { preconditionFailure("\(key) is no choice") }
        return value(key).flatMap { reader.choice($0, key, of: choice, as: type) }
    }

    /// One element of a list of words of a closed set.
    func element<Value: RawRepresentable>(_ node: Node, _ key: Key, as type: Value.Type) -> Value?
    where Value.RawValue == String {
        guard case .list(.choice(let choice), _) = object[key].shape else {
            preconditionFailure("\(key) is no list of choices")
        }
        return reader.choice(node, key, of: choice, as: type)
    }

    func fields(_ key: Key) -> Fields? {
        guard case .object(let name) = object[key].shape else { preconditionFailure("\(key) is no object") }
        return value(key).flatMap { Fields($0, name, reader: reader) }
    }

    /// The elements of a list. Says that it is too long; what an empty one means is for the caller to say.
    func elements(_ key: Key) -> [Node]? {
        value(key).flatMap { reader.elements($0, object[key]) }
    }
}

// MARK: Relations

extension Fields {
    /// Whether keys that exclude or need one another stand together as they should. Says which do not.
    func areConsistent() -> Bool {
        var isConsistent = true
        for relation in object.relations {
            switch relation {
            case .exactlyOne(let keys, let none, let several):
                let present = keys.filter { self[$0] != nil }
                guard present.count != 1 else { continue }
                // What was meant for one of them has been said.
                guard !present.isEmpty || misspelt.isDisjoint(with: keys) else { return false }
                if let last = present.last.flatMap({ self[$0] }) {
                    let both = present.count == 2 ? "both " : ""
                    let text = Wording(
                        "“\(object.title.chinese)”里有 \(joined(present, "和"))。",
                        "\(object.what) has \(both)\(joined(present, "and")).")
                    tell(last, several, text + several.text)
                } else {
                    let few = keys.prefix(5).map(\.description).joined(separator: ", ")
                    let text =
                        keys.count > 7
                        ? Wording("“\(object.title.chinese)”要有 \(few) … 之一。", "\(object.what) needs one of \(few) ….")
                        : Wording(
                            "“\(object.title.chinese)”要有 \(joined(keys, "或"))。",
                            "\(object.what) needs \(joined(keys, "or")).")
                    tell(node, none, text + none.text)
                }
                // What the others have to do with one another depends on which one is meant.
                return false
            case .atLeastOne(let keys, let none):
                guard keys.allSatisfy({ self[$0] == nil }) else { continue }
                isConsistent = false
                guard misspelt.isDisjoint(with: keys) else { continue }
                tell(node, none, none.text)
            case .needs(let key, let needed, let add):
                guard self[key] != nil, self[needed] == nil else { continue }
                tell(
                    node, add,
                    Wording(
                        "\(key) 要有 \(needed)。加上\(add.text.chinese)。",
                        "\(key) needs \(needed). Add \(add.text.english)."))
                isConsistent = false
            case .serves(let key, let served, let reason):
                guard let extra = self[key], served.allSatisfy({ self[$0] == nil }) else { continue }
                tell(
                    extra, reason,
                    Wording(
                        "\(key) \(reason.text.chinese)。删掉它，或写 \(joined(served, "或"))。",
                        "\(key) \(reason.text.english). Delete it, or write \(joined(served, "or"))."))
                isConsistent = false
            case .holds: continue
            }
        }
        return isConsistent
    }

    private func tell(_ node: Node, _ advice: Relation.Advice, _ text: Wording) {
        reader.session.log.tell(.error, reader.location(node), advice.code, text)
    }

    /// Whether a key with its nested keys must be there; where it need not, what is missing is a warning.
    func mustHold(_ key: Key) -> Bool {
        for case .holds(key, _, let decider, let excusing) in object.relations {
            return !excusing.contains(self[decider]?.scalar?.string ?? "")
        }
        return false
    }

    private func joined(_ keys: [Key], _ word: String) -> String {
        let names = keys.map(\.description)
        return names.count < 2 ? names.joined() : names.dropLast().joined(separator: ", ") + " \(word) " + names.last!
    }
}
