import ChineseText

/// What the loose view compares: sounds, and the symbols of terms that are not matched by sound, each with a number.
///
///     0               none
///     1 ..< 480       a canonical syllable: what the confusions do not tell apart has one number
///     480 ..< 506     a letter that stands for a syllable it begins: z for zhi
///     512 ... 65535  a symbol that stands for itself
struct LooseUnits {
    let canonical: [UInt16]
    private var symbols: [UInt32: UInt32] = [:]
    static let firstInitial: UInt32 = 480
    private static let firstSymbol: UInt32 = 512

    init(confusions: SoundConfusions) { canonical = SyllableTable.shared.canonicalNumbers(under: confusions) }

    func unit(ofSyllable number: UInt16) -> UInt32 { UInt32(canonical[Int(number)]) + 1 }

    /// - Parameter letter: From a to z, ASCII.
    static func unit(ofInitial letter: UInt8) -> UInt32 { firstInitial + UInt32(letter - 0x61) }

    /// What a text may hold in place of a symbol of a term, letters left out.
    mutating func units(of symbol: UInt32, bySound: Bool) -> [UInt32] {
        if bySound {
            let readings = SyllableTable.shared.readings(of: symbol)
            if !readings.isEmpty { return unique(readings.map { self.unit(ofSyllable: $0) }) }
        }
        if let unit = symbols[symbol] { return [unit] }
        // Beyond 64,000 symbols some share a unit; terms are compared by symbols in the end.
        let unit = Self.firstSymbol + UInt32(symbols.count) % (0x10000 - Self.firstSymbol)
        symbols[symbol] = unit
        return [unit]
    }

    /// The unit of a symbol as it is usually read.
    mutating func usualUnit(of symbol: UInt32) -> UInt32 {
        if let usual = SyllableTable.shared.readings(of: symbol).first { return unit(ofSyllable: usual) }
        return units(of: symbol, bySound: false)[0]
    }

    /// The units of the letters that may stand for a symbol that is matched by sound.
    func initials(of symbol: UInt32) -> [UInt32] {
        let table = SyllableTable.shared
        return unique(table.readings(of: symbol).map { Self.unit(ofInitial: table.initial(of: Syllable(number: $0))) })
    }

    /// Whether a folded scalar stands for itself in some term.
    func isSymbol(_ scalar: UInt32) -> Bool { symbols[scalar] != nil }

    /// What a folded scalar of a text may stand for.
    func units(inText scalar: UInt32) -> [UInt32] {
        var units = SyllableTable.shared.readings(of: scalar).map { self.unit(ofSyllable: $0) }
        if let unit = symbols[scalar] { units.append(unit) }
        return unique(units)
    }

    private func unique(_ units: [UInt32]) -> [UInt32] {
        units.count < 2 ? units : Array(Set(units)).sorted()
    }
}
