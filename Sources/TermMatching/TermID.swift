/// The number of a term: its index in the collection a `TermIndex` was built from.
@frozen public struct TermID: Hashable, Sendable, RawRepresentable, ExpressibleByIntegerLiteral {
    public let rawValue: Int32
    @inlinable public init(rawValue: Int32) { self.rawValue = rawValue }
    @inlinable public init(integerLiteral number: Int32) { rawValue = number }
    /// - Precondition: The index is not negative and below 2^31.
    @inlinable public init(_ index: Int) { rawValue = Int32(index) }

    @inlinable public var index: Int { Int(rawValue) }
}

extension TermID: Comparable, CustomStringConvertible {
    @inlinable public static func < (a: TermID, b: TermID) -> Bool { a.rawValue < b.rawValue }
    public var description: String { "\(rawValue)" }
}
