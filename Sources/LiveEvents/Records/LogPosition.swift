/// The number of a partition of a topic, from 0 up; -1 where there is none.
public struct Partition: Hashable, Sendable, RawRepresentable, ExpressibleByIntegerLiteral {
    public let rawValue: Int32
    @inlinable public init(rawValue: Int32) { self.rawValue = rawValue }
    @inlinable public init(_ number: Int32) { rawValue = number }
    @inlinable public init(integerLiteral number: Int32) { rawValue = number }
}

/// The place of a record in its partition, from 0 up; -1 where there is none.
///
/// Offsets rise and may have gaps (compaction, transaction markers), so a difference of two counts nothing.
public struct Offset: Hashable, Sendable, RawRepresentable, ExpressibleByIntegerLiteral {
    public let rawValue: Int64
    @inlinable public init(rawValue: Int64) { self.rawValue = rawValue }
    @inlinable public init(_ number: Int64) { rawValue = number }
    @inlinable public init(integerLiteral number: Int64) { rawValue = number }

    /// What a consumer commits once it has finished this record.
    /// - Precondition: The offset is not `Int64.max`.
    @inlinable public var next: Offset { Offset(rawValue + 1) }
}

extension Partition: Comparable, CustomStringConvertible {
    @inlinable public static func < (a: Partition, b: Partition) -> Bool { a.rawValue < b.rawValue }
    public var description: String { "\(rawValue)" }
}

extension Offset: Comparable, CustomStringConvertible {
    @inlinable public static func < (a: Offset, b: Offset) -> Bool { a.rawValue < b.rawValue }
    public var description: String { "\(rawValue)" }
}
