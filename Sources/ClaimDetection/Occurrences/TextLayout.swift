import ChineseText
import ClaimRules

/// Where the characters, clauses, sentences and segments of a text lie.
///
/// ```
///     有结节的姐姐，这个膏擦上！今天下单
///     ──────────── ──────────   ────────   clauses 0, 1, 2: a mark belongs to what it ends
///     ─────────────────────── ──────────   sentences 0, 1
/// ```
/// A clause ends at ，、；：, ; : (not between two digits: 1,000 and 12:30 are one), at the end of a sentence, and at spaces
/// if the sentence has on average four or more characters between them: speech recognition writes 里头是羊毛的 百分之八十
/// 羊毛, which has pauses, and 这 个 蜂 蜜, which has none. A sentence ends as in `Sentence`. A segment is a record's stretch
/// of the speech carried over; the field of a listing is one.
///
/// Built once for a text, by the first question; its arrays are reused. Positions are bytes of the text.
struct TextLayout: ~Copyable {
    private var first = 0
    private var end = 0
    /// By byte from `first`: how many characters begin before it.
    private var characters: [Int32] = [0]
    /// By byte from `first`: its clause and its sentence.
    private var clauses: [Int32] = []
    private var sentences: [Int32] = []
    private var clauseStarts: [Int32] = []
    private var sentenceStarts: [Int32] = []
    /// Where the segments begin, in order; never empty.
    private var segmentStarts: [Int32] = [0]

    /// Takes the text from `start` on in.
    ///
    /// - Parameter pieces: In order; empty if the text is one segment.
    mutating func read(_ text: UnsafeBufferPointer<UInt8>, from start: Int, pieces: [CarryOver.Piece]) {
        first = start
        end = text.count
        VisibleCharacters.countBeginnings(in: text, from: start, into: &characters)
        segmentStarts.removeAll(keepingCapacity: true)
        segmentStarts.append(Int32(start))
        for piece in pieces where piece.start > start { segmentStarts.append(Int32(piece.start)) }
        let length = end - start
        if clauses.count < length {
            clauses.append(contentsOf: repeatElement(0, count: length - clauses.count))
            sentences.append(contentsOf: repeatElement(0, count: length - sentences.count))
        }
        clauseStarts.removeAll(keepingCapacity: true)
        sentenceStarts.removeAll(keepingCapacity: true)
        var place = start
        while place < end { place = readSentence(text, from: place) }
    }

    /// - Returns: Where the next sentence begins.
    private mutating func readSentence(_ text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        var (place, runStart, runs, runCharacters) = (start, start, 0, 0)
        func endRun(at place: Int) {
            guard place > runStart else { return }
            runs += 1
            runCharacters += Int(characters[place - first] - characters[runStart - first])
        }
        while place < end {
            let sign = Self.sign(text, at: place)
            if sign.kind == .space {
                endRun(at: place)
                runStart = place + sign.length
            }
            place += sign.length
            if sign.kind == .sentenceEnd { break }
        }
        endRun(at: place)
        let hasPauses = runCharacters >= 4 * runs
        let sentenceEnd = place
        let sentence = Int32(sentenceStarts.count)
        sentenceStarts.append(Int32(start))
        clauseStarts.append(Int32(start))
        place = start
        while place < sentenceEnd {
            let sign = Self.sign(text, at: place)
            let next = place + sign.length
            let clause = Int32(clauseStarts.count - 1)
            for byte in place..<next {
                clauses[byte - first] = clause
                sentences[byte - first] = sentence
            }
            if next < sentenceEnd, sign.kind == .clauseEnd || (sign.kind == .space && hasPauses) {
                clauseStarts.append(Int32(next))
            }
            place = next
        }
        return sentenceEnd
    }

    // MARK: Questions

    /// How many characters begin before a byte of the text, or before its end.
    func characters(before byte: Int32) -> Int32 { characters[Int(byte) - first] }

    /// The number of the unit that a byte lies in. Numbers rise.
    func unit(_ unit: TextUnit, at byte: Int32) -> Int32 {
        switch unit {
        case .clause: clauses[Int(byte) - first]
        case .sentence: sentences[Int(byte) - first]
        case .segment: segment(at: byte)
        }
    }

    /// From the beginning of the unit in which a stretch begins to the end of the one in which it ends.
    func bounds(_ unit: TextUnit, from start: Int32, to end: Int32) -> (start: Int32, end: Int32) {
        let (from, to) = (Int(self.unit(unit, at: start)), Int(self.unit(unit, at: end - 1)) + 1)
        let starts =
            switch unit {
            case .clause: clauseStarts
            case .sentence: sentenceStarts
            case .segment: segmentStarts
            }
        return (starts[from], to < starts.count ? starts[to] : Int32(self.end))
    }

    private func segment(at byte: Int32) -> Int32 {
        var (low, high) = (0, segmentStarts.count)
        while high - low > 1 {
            let middle = (low + high) / 2
            if segmentStarts[middle] <= byte { low = middle } else { high = middle }
        }
        return Int32(low)
    }

    // MARK: Signs

    private enum Sign { case none, space, clauseEnd, sentenceEnd }

    /// What stands at a place, and how many bytes to step on: at most to the end.
    @inline(__always)
    private static func sign(_ text: UnsafeBufferPointer<UInt8>, at place: Int) -> (kind: Sign, length: Int) {
        let lead = text[place]
        if lead < 0x80 {
            switch lead {
            case 0x21, 0x3F, 0x0A: return (.sentenceEnd, 1)
            case 0x20, 0x09: return (.space, 1)
            case 0x3B: return (.clauseEnd, 1)
            case 0x2C, 0x3A: return (isBetweenDigits(text, place) ? .none : .clauseEnd, 1)
            default: return (.none, 1)
            }
        }
        guard lead >= 0xE0 else {
            if lead == 0xC2, place + 1 < text.count, text[place + 1] == 0xA0 { return (.space, 2) }
            return (.none, min(2, text.count - place))
        }
        guard lead == 0xE3 || lead == 0xEF, text.count - place >= 3 else {
            return (.none, min(lead < 0xF0 ? 3 : 4, text.count - place))
        }
        return switch (lead, text[place + 1], text[place + 2]) {
        case (0xE3, 0x80, 0x82), (0xEF, 0xBC, 0x81), (0xEF, 0xBC, 0x9F): (.sentenceEnd, 3)  // 。！？
        case (0xEF, 0xBC, 0x8C), (0xE3, 0x80, 0x81), (0xEF, 0xBC, 0x9B), (0xEF, 0xBC, 0x9A): (.clauseEnd, 3)  // ，、；：
        case (0xE3, 0x80, 0x80): (.space, 3)
        default: (.none, 3)
        }
    }

    private static func isBetweenDigits(_ text: UnsafeBufferPointer<UInt8>, _ place: Int) -> Bool {
        func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
        return place > 0 && place + 1 < text.count && isDigit(text[place - 1]) && isDigit(text[place + 1])
    }
}
