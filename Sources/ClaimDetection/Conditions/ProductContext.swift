import ClaimRules
import LiveEvents

/// Whether the product that a claim is about is one that the rule speaks of.
struct ProductContext {
    enum Answer: Equatable {
        case applies(ActiveListing?, isUnresolved: Bool)
        case doesNotApply
    }

    /// The folded categories of each rule's scope, by rule index.
    private let scopes: [Scope?]
    /// Names as components: "水产" is one, "食品/水产" two that must stand one after the other.
    private typealias Scope = (categories: [[String]], excluded: [[String]])

    init(ruleSet: RuleSet) {
        scopes = ruleSet.rules.map { rule in
            rule.product.map {
                ($0.categories.map(CategoryPath.components), $0.excluded.map(CategoryPath.components))
            }
        }
    }

    /// For speech. `named` is the listing that the segment names or the one being explained.
    ///
    /// A host who has several goods on sale and explains none may mean any of them: the rule applies if it fits one of
    /// them, and says that the category is unresolved unless there is only that one. The same with no listing known.
    func answer(rule: Int, named: ActiveListing?, shelf: some Collection<ActiveListing>) -> Answer {
        guard let scope = scopes[rule] else {
            return .applies(named ?? (shelf.count == 1 ? shelf.first : nil), isUnresolved: false)
        }
        if let named {
            if named.categories.isEmpty { return .applies(named, isUnresolved: true) }
            return Self.fits(named, scope) ? .applies(named, isUnresolved: false) : .doesNotApply
        }
        if shelf.isEmpty { return .applies(nil, isUnresolved: true) }
        let fitting = shelf.filter { $0.categories.isEmpty || Self.fits($0, scope) }
        if fitting.isEmpty { return .doesNotApply }
        if shelf.count == 1, let only = fitting.first {
            return .applies(only, isUnresolved: only.categories.isEmpty)
        }
        return .applies(nil, isUnresolved: true)
    }

    private static func fits(_ listing: ActiveListing, _ scope: Scope) -> Bool {
        if scope.excluded.contains(where: { contains(listing.categories, $0) }) { return false }
        return scope.categories.isEmpty || scope.categories.contains { contains(listing.categories, $0) }
    }

    private static func contains(_ components: [String], _ name: [String]) -> Bool {
        guard !name.isEmpty, name.count <= components.count else { return false }
        return (0...components.count - name.count).contains { components[$0...].starts(with: name) }
    }
}
