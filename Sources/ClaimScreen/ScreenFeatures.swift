import ChineseText

/// The sequences of one to four characters that a text holds, each as the number of a bucket.
///
/// The text is folded as for the matcher (三 is 3, A is a, traditional is simplified), and of the result only letters, Han
/// characters and digits count: recognisers write marks and spaces as they please, and a model that sees them learns the
/// recogniser instead of the speech. A sequence counts once, however often it is said. Sequences share buckets by chance:
/// two of 1,000 in 2^18 buckets do.
///
///     能根治   能 根 治 能根 根治 能根治
public struct ScreenFeatures: ~Copyable {
    /// Characters of the longest sequence.
    public static let longest = 4
    /// Powers of two: from 4 KiB of weights to 16 MiB.
    public static let bits = 10...22

    private var shift: UInt64
    private var folded = FoldedBytes()
    /// In ascending order, each once.
    public private(set) var buckets: [UInt32] = []

    /// - Parameter bits: The logarithm of the number of buckets, within `Self.bits`.
    public init(bits: Int) {
        precondition(Self.bits.contains(bits), "bits of a screen")
        shift = UInt64(64 - bits)
        buckets.reserveCapacity(2048)
    }

    /// Counts in so many buckets from the next text on.
    public mutating func use(bits: Int) {
        precondition(Self.bits.contains(bits), "bits of a screen")
        shift = UInt64(64 - bits)
    }

    /// Reads `text`, in place of what was read before; O(n log n), and allocates only to grow.
    public mutating func read(_ text: UnsafeBufferPointer<UInt8>) {
        buckets.removeAll(keepingCapacity: true)
        folded.fold(0..<text.count, of: text)
        var last: (UInt64, UInt64, UInt64) = (0, 0, 0)
        let shift = shift
        folded.withBytes { bytes in
            var offset = 0
            while let character = Self.next(bytes, &offset) {
                guard Self.counts(character) else { continue }
                let one = UInt64(character)
                buckets.append(Self.bucket(one, 0, shift))
                if last.0 != 0 {
                    let two = last.0 << 21 | one
                    buckets.append(Self.bucket(two, 0, shift))
                    if last.1 != 0 {
                        let three = last.1 << 42 | two
                        buckets.append(Self.bucket(three, 0, shift))
                        if last.2 != 0 { buckets.append(Self.bucket(three, last.2, shift)) }
                    }
                }
                last = (one, last.0, last.1)
            }
        }
        buckets.sort()
        var kept = 0
        for bucket in buckets where kept == 0 || buckets[kept - 1] != bucket {
            buckets[kept] = bucket
            kept += 1
        }
        buckets.removeLast(buckets.count - kept)
    }

    /// The next scalar of folded text; an invalid byte is 0, which counts for nothing.
    private static func next(_ bytes: UnsafeBufferPointer<UInt8>, _ offset: inout Int) -> UInt32? {
        guard offset < bytes.count else { return nil }
        let lead = bytes[offset]
        let length = lead < 0x80 ? 1 : lead < 0xC0 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF8 ? 4 : 1
        defer { offset += length }
        guard offset + length <= bytes.count else { return 0 }
        switch length {
        case 1: return lead < 0x80 ? UInt32(lead) : 0
        case 2: return UInt32(lead & 0x1F) << 6 | UInt32(bytes[offset + 1] & 0x3F)
        case 3:
            return UInt32(lead & 0x0F) << 12 | UInt32(bytes[offset + 1] & 0x3F) << 6 | UInt32(bytes[offset + 2] & 0x3F)
        default:
            return UInt32(lead & 0x07) << 18 | UInt32(bytes[offset + 1] & 0x3F) << 12
                | UInt32(bytes[offset + 2] & 0x3F) << 6 | UInt32(bytes[offset + 3] & 0x3F)
        }
    }

    private static func counts(_ character: UInt32) -> Bool {
        switch character {
        case 0x30...0x39, 0x61...0x7A: true
        case 0..<0x80: false
        case 0x4E00...0x9FFF, 0x3400...0x4DBF, 0x20000...0x3FFFF: true
        default: Unicode.Scalar(character).map { $0.properties.isAlphabetic } ?? false
        }
    }

    /// One multiplication mixes upwards; the highest bits name the bucket.
    private static func bucket(_ low: UInt64, _ high: UInt64, _ shift: UInt64) -> UInt32 {
        var mixed = (low ^ (high &* 0x9E37_79B9_7F4A_7C15)) &* 0xD6E8_FEB8_6659_FD93
        mixed ^= mixed >> 32
        mixed &*= 0xD6E8_FEB8_6659_FD93
        return UInt32(truncatingIfNeeded: mixed >> shift)
    }
}
