import ClaimRules
import LiveEvents

/// Evidence for a hit: each matched stretch in the raw field it stands in, with the words around it.
enum EvidenceMaker {
    /// The longest quote, UTF-8 bytes.
    static let maxQuoteBytes = 240

    static func quote(around start: Int, _ end: Int, in text: UnsafeBufferPointer<UInt8>) -> String {
        let length = min(end - start, maxQuoteBytes)
        let side = (maxQuoteBytes - length) / 2
        let from = Utf8.boundary(in: text, atOrAfter: max(0, start - side))
        let to = Utf8.boundary(in: text, atOrBefore: min(text.count, start + length + side))
        return String(decoding: text[from..<max(from, to)], as: UTF8.self)
    }

    /// "literal" if the raw bytes are the term's, else "folded".
    static func path(of raw: some Sequence<UInt8>, term: String) -> String {
        raw.elementsEqual(term.utf8) ? "literal" : "folded"
    }

    /// A folded match is a little weaker: somebody, or an input method, wrote the word in another form.
    static func score(path: String) -> Double { path == "literal" ? 1 : 0.95 }
}
