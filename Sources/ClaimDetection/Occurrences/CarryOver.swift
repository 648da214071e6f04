import LiveEvents

/// The speech of a room that may still be the beginning of a phrase: what the last speaker said since the last end of
/// a sentence, from as many segments as it takes.
///
/// ```
///   segment 17: …大家都知道。这个能根     carried over: 这个能根
///   segment 18: 治糖尿病                  judged:       这个能根|治糖尿病
///                                                              ^ border
/// ```
/// It is the longest run of speech before the next segment that (1) has one speaker, (2) has no long pause, (3) has no
/// sentence end, (4) fits `maxCarryOverBytes` and (5) comes from at most `maxPieces` segments. Each of the five is lost
/// by adding speech in front and never by removing it there, so a carry-over rebuilt from any earlier segment on is the
/// same: that is why it may be rebuilt from the input topic and needs no place in the changelog.
///
/// **Soft marks.** Recognisers write marks where they cut the speech, and nobody stopped there: 这个蜂蜜能根治。|糖尿病. So
/// the marks that end a segment are taken away again if the speaker goes on within `maxSoftPauseMS`; until then the
/// sentence before them is carried over with them. Whether a mark is soft depends on its two neighbours alone, as (2).
///
/// **Memory.** A buffer to which segments are added in place:
///
///     bytes   . . . . . 这 个 能 根 | 治 糖 尿 病 ␣ ␣ ␣
///                       ^ first      ^ border        ^ capacity
///
/// What is cut off at the front stays there until the room is needed. Positions count from the buffer's beginning.
struct CarryOver {
    /// A stretch of one segment.
    struct Piece: Equatable {
        /// A number into `SourceNames`.
        var topic: Int32
        var partition: Partition
        var offset: Offset
        /// nil for a field of a listing.
        var segmentID: Int64?
        var startMS: Int64
        var endMS: Int64
        /// Where the piece begins in the segment's own text, in bytes.
        var textOffset: Int
        /// Where the piece begins in the buffer.
        var start: Int
    }

    /// Segments carried over at most. Real speech has a handful; a text of one letter a segment would have hundreds.
    static let maxPieces = 512
    /// Bytes that a room's buffer keeps once a long segment is over.
    private static let idleCapacity = 4_096
    /// Occurrences kept with the text at most; beyond it they are searched again when they are needed.
    private static let maxOccurrences = 256

    private(set) var bytes: [UInt8] = []
    /// Where the carry-over begins in `bytes`.
    private(set) var first = 0
    private(set) var pieces: [Piece] = []
    private(set) var speakerID: [UInt8] = []
    /// Counts changes, so that a copy kept elsewhere can tell whether it is stale.
    private(set) var version = 0

    /// The occurrences in `bytes[first...]`, in the order of a scan; meaningless unless `knowsOccurrences`.
    var occurrences: [Occurrence] = []
    /// Whether `occurrences` is what a search found; not so where the text was rebuilt.
    var knowsOccurrences = true
    /// Whether the text was cut off at its front since, on which occurrences near it depended.
    var isFrontCut = false

    var count: Int { bytes.count - first }
    var isEmpty: Bool { pieces.isEmpty }

    init() {}

    /// A carry-over that was kept elsewhere; its occurrences are not known.
    init(bytes: [UInt8], pieces: [Piece], speakerID: [UInt8]) {
        (self.bytes, self.pieces, self.speakerID) = (bytes, pieces, speakerID)
        knowsOccurrences = false
    }

    /// Forgets the speech if the segment does not continue it, and the marks at its end if the segment follows closely.
    mutating func prepare(for segment: TranscriptSegment, maxPauseMS: Int64, maxSoftPauseMS: Int64) {
        guard let last = pieces.last else { return }
        let pause = segment.startMS.subtractingReportingOverflow(last.endMS)
        guard !pause.overflow, pause.partialValue <= maxPauseMS, isSpeaker(segment.speakerID) else { return drop() }
        if pause.partialValue <= maxSoftPauseMS, !segment.text.isEmpty {
            dropSoftMarks()
        } else if bytes.withUnsafeBufferPointer({ Sentence.startOfLast(in: $0, from: first) == $0.count }) {
            drop()
        }
    }

    private mutating func drop() {
        clear()
        version &+= 1
    }

    private mutating func dropSoftMarks() {
        let end = bytes.withUnsafeBufferPointer { Sentence.endBeforeMarks(in: $0, from: first) }
        if end == bytes.count { return }
        if end == first { return drop() }
        bytes.removeLast(bytes.count - end)
        while let last = pieces.last, last.start >= end { pieces.removeLast() }
        if !occurrences.isEmpty { occurrences.removeAll { Int($0.end) > end } }
        version &+= 1
    }

    private func isSpeaker(_ id: ByteView) -> Bool { speakerID.withUnsafeBufferPointer { id.holds($0) } }

    private mutating func clear() {
        let keepsMemory = bytes.capacity <= Self.idleCapacity
        bytes.removeAll(keepingCapacity: keepsMemory)
        pieces.removeAll(keepingCapacity: keepsMemory)
        occurrences.removeAll(keepingCapacity: keepsMemory)
        first = 0
        knowsOccurrences = true
        isFrontCut = false
    }

    /// Adds the whole segment.
    ///
    /// - Returns: Where its bytes begin in the buffer.
    mutating func append(
        _ segment: TranscriptSegment, topic: Int32, partition: Partition, offset: Offset
    ) -> Int {
        let text = segment.text.bytes
        if first > 0, bytes.count + text.count > bytes.capacity { moveToFront(keepingMemory: true) }
        let border = bytes.count
        if text.isEmpty { return border }
        version &+= 1
        if !isSpeaker(segment.speakerID) {
            speakerID.removeAll(keepingCapacity: true)
            speakerID.append(contentsOf: segment.speakerID.bytes)
        }
        pieces.append(
            Piece(
                topic: topic, partition: partition, offset: offset, segmentID: segment.segmentID,
                startMS: segment.startMS, endMS: segment.endMS, textOffset: 0, start: border))
        bytes.append(contentsOf: text)
        Markup.hideControlTags(in: &bytes, from: border)
        return border
    }

    private mutating func moveToFront(keepingMemory: Bool) {
        let moved = first
        if keepingMemory {
            let count = count
            bytes.withUnsafeMutableBufferPointer { buffer in
                guard let start = buffer.baseAddress else { return }
                start.update(from: start + moved, count: count)
            }
            bytes.removeLast(moved)
        } else {
            bytes = Array(bytes[moved...])
        }
        for number in pieces.indices { pieces[number].start -= moved }
        for number in occurrences.indices {
            occurrences[number].start -= Int32(truncatingIfNeeded: moved)
            occurrences[number].end -= Int32(truncatingIfNeeded: moved)
        }
        first = 0
    }

    /// Cuts the speech to its bounds again after a segment was added at `border`.
    ///
    /// - Returns: Whether it came from too many segments.
    mutating func trim(from border: Int, maxBytes: Int) -> Bool {
        guard bytes.count > border else { return false }
        var cut = bytes.withUnsafeBufferPointer { text in
            // The marks at the end may turn out to be soft.
            let end = Sentence.endBeforeMarks(in: text, from: border)
            let sentence = Sentence.startOfLast(in: UnsafeBufferPointer(rebasing: text[..<end]), from: border)
            // A sentence that began in an earlier segment goes on.
            let start = sentence > border ? sentence : first
            return CodePoints.border(in: text, atOrAfter: max(start, text.count - maxBytes))
        }
        let tooMany = pieces.count - Self.maxPieces
        if tooMany > 0 { cut = max(cut, pieces[tooMany].start) }
        dropFirst(upTo: cut)
        return tooMany > 0
    }

    private mutating func dropFirst(upTo cut: Int) {
        if cut == bytes.count { return clear() }
        if cut > first {
            // A piece is gone if the next one begins at or before the cut.
            var gone = 0
            while gone + 1 < pieces.count, pieces[gone + 1].start <= cut { gone += 1 }
            if gone > 0 { pieces.removeFirst(gone) }
            if pieces[0].start < cut {
                pieces[0].textOffset = min(
                    pieces[0].textOffset + cut - pieces[0].start, Int(StateReader.mostCounted))
                pieces[0].start = cut
            }
            first = cut
            isFrontCut = true
            if !occurrences.isEmpty { occurrences.removeAll { Int($0.start) < cut } }
        }
        if occurrences.count > Self.maxOccurrences {
            occurrences = []
            knowsOccurrences = false
        }
        // Once a long segment is over, the room does not keep its memory.
        if bytes.capacity > Self.idleCapacity, count < Self.idleCapacity / 2 { moveToFront(keepingMemory: false) }
    }

    /// The rules are others now, or the text was not searched.
    mutating func forgetOccurrences() {
        occurrences.removeAll(keepingCapacity: true)
        knowsOccurrences = pieces.isEmpty
    }

    /// The text as it is written to the changelog.
    var text: ArraySlice<UInt8> { bytes[first...] }
}
