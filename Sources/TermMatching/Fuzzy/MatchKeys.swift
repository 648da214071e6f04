import ChineseText

/// What fuzzy matching compares: sounds, and symbols of terms that are not matched by sound, each with a number.
///
///     0               none
///     1 ..< 480       a canonical syllable: what the confusions do not tell apart has one number
///     480 ..< 506     a letter that stands for a syllable it begins: z for zhi
///     512 ...         a symbol that stands for itself
struct MatchKeys {
    static let firstInitial = 480
    static let firstSymbol = 512

    /// By syllable, the number of its canonical one.
    let canonical: [UInt16]
    private(set) var symbols: [UInt32: Int] = [:]
    private let table = SyllableTable.shared

    init(confusions: SoundConfusions) { canonical = table.canonicalNumbers(under: confusions) }

    /// How many numbers there are.
    var count: Int { Self.firstSymbol + symbols.count }

    func key(ofSyllable number: UInt16) -> Int { Int(canonical[Int(number)]) + 1 }

    /// - Parameter letter: From a to z, ASCII.
    static func key(ofInitial letter: UInt8) -> Int { firstInitial + Int(letter) - 0x61 }

    /// What a text may hold in place of a symbol of a term, each number once.
    ///
    /// - Parameter hasInitials: With the letters that stand for a syllable of it.
    mutating func keys(of symbol: UInt32, bySound: Bool, hasInitials: Bool) -> [Int] {
        let readings = bySound ? table.readings(of: symbol) : .init(start: nil, count: 0)
        if readings.isEmpty { return [key(ofSymbol: symbol)] }
        var keys: [Int] = []
        for reading in readings {
            let sound = key(ofSyllable: reading)
            if !keys.contains(sound) { keys.append(sound) }
            let initial = Self.key(ofInitial: table.initial(of: Syllable(number: reading)))
            if hasInitials, !keys.contains(initial) { keys.append(initial) }
        }
        return keys
    }

    /// The sound of a symbol as it is usually read; nil if it has none.
    func usualKey(of symbol: UInt32) -> Int? { table.readings(of: symbol).first.map { key(ofSyllable: $0) } }

    private mutating func key(ofSymbol symbol: UInt32) -> Int {
        if let key = symbols[symbol] { return key }
        let key = count
        symbols[symbol] = key
        return key
    }
}
