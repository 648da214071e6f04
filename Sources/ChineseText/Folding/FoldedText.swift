/// A text as terms are compared with it, each folded scalar with the raw bytes it came from.
///
/// For people who ask why something matched; a scan does not build one.
public struct FoldedText: Sendable {
    /// One folded scalar.
    public struct Symbol: Hashable, Sendable {
        /// The scalar, or nil for a maximal invalid UTF-8 sequence, which is part of no match.
        public var scalar: Unicode.Scalar?
        /// The UTF-8 bytes of the raw code point. Those that fold to several scalars (㎏ to k, g) repeat their range.
        public var raw: Range<Int>
        /// Whether a match may begin here: the first scalar of its code point.
        public var isFirst: Bool
        /// Whether a match may end here: the last scalar of its code point.
        public var isLast: Bool
    }

    /// The folded scalars in order. Ignorable code points have none.
    public let symbols: [Symbol]

    /// The folded text, U+FFFD in place of invalid bytes.
    public var text: String {
        var view = String.UnicodeScalarView()
        for symbol in symbols { view.append(symbol.scalar ?? "\u{FFFD}") }
        return String(view)
    }

    public init(_ text: String) {
        var text = text
        self = text.withUTF8 { FoldedText(utf8: $0) }
    }

    /// Folds bytes that need not be valid UTF-8.
    public init(utf8 bytes: UnsafeBufferPointer<UInt8>) {
        var symbols: [Symbol] = []
        symbols.reserveCapacity(bytes.count)
        var offset = 0
        while let base = bytes.baseAddress, offset < bytes.count {
            let decoded = decodeScalar(base, at: offset, count: bytes.count)
            let raw = offset..<offset + decoded.length
            offset = raw.upperBound
            guard decoded.codePoint != DecodedScalar.invalid else {
                symbols.append(Symbol(scalar: nil, raw: raw, isFirst: true, isLast: true))
                continue
            }
            switch FoldingTable.shared[decoded.codePoint] {
            case .nothing: break
            case .one(let scalar):
                symbols.append(Symbol(scalar: Unicode.Scalar(scalar), raw: raw, isFirst: true, isLast: true))
            case .several(let scalars):
                for (index, scalar) in zip(scalars.indices, scalars) {
                    symbols.append(
                        Symbol(
                            scalar: Unicode.Scalar(scalar), raw: raw,
                            isFirst: index == scalars.startIndex, isLast: index == scalars.endIndex - 1))
                }
            }
        }
        self.symbols = symbols
    }
}
