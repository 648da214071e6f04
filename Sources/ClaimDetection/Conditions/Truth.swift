/// What can be said of a question while a listing may not have come yet: Kleene's logic of three values.
///
/// In rising order, so that "and" is the lesser and "or" the greater of two.
enum Truth: UInt8, Comparable {
    case no, unknown, yes

    init(_ value: Bool) { self = value ? .yes : .no }

    static func < (a: Truth, b: Truth) -> Bool { a.rawValue < b.rawValue }

    static func && (a: Truth, b: @autoclosure () -> Truth) -> Truth { a == .no ? .no : min(a, b()) }

    static func || (a: Truth, b: @autoclosure () -> Truth) -> Truth { a == .yes ? .yes : max(a, b()) }

    static prefix func ! (a: Truth) -> Truth {
        switch a {
        case .no: .yes
        case .unknown: .unknown
        case .yes: .no
        }
    }
}

extension Collection {
    /// What holds of all of several goods of which it is not known which is meant: yes or no only if all agree.
    func agreement(_ truth: (Element) -> Truth) -> Truth {
        guard let first else { return .unknown }
        let answer = truth(first)
        if answer == .unknown { return .unknown }
        return dropFirst().allSatisfy { truth($0) == answer } ? answer : .unknown
    }
}
