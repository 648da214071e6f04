import ChineseText

/// Common words of two characters, by their sound.
final class CommonSounds {
    /// Times that a word was seen in 60 million, for it to be common.
    private static let leastFrequency: UInt32 = 2_000
    /// By the number of a syllable, the characters that are usually read so. Made on first use: most packs ask for none.
    private lazy var characters: [UInt16: [UInt32]] = {
        var characters: [UInt16: [UInt32]] = [:]
        SyllableTable.shared.forEachRead { codePoint, readings in
            // What is not folded to itself stands there as what it folds to.
            guard WordList.shared.root(codePoint) != nil else { return }
            characters[readings[0], default: []].append(codePoint)
        }
        return characters
    }()

    /// The most common other word with the sound of a term of two folded characters; nil of longer terms, or if there is none.
    func commonWord(like term: [UInt32]) -> String? {
        guard term.count == 2 else { return nil }
        let readings = term.map { SyllableTable.shared.readings(of: $0).first }
        guard let first = readings[0], let second = readings[1] else { return nil }
        var best: (word: [UInt32], frequency: UInt32) = ([], Self.leastFrequency - 1)
        for a in characters[first] ?? [] {
            for b in characters[second] ?? [] where [a, b] != term && WordList.shared.isWord(a, b) {
                let frequency = [a, b].withUnsafeBufferPointer { WordList.shared.frequency(of: $0) }
                if frequency > best.frequency { best = ([a, b], frequency) }
            }
        }
        guard !best.word.isEmpty else { return nil }
        return String(String.UnicodeScalarView(best.word.compactMap(Unicode.Scalar.init)))
    }
}
