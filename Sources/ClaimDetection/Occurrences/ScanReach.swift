import ChineseText
import TermMatching

/// How far an occurrence depends on the text around it, and so what must be searched again where a text has changed.
///
/// ```
///     kept occurrences          searched again           new bytes
///     …大家都知道，             这款是全网最             低价，错过就没有了
///                  ^ window     ^ kept up to here ^ border
/// ```
/// An occurrence spans at most `span` ideographs, and whether it counts depends on at most `context` ideographs on either
/// side. Only ideographs are counted, since signs, letters, emoji and code points that vanish in folding may stand in any
/// number inside one symbol; a text of them is searched whole. No occurrence and no word lies across a comma or the end
/// of a sentence, unless a term has such a sign itself; so those are the places to cut, and counting is for speech
/// without punctuation. Where terms have numbers, a sign behind a digit parts nothing: 1，000 is one number, 七、八天 may be.
struct ScanReach {
    /// Ideographs on each side that decide whether an occurrence counts: the matcher cuts at most 16 symbols on a side
    /// into words, and a word that begins there may end four further on.
    static let context = 20

    /// The most ideographs that one occurrence spans.
    let span: Int
    /// Whether commas and sentence ends part the text.
    let hasBarriers: Bool
    /// Whether a term has numbers that are read in whatever way they are written.
    private let hasNumbers: Bool

    init(_ terms: [Term]) {
        var span = 1
        var (hasBarriers, hasNumbers) = (true, false)
        func take(_ text: String, fillers: Bool, grows: Int) {
            let scalars = FoldedText(text).text.unicodeScalars
            let count = scalars.count
            // Fillers: four syllables, and a fifth if the last filler has two, between any two neighbours.
            span = max(span, count * grows + (fillers && count <= 16 ? 5 * count : 0))
            if scalars.contains(where: { ",;!?。、".unicodeScalars.contains($0) }) { hasBarriers = false }
        }
        for term in terms {
            // A character in parts has up to eight; a number may be written in up to four characters a digit.
            let grows = term.tolerance.numbers ? 4 : term.tolerance.split ? 8 : 1
            if term.tolerance.numbers { hasNumbers = true }
            take(term.text, fillers: term.tolerance.fillers, grows: grows)
            for alias in term.aliases { take(alias.text, fillers: false, grows: 1) }
        }
        self.span = span
        self.hasBarriers = hasBarriers
        self.hasNumbers = hasNumbers
    }

    /// Where to go on after bytes were added at `border`.
    ///
    /// - Returns: Where to search from, and up to which end kept occurrences stay as they are. What the search finds
    ///   behind that end is right.
    func resume(
        _ text: UnsafeBufferPointer<UInt8>, from first: Int, at border: Int
    ) -> (window: Int, keptEnd: Int) {
        var ideographs = 0
        var keptEnd = first
        var place = border
        while place > first {
            if place - first >= 3, Self.beginsIdeograph(text[place - 3]) {
                place -= 3
                ideographs += 1
                if ideographs == Self.context { keptEnd = place }
                if ideographs == span + 2 * Self.context { return (place, keptEnd) }
                continue
            }
            place -= 1
            if isBarrier(text, at: place, from: first) {
                return (place + Self.barrierBytes, place + Self.barrierBytes)
            }
        }
        return (first, first)
    }

    /// Where the text settles down after its front was cut off at `first`.
    ///
    /// - Returns: Up to where to search, and from which start kept occurrences stay as they are. What the search finds
    ///   before that start is right.
    func settle(_ text: UnsafeBufferPointer<UInt8>, from first: Int) -> (window: Int, keptStart: Int) {
        var ideographs = 0
        var keptStart = text.count
        var place = first
        while place < text.count {
            if Self.beginsIdeograph(text[place]) {
                ideographs += 1
                if ideographs == Self.context + 1 { keptStart = place }
                if ideographs == span + 2 * Self.context + 1 { return (place, keptStart) }
            } else if isBarrier(text, at: place, from: first) {
                return (place + Self.barrierBytes, place + Self.barrierBytes)
            }
            place += 1
        }
        return (text.count, text.count)
    }

    /// The lead bytes of U+5000 to U+9FFF. Those below begin signs too (䷀), which may stand in a gap.
    static func beginsIdeograph(_ byte: UInt8) -> Bool { (0xE5...0xE9).contains(byte) }

    static let barrierBytes = 3

    /// Whether a sign that parts the text begins at `place`.
    @inline(__always)
    private func isBarrier(_ text: UnsafeBufferPointer<UInt8>, at place: Int, from first: Int) -> Bool {
        hasBarriers && Self.isBarrier(text, at: place) && (!hasNumbers || Self.followsWord(text, place, from: first))
    }

    /// Whether the character before is an ideograph that is no numeral.
    private static func followsWord(_ text: UnsafeBufferPointer<UInt8>, _ place: Int, from first: Int) -> Bool {
        guard place - first >= 3, beginsIdeograph(text[place - 3]) else { return false }
        let scalar =
            UInt32(text[place - 3] & 0xF) << 12 | UInt32(text[place - 2] & 0x3F) << 6 | UInt32(text[place - 1] & 0x3F)
        return !NumberEdges.isNumeral(scalar)
    }

    /// Whether ！，；？ (EF BC 81, 8C, 9B, 9F) or 、。 (E3 80 81, 82) begins at `place`.
    @inline(__always)
    static func isBarrier(_ text: UnsafeBufferPointer<UInt8>, at place: Int) -> Bool {
        let lead = text[place]
        guard lead == 0xEF || lead == 0xE3, text.count - place >= barrierBytes else { return false }
        return switch (lead, text[place + 1], text[place + 2]) {
        case (0xEF, 0xBC, 0x81), (0xEF, 0xBC, 0x8C), (0xEF, 0xBC, 0x9B), (0xEF, 0xBC, 0x9F): true
        case (0xE3, 0x80, 0x81), (0xE3, 0x80, 0x82): true
        default: false
        }
    }
}
