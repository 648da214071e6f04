public import ClaimScreen
import Crypto

/// The learned screens that rules may ask, by the names that the models carry.
///
/// Immutable, and shared by all workers: a model of the usual size is 1 MiB of weights.
public struct Screens: Sendable {
    private var models: [String: (model: ScreenModel, hash: [UInt8])] = [:]

    /// None: each rule that asks one is what its `without_model` says.
    public init() {}

    /// Adds a model.
    ///
    /// - Returns: Whether its name was free. Else nothing is added: of two models a rule could not tell which is meant.
    public mutating func add(_ model: ScreenModel) -> Bool {
        guard models[model.name] == nil else { return false }
        models[model.name] = (model, Array(SHA256.hash(data: model.encoded())))
        return true
    }

    /// Adds a model of others, if its name is free here.
    public mutating func add(_ name: String, of others: Screens) {
        if models[name] == nil { models[name] = others.models[name] }
    }

    public var names: [String] { models.keys.sorted() }

    public subscript(name: String) -> ScreenModel? { models[name]?.model }

    /// The rule as it counts with these models: one whose model is not there is on trial, or off, if it says so.
    func standing(_ rule: Rule) -> Rule {
        guard let screen = rule.screen, models[screen.model] == nil else { return rule }
        let most: Rule.Status
        switch screen.withoutModel {
        case .keep: return rule
        case .shadow: most = .shadow
        case .drop: most = .off
        }
        var rule = rule
        // A campaign that puts the rule in force cannot bring the model.
        func held(_ status: Rule.Status) -> Rule.Status { status.rank > most.rank ? most : status }
        rule.status = held(rule.status)
        for number in rule.phases.indices { rule.phases[number].status = rule.phases[number].status.map(held) }
        return rule
    }

    /// Names rules together with the models that they ask: another model, other decisions.
    ///
    /// - Parameter hash: Of the packs; it stays as it is where no model is asked.
    func named(_ hash: String, asked rules: [Rule]) -> String {
        let asked = Set(rules.compactMap { $0.screen?.model }).filter { models[$0] != nil }.sorted()
        if asked.isEmpty { return hash }
        var sum = SHA256()
        sum.update(data: Array(hash.utf8))
        for name in asked { sum.update(data: models[name]?.hash ?? []) }
        return ContentHash.digits(of: sum)
    }
}
