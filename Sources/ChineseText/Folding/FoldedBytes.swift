/// A stretch of text folded into UTF-8, with the raw bytes that each folded byte came from.
///
///     raw      三 U+200B 天 ㎏           E4 B8 89 | E2 80 8B | E5 A4 A9 | E3 8E 8F
///     folded   3 天 k g                 33 | E5 A4 A9 | 6B 67
///
/// For engines that read bytes and know no folding. Invalid bytes become 0xFF, which is in no UTF-8 text and so in no match.
/// A buffer to reuse: it allocates only to grow.
public struct FoldedBytes: ~Copyable {
    private var bytes: UnsafeMutablePointer<UInt8>
    /// The raw offset of the code point that a folded byte came from.
    private var starts: UnsafeMutablePointer<Int32>
    /// The length of that code point in bytes, and `isFirst` on the first byte that it folds to.
    private var lengths: UnsafeMutablePointer<UInt8>
    private var capacity: Int
    /// Folded bytes.
    public private(set) var count = 0

    private static let isFirst: UInt8 = 0x80
    /// Folded bytes of one code point at most: 31 scalars.
    private static let longest = 31 * 4

    public init(capacity: Int = 512) {
        self.capacity = max(capacity, Self.longest)
        bytes = .allocate(capacity: self.capacity)
        starts = .allocate(capacity: self.capacity)
        lengths = .allocate(capacity: self.capacity)
    }

    deinit {
        bytes.deallocate()
        starts.deallocate()
        lengths.deallocate()
    }

    /// Folds the bytes `range` of `text` in place of what was here; O(bytes).
    ///
    /// - Precondition: `range` lies within `text`, which ends before 2 GiB.
    public mutating func fold(_ range: Range<Int>, of text: UnsafeBufferPointer<UInt8>) {
        precondition(range.lowerBound >= 0 && range.upperBound <= text.count, "a stretch beyond its text")
        precondition(text.count <= Int(Int32.max), "a text of 2 GiB")
        count = 0
        guard let base = text.baseAddress else { return }
        let table = FoldingTable.shared
        var offset = range.lowerBound
        while offset < range.upperBound {
            if capacity - count < Self.longest { grow() }
            let decoded = decodeScalar(base, at: offset, count: range.upperBound)
            let first = count
            if decoded.codePoint == DecodedScalar.invalid {
                append(byte: 0xFF)
            } else {
                switch table[decoded.codePoint] {
                case .nothing: break
                case .one(let scalar): append(scalar)
                case .several(let scalars): for scalar in scalars { append(scalar) }
                }
            }
            for place in first..<count {
                starts[place] = Int32(truncatingIfNeeded: offset)
                lengths[place] = UInt8(truncatingIfNeeded: decoded.length)
            }
            if count > first { lengths[first] |= Self.isFirst }
            offset += decoded.length
        }
    }

    /// Lends the folded bytes.
    public func withBytes<R>(_ body: (UnsafeBufferPointer<UInt8>) -> R) -> R {
        body(UnsafeBufferPointer(start: bytes, count: count))
    }

    /// The raw bytes that the folded bytes `range` came from; nil if it is empty, or begins or ends inside a code point.
    public func raw(_ range: Range<Int>) -> Range<Int>? {
        guard !range.isEmpty, range.lowerBound >= 0, range.upperBound <= count else { return nil }
        guard lengths[range.lowerBound] & Self.isFirst != 0,
            range.upperBound == count || lengths[range.upperBound] & Self.isFirst != 0
        else { return nil }
        let last = range.upperBound - 1
        return Int(starts[range.lowerBound])..<Int(starts[last]) + Int(lengths[last] & ~Self.isFirst)
    }

    /// How many folded bytes came from before a raw offset; O(log bytes).
    public func offset(ofRaw offset: Int) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if Int(starts[middle]) < offset { low = middle + 1 } else { high = middle }
        }
        return low
    }

    private mutating func append(_ scalar: UInt32) {
        switch scalar {
        case 0..<0x80: append(byte: UInt8(truncatingIfNeeded: scalar))
        case 0x80..<0x800:
            append(byte: UInt8(truncatingIfNeeded: 0xC0 | scalar >> 6))
            append(byte: UInt8(truncatingIfNeeded: 0x80 | scalar & 0x3F))
        case 0x800..<0x1_0000:
            append(byte: UInt8(truncatingIfNeeded: 0xE0 | scalar >> 12))
            append(byte: UInt8(truncatingIfNeeded: 0x80 | scalar >> 6 & 0x3F))
            append(byte: UInt8(truncatingIfNeeded: 0x80 | scalar & 0x3F))
        default:
            append(byte: UInt8(truncatingIfNeeded: 0xF0 | scalar >> 18))
            append(byte: UInt8(truncatingIfNeeded: 0x80 | scalar >> 12 & 0x3F))
            append(byte: UInt8(truncatingIfNeeded: 0x80 | scalar >> 6 & 0x3F))
            append(byte: UInt8(truncatingIfNeeded: 0x80 | scalar & 0x3F))
        }
    }

    private mutating func append(byte: UInt8) {
        bytes[count] = byte
        count += 1
    }

    private mutating func grow() {
        bytes = Self.moved(bytes, count, to: capacity * 2)
        starts = Self.moved(starts, count, to: capacity * 2)
        lengths = Self.moved(lengths, count, to: capacity * 2)
        capacity *= 2
    }

    private static func moved<T>(
        _ old: UnsafeMutablePointer<T>, _ count: Int, to capacity: Int
    ) -> UnsafeMutablePointer<T> {
        let new = UnsafeMutablePointer<T>.allocate(capacity: capacity)
        new.moveInitialize(from: old, count: count)
        old.deallocate()
        return new
    }
}
