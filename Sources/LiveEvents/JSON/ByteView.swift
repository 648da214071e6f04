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
        func differ<Word: FixedWidthInteger & BitwiseCopyable>(at position: Int, _: Word.Type) -> Bool {
            mine.loadUnaligned(fromByteOffset: position, as: Word.self)
                != theirs.loadUnaligned(fromByteOffset: position, as: Word.self)
        }
        let count = bytes.count
        // The last words overlap with what was compared before.
        if count >= 8 {
            var position = 0
            while position < count - 8 {
                if differ(at: position, UInt64.self) { return false }
                position += 8
            }
            return !differ(at: count - 8, UInt64.self)
        }
        if count >= 4 { return !differ(at: 0, UInt32.self) && !differ(at: count - 4, UInt32.self) }
        for position in 0..<count where differ(at: position, UInt8.self) { return false }
        return true
    }
    func holds(_ word: StaticString) -> Bool {
        word.utf8CodeUnitCount == bytes.count
            && holds(UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount))
    }
    /// A copy as text. Decoded events hold valid UTF-8 only.
    public var string: String { String(decoding: bytes, as: UTF8.self) }
}
