import Yams

/// The keys of one mapping, checked against those it may have.
struct Fields {
    private let reader: NodeReader
    private let node: Node
    private let what: String
    private var values: [String: Node] = [:]
    /// Keys that another was probably meant to be: that they are missing has been said.
    private var misspelt: Set<String> = []

    /// nil, with a problem, if the node is no mapping.
    ///
    /// - Parameters:
    ///   - what: The mapping in messages: "a rule".
    ///   - later: Keys of the rule language that this version does not read yet.
    init?(_ node: Node, _ what: String, keys: [String], later: Set<String> = [], reader: NodeReader) {
        self.reader = reader
        self.node = node
        self.what = what
        guard case .mapping(let mapping) = node else {
            let found = node.sequence == nil ? "text" : "a list"
            reader.error(
                node,
                "\(what) must be a mapping of 'key: value' lines, not \(found). Its keys are \(keys.joined(separator: ", "))."
            )
            return nil
        }
        for (key, value) in mapping {
            guard case .scalar(let scalar) = key else {
                reader.error(
                    key,
                    "a key must be a word, not a list or mapping. Keys of \(what) are \(keys.joined(separator: ", ")).")
                continue
            }
            let name = scalar.string
            if keys.contains(name) {
                values[name] = value
            } else if later.contains(name) {
                reader.error(key, "'\(name)' is not supported yet by this version. Remove it.")
            } else if !Fields.isMasked(name) {
                let isShown = reader.session.log.hasRoom(for: reader.file)
                let meant = isShown ? Suggestions.nearest(to: name, among: keys) : nil
                if let meant { misspelt.insert(meant) }
                let advice =
                    meant.map { "Did you mean '\($0)'?" }
                    ?? "Delete it; the keys are \(keys.joined(separator: ", "))."
                reader.error(key, "\(quoted(name)) is no key of \(what). \(advice)")
            }
        }
    }

    /// A repeated key, already reported.
    static func isMasked(_ name: String) -> Bool {
        name.unicodeScalars.first.map { YAMLGuard.maskPlane.contains($0.value) } ?? false
    }

    subscript(_ key: String) -> Node? { values[key] }

    /// The value of a key that must be there.
    func required(_ key: String, _ hint: String) -> Node? {
        if let value = values[key] { return value }
        if !misspelt.contains(key) { reader.error(node, "\(what) needs '\(key)'. Add \(hint).") }
        return nil
    }
}
