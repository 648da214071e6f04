import LiveEvents

/// The speech of a room that may still be the beginning of a phrase: what the last speaker said since the last end of
/// a sentence, from as many segments as it takes.
///
/// ```
///   segment 17: …大家都知道。这个能根     tail:  这个能根
///   segment 18: 治糖尿病                  judged: 这个能根|治糖尿病
/// ```
/// A tail is the longest run of speech before the next segment that (1) has one speaker, (2) has no long pause,
/// (3) has no sentence end and (4) fits `maxTailBytes`. Each of the four is lost by adding speech in front and never
/// by removing it there, so a tail rebuilt from any earlier segment on is the same tail: that is why it may be
/// rebuilt from the input topic and needs no place in the state topic.
struct CarryOver: Equatable {
    /// The part of one segment that is in the tail.
    struct Piece: Equatable {
        var source: RecordSource
        var segmentID: Int64
        var startMS: Int64
        var endMS: Int64
        /// Where the piece begins in the segment's own text, in bytes.
        var textOffset: Int
        /// Where the piece begins in `bytes`.
        var start: Int
    }

    private(set) var bytes: [UInt8] = []
    private(set) var pieces: [Piece] = []
    private(set) var speakerID: [UInt8] = []
    /// Counts changes, so that a copy kept elsewhere can tell whether it is stale.
    private(set) var version = 0

    var isEmpty: Bool { bytes.isEmpty }

    init() {}

    init(bytes: [UInt8], pieces: [Piece], speakerID: [UInt8]) {
        (self.bytes, self.pieces, self.speakerID) = (bytes, pieces, speakerID)
    }

    /// Forgets the tail if the segment does not continue it.
    mutating func dropUnlessContinued(by segment: TranscriptSegment, maxPauseMS: Int64) {
        guard let last = pieces.last else { return }
        let pause = segment.startMS.subtractingReportingOverflow(last.endMS)
        if pause.overflow || pause.partialValue > maxPauseMS || !isSpeaker(segment.speakerID) {
            clear()
        }
    }

    private func isSpeaker(_ id: ByteView) -> Bool { speakerID.withUnsafeBufferPointer { id.holds($0) } }

    mutating func clear() {
        if bytes.isEmpty { return }
        bytes.removeAll(keepingCapacity: true)
        pieces.removeAll(keepingCapacity: true)
        version &+= 1
    }

    /// Takes the segment in and cuts the tail to its bounds again.
    mutating func append(_ segment: TranscriptSegment, from source: RecordSource, maxBytes: Int) {
        let text = segment.text.bytes
        if text.isEmpty { return }
        version &+= 1
        if !isSpeaker(segment.speakerID) {
            speakerID.removeAll(keepingCapacity: true)
            speakerID.append(contentsOf: segment.speakerID.bytes)
        }
        let sentence = Sentence.startOfLast(in: text)
        let keep = Utf8.boundary(in: text, atOrAfter: max(sentence, text.count - maxBytes))
        if keep > 0 {
            bytes.removeAll(keepingCapacity: true)
            pieces.removeAll(keepingCapacity: true)
        }
        if keep == text.count { return }
        pieces.append(
            Piece(
                source: source, segmentID: segment.segmentID, startMS: segment.startMS, endMS: segment.endMS,
                textOffset: keep, start: bytes.count))
        bytes.append(contentsOf: text[keep...])
        if bytes.count > maxBytes { dropFirst(bytes.count - maxBytes) }
    }

    private mutating func dropFirst(_ count: Int) {
        let cut = bytes.withUnsafeBufferPointer { Utf8.boundary(in: $0, atOrAfter: count) }
        bytes.removeFirst(cut)
        // A piece is gone if the next one, or the end of the tail, begins at or before the cut.
        var gone = 0
        while gone < pieces.count, (gone + 1 < pieces.count ? pieces[gone + 1].start : bytes.count + cut) <= cut {
            gone += 1
        }
        pieces.removeFirst(gone)
        guard !pieces.isEmpty else { return }
        pieces[0].textOffset += max(0, cut - pieces[0].start)
        for number in pieces.indices { pieces[number].start = max(0, pieces[number].start - cut) }
    }
}

/// Where sentences end: 。！？ and their ASCII forms `!` `?`, and a line break. A full stop `.` does not, since it
/// stands in numbers and names.
enum Sentence {
    /// The byte after the last sentence end, or 0.
    static func startOfLast(in text: UnsafeBufferPointer<UInt8>) -> Int {
        var end = text.count
        while end > 0 {
            if isEnd(text, before: end) { return end }
            end -= 1
        }
        return 0
    }

    /// Whether a sentence ends in the bytes `start..<end`.
    static func ends(in text: UnsafeBufferPointer<UInt8>, from start: Int, to end: Int) -> Bool {
        var position = start + 1
        while position <= end {
            if isEnd(text, before: position) { return true }
            position += 1
        }
        return false
    }

    private static func isEnd(_ text: UnsafeBufferPointer<UInt8>, before end: Int) -> Bool {
        switch text[end - 1] {
        case 0x21, 0x3F, 0x0A: return true
        // U+3002 。 = E3 80 82
        case 0x82: return end >= 3 && text[end - 3] == 0xE3 && text[end - 2] == 0x80
        // U+FF01 ！ = EF BC 81, U+FF1F ？ = EF BC 9F
        case 0x81, 0x9F: return end >= 3 && text[end - 3] == 0xEF && text[end - 2] == 0xBC
        default: return false
        }
    }
}

enum Utf8 {
    static func isContinuation(_ byte: UInt8) -> Bool { byte & 0xC0 == 0x80 }

    /// The first code point border at or after `position`.
    static func boundary(in text: UnsafeBufferPointer<UInt8>, atOrAfter position: Int) -> Int {
        var position = max(0, min(position, text.count))
        while position < text.count, isContinuation(text[position]) { position += 1 }
        return position
    }

    /// The last code point border at or before `position`.
    static func boundary(in text: UnsafeBufferPointer<UInt8>, atOrBefore position: Int) -> Int {
        var position = max(0, min(position, text.count))
        while position > 0, position < text.count, isContinuation(text[position]) { position -= 1 }
        return position
    }

    /// Code points that begin in `start..<end`.
    static func countCharacters(in text: UnsafeBufferPointer<UInt8>, from start: Int, to end: Int) -> Int {
        var count = 0
        for position in start..<end where !isContinuation(text[position]) { count += 1 }
        return count
    }
}
