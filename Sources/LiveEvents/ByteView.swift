/// Bytes lent by someone else: the decoder's buffer, a record in librdkafka's memory.
///
/// A view is valid only until its owner says otherwise (for decoded events: until the next `decode`). Keep a copy,
/// never the view.
public struct ByteView: @unchecked Sendable {
    // because a view is only read, and its owner outlives it by contract
    public let bytes: UnsafeBufferPointer<UInt8>

    @inlinable
    public init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    @inlinable public static var empty: ByteView { ByteView(UnsafeBufferPointer(start: nil, count: 0)) }
    @inlinable public var count: Int { bytes.count }
    @inlinable public var isEmpty: Bool { bytes.isEmpty }
    /// A copy as text. Decoded events hold valid UTF-8 only.
    public var string: String { String(decoding: bytes, as: UTF8.self) }
}
