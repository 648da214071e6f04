import Yams

/// A guard as it is written. A rule's disguises decide how its words are seen.
struct GuardDraft {
    var name: String
    var scope: Guard.Scope
    var words: [TermEntry]
    var except: [TermEntry]
    var isOdd: Bool
    var action: Guard.Action
    var location: SourceLocation
}

extension NodeReader {
    /// Reads a guard.
    ///
    /// - Parameter name: Its name in the lexicon; nil for one that stands in a rule.
    func guardDraft(_ fields: Fields, name: String?) -> GuardDraft? {
        let isConsistent = fields.areConsistent()
        let place = RuleLanguage.guardPlaces.first { fields[$0] != nil }
        let unit = fields.choice(.span, as: TextUnit.self)
        let (isOdd, action) = (fields.truth(.odd), fields.choice(.then, as: Guard.Action.self))
        let except = fields[.except].map { words($0, .except) } ?? []
        let given = fields[.guardName] == nil ? nil : fields.text(.guardName)
        guard isConsistent, let place, let unit, let isOdd, let action, let except else { return nil }
        var scope: Guard.Scope?
        switch place {
        case .before: scope = fields.integer(place).map { .before($0, unit) }
        case .after: scope = fields.integer(place).map { .after($0, unit) }
        case .around: scope = fields.integer(place).map { .around($0, unit) }
        case .clause: scope = .unit(.clause)
        case .sentence: scope = .unit(.sentence)
        case .segment: scope = .unit(.segment)
        default: scope = .inside
        }
        let key = fields[.any] == nil ? place : .any
        guard let node = fields[key], let words = words(node, key), let scope else { return nil }
        let first: String? = words.first.map {
            switch $0 {
            case .term(let term): term.text
            case .list(let name, _): name
            }
        }
        return GuardDraft(
            name: given ?? name ?? first ?? "", scope: scope, words: words, except: except, isOdd: isOdd,
            action: action,
            location: location(fields.node))
    }

    /// A term, a class expression, or a list of them. nil, with a problem, if no word is left.
    func words(_ node: Node, _ key: Key) -> [TermEntry]? {
        var entries: [TermEntry]
        if node.sequence == nil {
            entries = termEntry(node).map { [$0] } ?? []
        } else {
            guard let nodes = list(node, key.rawValue) else { return nil }
            if nodes.isEmpty {
                error(node, "\(key) 是空的。加上词，或删掉它。", "\(key) is empty. Add words, or delete it.")
            }
            entries = termEntries(nodes, of: key.rawValue)
        }
        return entries.isEmpty ? nil : entries
    }
}
