/// Bytes lent by someone else: the decoder's buffer, a record in librdkafka's memory.
///
/// A view is valid only until its owner says otherwise (for decoded events: until the next `decode`). Keep a copy,
/// never the view.
public struct ByteView: @unchecked Sendable {
    // because a view is only read, and its owner outlives it by contract
    /// The bytes themselves, lent.
    public let bytes: UnsafeBufferPointer<UInt8>

    @inlinable
    public init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    @inlinable public static var empty: ByteView { ByteView(UnsafeBufferPointer(start: nil, count: 0)) }
    /// How many bytes there are.
    @inlinable public var count: Int { bytes.count }
    @inlinable public var isEmpty: Bool { bytes.isEmpty }
    /// Whether both hold the same bytes. Compares eight at a time.
    @inlinable
    public func holds(_ other: UnsafeBufferPointer<UInt8>) -> Bool {
        guard bytes.count == other.count else { return false }
        guard let mine = UnsafeRawPointer(bytes.baseAddress), let theirs = UnsafeRawPointer(other.baseAddress) else {
            return true
        }
        var position = 0
        while position + 8 <= bytes.count {
            let (a, b) = (
                mine.loadUnaligned(fromByteOffset: position, as: UInt64.self),
                theirs.loadUnaligned(fromByteOffset: position, as: UInt64.self)
            )
            if a != b { return false }
            position += 8
        }
        while position < bytes.count {
            if bytes[position] != other[position] { return false }
            position += 1
        }
        return true
    }
    func holds(_ word: StaticString) -> Bool {
        word.utf8CodeUnitCount == bytes.count
            && holds(UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount))
    }
    /// A copy as text. Decoded events hold valid UTF-8 only.
    public var string: String { String(decoding: bytes, as: UTF8.self) }
}
