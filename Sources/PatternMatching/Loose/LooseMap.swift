import CSymbolScan

/// What each code point is to the loose view.
///
///     entry  bits 0 to 14   its class; 0 if no loose term has what it may stand for
///            sign           a sign, space or emoji: may stand in a gap
///            filler         a filler by itself
///            letter         a to z, after folding
///            bits 20 to 25  the first and the second half of a filler of two code points
///
/// A class is a set of units. A unit is a canonical syllable, or one symbol of a term that is not matched by sound. All
/// readings of a character are in its class, so one look-up and one bit answer for all of them.
///
/// Unchecked, because the memory is written by `init` alone and only read afterwards.
final class LooseMap: @unchecked Sendable {
    static let sign = UInt32(CSYMBOL_LOOSE_SIGN)
    static let filler = UInt32(CSYMBOL_LOOSE_FILLER)
    static let letter = UInt32(CSYMBOL_LOOSE_LETTER)
    static let firstHalf = UInt32(CSYMBOL_LOOSE_FIRST)
    static let secondHalf = UInt32(CSYMBOL_LOOSE_SECOND)
    static let special: UInt32 = sign | filler | letter | 7 << firstHalf
    static let classMask = UInt32(CSYMBOL_LOOSE_CLASS)

    let basicPlane: UnsafeMutablePointer<UInt32>
    /// The units of each class; class 0 has none.
    private(set) var classes: [[UInt32]] = [[]]

    private var numbers: [[UInt32]: UInt32] = [[]: 0]

    /// - Parameter units: The units of a folded scalar, in ascending order, that a loose term can end with.
    init(units: (_ scalar: UInt32) -> [UInt32]) {
        basicPlane = .allocate(capacity: 0x10000)
        basicPlane.initialize(repeating: 0, count: 0x10000)
        for codePoint in UInt32(0)..<0x10000 {
            guard let scalar = Unicode.Scalar(codePoint) else { continue }
            guard case .one(let folded) = FoldingTable.shared[codePoint] else {
                if case .nothing = FoldingTable.shared[codePoint] { basicPlane[Int(codePoint)] = Self.sign }
                continue
            }
            var entry: UInt32 = 0
            if (0x61...0x7A).contains(folded) { entry |= Self.letter }
            if Self.isSign(scalar) { entry |= Self.sign }
            if Fillers.single.contains(folded) { entry |= Self.filler }
            if let half = Fillers.firstHalves[folded] { entry |= half << Self.firstHalf }
            if let half = Fillers.secondHalves[folded] { entry |= half << Self.secondHalf }
            basicPlane[Int(codePoint)] = entry | number(of: units(folded))
        }
    }

    deinit { basicPlane.deallocate() }

    /// The class of a set of units, made if it is new.
    func number(of units: [UInt32]) -> UInt32 {
        if let number = numbers[units] { return number }
        guard classes.count < Int(Self.classMask) else { return 0 }
        numbers[units] = UInt32(classes.count)
        classes.append(units)
        return UInt32(classes.count - 1)
    }

    /// - Parameter codePoint: Of the basic plane; others are emoji, or in no loose term.
    @inline(__always)
    subscript(codePoint: UInt32) -> UInt32 { codePoint < 0x10000 ? basicPlane[Int(codePoint)] : Self.sign }

    /// Signs may stand in a gap, but for those that end a sentence or a clause.
    private static func isSign(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "。", "！", "？", "；", "!", "?", ";", "，", ",", "、", "：", ":", "\n", "\r", "｡", "､", "…": false
        default:
            switch scalar.properties.generalCategory {
            case .spaceSeparator, .dashPunctuation, .connectorPunctuation, .openPunctuation, .closePunctuation,
                .initialPunctuation, .finalPunctuation, .otherPunctuation, .mathSymbol, .currencySymbol,
                .modifierSymbol, .otherSymbol, .nonspacingMark, .enclosingMark, .format:
                true
            default: scalar == "\t"
            }
        }
    }
}
