import CTermScan

/// Places of a text that repeats itself: what was asked at one and came to nothing is not asked at the next.
///
///     text    … 止 聊 止 聊 止 聊 …       bytes around the second 聊 = bytes around the first ─> nothing here either
///
/// What a candidate comes to is settled by the bytes around it: as far as its terms were held against the text, and words
/// were looked for. A place is noted if that is within the bytes compared; where the same bytes stand, the answer is the
/// same. Floods are of this kind, speech is not: so nothing is noted before a text has asked far more than speech does.
///
/// 16 KiB, of which ordinary text touches none.
struct RepeatedPlaces: ~Copyable {
    /// Places noted at a time, a power of two: the longest repetition that is known.
    private static let size = 1024

    private let notes: UnsafeMutablePointer<Text.Note>
    private let state: UnsafeMutablePointer<Text.State>
    private var number: UInt32 = 0

    init() {
        notes = .allocate(capacity: Self.size)
        notes.initialize(repeating: Text.Note(), count: Self.size)
        state = .allocate(capacity: 1)
        state.initialize(to: Text.State())
    }

    deinit {
        notes.deallocate()
        state.deallocate()
    }

    /// Begins a text; forgets the one before.
    mutating func begin(_ bytes: UnsafeBufferPointer<UInt8>) -> Text {
        if number == .max {
            notes.update(repeating: Text.Note(), count: Self.size)
            number = 0
        }
        number += 1
        state.pointee = Text.State()
        return Text(bytes: bytes, number: number, notes: notes, state: state)
    }

    /// The places of one text, for as long as no other is begun.
    struct Text {
        fileprivate struct State {
            var work = 0
            var hopes = Text.leastHopes
            var dependency = 0...0
            var isKnown = false
        }

        fileprivate struct Note {
            /// Of the text; 0 is none.
            var text: UInt32 = 0
            var start: UInt32 = 0
            var candidate: UInt64 = 0
        }

        /// Bytes that are compared, before the start of a candidate's last entry and from there on.
        private static let before = 96
        private static let behind = 32
        /// How much may be asked for each entry, and in any text.
        private static let workEach = 4
        private static let leastWork = 256
        /// What is counted for a place that is not asked.
        private static let workSpared = 32
        /// How often to look in vain, and how much more often for each time that it was not.
        private static let leastHopes = 512
        private static let hopesForEach = 4

        fileprivate let bytes: UnsafeBufferPointer<UInt8>
        fileprivate let number: UInt32
        fileprivate let notes: UnsafeMutablePointer<Note>
        fileprivate let state: UnsafeMutablePointer<State>

        /// Notes that something was asked.
        @inline(__always)
        func asks(_ amount: Int) { state.pointee.work += amount }

        /// Whether the text asked so much up to an entry that it is worth while to look for what it repeats.
        @inline(__always)
        func isCrowded(upTo entry: Int) -> Bool {
            state.pointee.work > Self.leastWork + Self.workEach * entry && state.pointee.hopes > 0
        }

        /// Begins to collect what the answer to a candidate depends on.
        func begin(at last: Int) {
            state.pointee.hopes -= 1
            state.pointee.dependency = last...last
            state.pointee.isKnown = true
        }

        /// Notes entries that the answer depends on.
        @inline(__always)
        func depends(on first: Int, _ last: Int) {
            let all = state.pointee.dependency
            state.pointee.dependency = min(all.lowerBound, first)...max(all.upperBound, last)
        }

        /// Notes that the candidate came to something, or that it is not known what the answer depends on.
        @inline(__always)
        func dependsOnMore() { state.pointee.isKnown = false }

        /// The entries that the answer depends on; nil if that is not known, or it is a match.
        var dependency: ClosedRange<Int>? { state.pointee.isKnown ? state.pointee.dependency : nil }

        /// Whether a candidate stands in the same bytes as one that came to nothing.
        ///
        /// - Parameters:
        ///   - start: Where its last entry starts.
        ///   - candidate: All that tells it from others there.
        func isRepeated(_ candidate: UInt64, at start: Int) -> Bool {
            guard isInside(start) else { return false }
            let note = notes[slot(candidate, start)]
            guard note.text == number, note.candidate == candidate else { return false }
            let base = bytes.baseAddress! - Self.before
            guard csymbol_equal(base + start, base + Int(note.start), Self.before + Self.behind) else { return false }
            state.pointee.hopes += Self.hopesForEach
            // Or the text would soon be taken for speech again.
            state.pointee.work += Self.workSpared
            return true
        }

        /// Notes that a candidate came to nothing, unless that depends on more than the bytes compared.
        ///
        /// - Parameter dependency: The bytes that it depends on.
        func note(_ candidate: UInt64, at start: Int, dependingOn dependency: Range<Int>) {
            guard isInside(start), dependency.lowerBound >= start - Self.before,
                dependency.upperBound <= start + Self.behind
            else { return }
            notes[slot(candidate, start)] = Note(
                text: number, start: UInt32(truncatingIfNeeded: start), candidate: candidate)
        }

        private func isInside(_ start: Int) -> Bool { start >= Self.before && start + Self.behind <= bytes.count }

        private func slot(_ candidate: UInt64, _ start: Int) -> Int {
            let place = UnsafeRawPointer(bytes.baseAddress! + start)
            var hash = candidate
            for distance in stride(from: -24, through: 0, by: 8) {
                hash = csymbol_slot_hash(hash ^ (place + distance).loadUnaligned(as: UInt64.self))
            }
            return Int(truncatingIfNeeded: hash) & (RepeatedPlaces.size - 1)
        }
    }
}
