import ChineseText

/// What a code point is to the loose view, whatever the terms.
enum LooseKind: UInt8 {
    /// Nothing: it folds to several scalars, or is none.
    case none
    case character
    /// May stand in a gap.
    case sign
    /// Vanishes in folding; may stand in a gap too.
    case ignorable
    /// From a to z, after folding.
    case letter
    /// A filler, or half of one.
    case filler

    /// Of each code point of the basic plane. Made once, in some 20 ms of a release build.
    static let ofBasicPlane: [LooseKind] = (UInt32(0)..<0x10000).map { codePoint in
        guard let scalar = Unicode.Scalar(codePoint) else { return .none }
        switch FoldingTable.shared[codePoint] {
        case .several: return .none
        case .nothing: return .ignorable
        case .one(let folded):
            if (0x61...0x7A).contains(folded) { return .letter }
            if Fillers.all.contains(folded) { return .filler }
            return isSign(scalar) ? .sign : .character
        }
    }

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
