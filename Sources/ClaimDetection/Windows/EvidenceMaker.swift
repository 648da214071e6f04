import ClaimRules
import LiveEvents
import TermMatching

/// How a found stretch is shown: the words around it, the way it was met, how sure it is.
enum EvidenceMaker {
    /// The longest quote, UTF-8 bytes.
    static let maxQuoteBytes = 240

    static func quote(around start: Int, _ end: Int, in text: UnsafeBufferPointer<UInt8>) -> String {
        let length = min(end - start, maxQuoteBytes)
        let side = (maxQuoteBytes - length) / 2
        let from = CodePoints.border(in: text, atOrAfter: max(0, start - side))
        let to = CodePoints.border(in: text, atOrBefore: min(text.count, start + length + side))
        return String(decoding: text[from..<max(from, to)], as: UTF8.self)
    }

    /// How the term was met, as alerts say it: of a plain match, literal if the raw bytes are the term's, else
    /// folded; of the others, their disguise.
    static func path(_ path: MatchPath, of raw: UnsafeBufferPointer<UInt8>, term: String) -> EvidencePath {
        switch path {
        case .plain: holds(raw, term) ? .literal : .folded
        case .number: .number
        case .gap: .gap
        case .filler: .filler
        case .alias: .alias
        case .split: .split
        case .pinyin: .pinyin
        case .homophone: .homophone
        }
    }

    private static func holds(_ raw: UnsafeBufferPointer<UInt8>, _ term: String) -> Bool {
        var term = term
        return term.withUTF8 { ByteView(raw).holds($0) }
    }

    /// How sure it is that the term is meant, in percent.
    ///
    /// A folded match is a little weaker than a literal one: somebody, or an input method, wrote the word in another
    /// form. What a rule's `min_score` is held against is the matcher's score, which is 100 for both.
    static func percent(path: EvidencePath?, score: UInt8) -> UInt8 { path == .folded ? 95 : score }
}
