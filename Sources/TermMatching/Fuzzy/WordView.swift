import ChineseText

/// A text as folded scalars, for questions about the words around a match.
///
/// Made only for a text in which such a question comes up.
struct WordView: ~Copyable {
    private var scalars: UnsafeMutablePointer<UInt32>
    private var starts: UnsafeMutablePointer<Int32>
    private var capacity = 256
    private var count = 0
    private var isMade = false

    init() {
        scalars = .allocate(capacity: capacity)
        starts = .allocate(capacity: capacity)
    }

    deinit {
        scalars.deallocate()
        starts.deallocate()
    }

    /// Forgets the text.
    mutating func clear() { isMade = false }

    /// Reads `text` unless that is done.
    mutating func make(_ text: UnsafeBufferPointer<UInt8>) {
        guard !isMade, let bytes = text.baseAddress else { return }
        isMade = true
        count = 0
        var offset = 0
        while offset < text.count {
            let decoded = decodeScalar(bytes, at: offset, count: text.count)
            let start = Int32(truncatingIfNeeded: offset)
            offset += decoded.length
            guard decoded.codePoint != DecodedScalar.invalid else {
                append(0xFFFD, start)
                continue
            }
            switch FoldingTable.shared[decoded.codePoint] {
            case .nothing: break
            case .one(let scalar): append(scalar, start)
            case .several(let several): for scalar in several { append(scalar, start) }
            }
        }
    }

    private mutating func append(_ scalar: UInt32, _ start: Int32) {
        if count == capacity { grow() }
        scalars[count] = scalar
        starts[count] = start
        count += 1
    }

    private mutating func grow() {
        let more = UnsafeMutablePointer<UInt32>.allocate(capacity: capacity * 2)
        more.update(from: scalars, count: count)
        scalars.deallocate()
        scalars = more
        let further = UnsafeMutablePointer<Int32>.allocate(capacity: capacity * 2)
        further.update(from: starts, count: count)
        starts.deallocate()
        starts = further
        capacity *= 2
    }

    /// The scalars, and the range of them that the bytes from `start` to `end` are.
    func withScalars<Answer>(
        _ start: Int32, _ end: Int32, _ body: (UnsafeBufferPointer<UInt32>, Range<Int>) -> Answer
    ) -> Answer {
        body(UnsafeBufferPointer(start: scalars, count: count), first(at: start)..<first(at: end))
    }

    /// The first scalar that starts at `byte` or behind it.
    private func first(at byte: Int32) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if starts[middle] < byte { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
