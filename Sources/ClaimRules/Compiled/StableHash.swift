/// FNV-1a, 64 bits: the same in every process, so it can be stored.
public enum StableHash {
    @inlinable public static func of(_ text: String) -> UInt64 { of(CollectionOfOne(text)) }

    /// Of texts one behind the other.
    @inlinable public static func of(_ texts: some Sequence<String>) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for text in texts { for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 } }
        return hash
    }
}
