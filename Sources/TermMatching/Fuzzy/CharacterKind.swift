import CTermScan
import ChineseText

/// What a code point is to fuzzy matching, whatever the terms.
package enum CharacterKind: UInt8 {
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

    init(_ codePoint: UInt32) {
        guard let scalar = Unicode.Scalar(codePoint) else {
            self = .none
            return
        }
        switch FoldingTable.shared[codePoint] {
        case .several: self = .none
        case .nothing: self = .ignorable
        case .one(let folded):
            self =
                (0x61...0x7A).contains(folded)
                ? .letter : Fillers.all.contains(folded) ? .filler : Self.isSign(scalar) ? .sign : .character
        }
    }

    /// Signs may stand in a gap, but for those that end a sentence or a clause, or that count up: 1、 begins an item of a list.
    /// … is among them and folds to three full stops besides.
    package static let noGaps = Set("。！？；!?;，,、：:｡､…‥\n\r".unicodeScalars)

    private static func isSign(_ scalar: Unicode.Scalar) -> Bool {
        if noGaps.contains(scalar) { return false }
        switch scalar.properties.generalCategory {
        case .spaceSeparator, .dashPunctuation, .connectorPunctuation, .openPunctuation, .closePunctuation,
            .initialPunctuation, .finalPunctuation, .otherPunctuation, .mathSymbol, .currencySymbol,
            .modifierSymbol, .otherSymbol, .nonspacingMark, .enclosingMark, .format, .control, .privateUse:
            return true
        default: return false
        }
    }
}

/// Every code point of the basic plane as fuzzy matching sees it, whatever the terms.
///
/// Characters that are read the same ways are one set of readings; there are some 3,500. Made once, in some 25 ms of a
/// release build.
struct BasicPlane: Sendable {
    static let shared = BasicPlane()

    struct Character: Sendable {
        var kind = CharacterKind.none
        /// What it folds to; 0 if that is beyond the basic plane, several or nothing.
        var folded: UInt16 = 0
        /// 0 if it is not read.
        var readings: UInt16 = 0
    }

    let characters: [Character]
    /// Syllables of each set, the usual one first.
    let readings: [[UInt16]]

    private init() {
        var sets: [[UInt16]] = [[]]
        var numbers: [[UInt16]: UInt16] = [[]: 0]
        // Most characters have one reading: the set of each syllable is made once.
        var ofSyllable = [UInt16](repeating: 0, count: SyllableTable.shared.count)
        characters = (UInt32(0)..<0x10000).map { codePoint in
            var character = Character(kind: CharacterKind(codePoint))
            let folded = FoldingTable.shared.single(codePoint)
            if folded < 0x10000 { character.folded = UInt16(folded) }
            let list = SyllableTable.shared.readings(of: folded)
            if list.count == 1, ofSyllable[Int(list[0])] != 0 {
                character.readings = ofSyllable[Int(list[0])]
            } else if !list.isEmpty {
                let readings = Array(list)
                if numbers[readings] == nil {
                    numbers[readings] = UInt16(sets.count)
                    sets.append(readings)
                }
                character.readings = numbers[readings]!
                if list.count == 1 { ofSyllable[Int(list[0])] = character.readings }
            }
            return character
        }
        readings = sets
    }
}
