/// Why a number slot cannot be: what is wrong, in which of its keys, and what to write.
public struct NumberSlotError: Error, Hashable, Sendable {
    public enum Problem: Error, Hashable, Sendable {
        /// The bound has no unit, and the kind needs one. `correction` is the bound with the usual one: 180天.
        case missingUnit(bound: String, correction: String)
        /// The unit measures something else, or the bound is of another kind: 天 of a weight.
        case foreignUnit(String)
        /// No number can be read in the whole of it.
        case unreadable(String)
        /// A range or an approximation: 七八斤, 十几天. A bound is one number.
        case notOneNumber(String)
        case minAboveMax(min: String, max: String)
        /// What stands behind the number, or in `unit`, is no unit that numbers are read with.
        case unknownUnit(String)
    }
    /// Which key of the slot is wrong.
    public enum Place: Hashable, Sendable {
        case min, max
        /// An entry of `unit`, from 0.
        case unit(Int)
    }

    public let problem: Problem
    public let place: Place
    public let kind: NumberSlot.Kind

    init(_ problem: Problem, at place: Place, of kind: NumberSlot.Kind) {
        (self.problem, self.place, self.kind) = (problem, place, kind)
    }
}
