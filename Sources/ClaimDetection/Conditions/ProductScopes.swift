import ClaimRules

/// The categories that a rule or a binding asks for, and those it leaves out.
struct CategoryScope {
    private let categories: [CategoryPath]
    private let excluded: [CategoryPath]

    init(_ scope: Rule.ProductScope) {
        categories = scope.categories.map(CategoryPath.init)
        excluded = scope.excluded.map(CategoryPath.init)
    }

    func fits(_ category: CategoryPath) -> Bool {
        if excluded.contains(where: { category.contains($0) }) { return false }
        return categories.isEmpty || categories.contains { category.contains($0) }
    }

    /// Unknown for a listing that names no category.
    func truth(_ category: CategoryPath) -> Truth { category.isEmpty ? .unknown : Truth(fits(category)) }
}

/// Whether the product that a claim is about is one that the rule speaks of.
struct ProductScopes {
    enum Answer: Equatable {
        /// The claim may be about the listing with this index, if it can be told.
        case applies(listing: Int?, isUnresolved: Bool)
        case doesNotApply
    }

    /// By rule index; nil for a rule that speaks of every product.
    private let scopes: [CategoryScope?]

    init(_ ruleSet: RuleSet) { scopes = ruleSet.rules.map { $0.product.map(CategoryScope.init) } }

    /// - Parameter named: The listing that the segment names or the one being explained.
    ///
    /// A host who has several goods on sale and explains none may mean any of them: the rule applies if it fits one of
    /// them, and says that the category is unresolved unless there is only that one. The same with no listing known.
    ///
    /// Cost: of several goods with none named, a search through all once for each rule and state of the listings.
    func answer(rule: Int, named: Int?, listings: inout ActiveListings) -> Answer {
        guard let scope = scopes[rule] else {
            return .applies(listing: named ?? (listings.all.count == 1 ? 0 : nil), isUnresolved: false)
        }
        if listings.all.isEmpty { return .applies(listing: nil, isUnresolved: true) }
        if let only = named ?? (listings.all.count == 1 ? 0 : nil) {
            let category = listings.all[only].category
            if category.isEmpty { return .applies(listing: only, isUnresolved: true) }
            return scope.fits(category) ? .applies(listing: only, isUnresolved: false) : .doesNotApply
        }
        let fits = listings.fitsAny(rule: rule) { $0.category.isEmpty || scope.fits($0.category) }
        return fits ? .applies(listing: nil, isUnresolved: true) : .doesNotApply
    }

    /// Whether a rule speaks of a product of this category; unknown without one.
    func truth(rule: Int, _ category: CategoryPath) -> Truth { scopes[rule].map { $0.truth(category) } ?? .yes }

    /// Whether a rule speaks of a product of this category.
    func fits(rule: Int, _ category: CategoryPath) -> Bool {
        guard let scope = scopes[rule], !category.isEmpty else { return true }
        return scope.fits(category)
    }
}
