import ChineseText
import TermMatching

/// How often terms stand in ordinary speech, estimated: what a rule should wait for is what is rare.
///
/// Only decides what is looked for first and so what a text costs, never what is found.
struct TermFrequencies {
    private let words = WordList.shared
    /// `WordList.frequency` counts in so many words.
    private static let sample = 60_000_000.0
    /// Of a term that is no ordinary word: 治好 and the like stand side by side now and then, longer ones hardly ever.
    private static let unknownPair = 2e-5
    private static let unknown = 1e-6
    /// Of a single character: in an ordinary word it counts too, so more often than by itself.
    private static let characterFactor = 3.0
    private static let leastCharacter = 1e-4
    /// How much more often a term is heard that other characters may stand for.
    private static let disguiseFactor = 3.0

    /// Occurrences a character of speech, roughly.
    func estimate(_ term: Term) -> Double {
        let scalars = Array(FoldedText(term.text).text.unicodeScalars.map(\.value))
        let seen = Double(scalars.withUnsafeBufferPointer { words.frequency(of: $0) }) / Self.sample
        let plain =
            switch scalars.count {
            case 0, 1: max(Self.characterFactor * seen, Self.leastCharacter)
            case 2: max(seen, Self.unknownPair)
            default: max(seen, Self.unknown)
            }
        return term.tolerance.sounds || term.tolerance.split ? Self.disguiseFactor * plain : plain
    }
}
