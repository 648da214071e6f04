import ChineseText
import ClaimRules

/// The numbers that a text says, read once a text, when a slot first asks.
///
/// ```
///     贴了二十来天它就收口了，掉个七八斤      numbers    0: 二十来天   1: 七八斤
///                                          slots      duration ≤ 180天: 0      weight ≥ 2斤: 1
/// ```
/// A number costs nothing in a text where nothing else of a rule stands. The buffer is reused.
struct NumberSource: ~Copyable {
    private var numbers = NumberBuffer()
    private var first = 0
    private var skipsFirst = false

    /// How many numbers the text says.
    var count: Int { numbers.count }

    /// Reads the text from `first` on; O(bytes).
    ///
    /// - Parameter isCut: Whether text was cut off before `first`. A number that begins there may be the end of another, so it
    ///   is none.
    mutating func read(_ text: UnsafeBufferPointer<UInt8>, from first: Int, isCut: Bool) {
        numbers.removeAll()
        self.first = first
        NumberReader.read(UnsafeBufferPointer(rebasing: text[first...]), into: &numbers)
        skipsFirst = isCut && numbers.count > 0 && numbers[0].start == 0
    }

    /// Where reading may begin so that every number that ends behind a border is found as in the whole text from `first` on:
    /// at a comma or the end of a sentence before the border with an ideograph behind it, since no number goes on across it.
    static func start(_ text: UnsafeBufferPointer<UInt8>, from first: Int, before border: Int) -> Int {
        var place = min(border, text.count - 1) - ScanReach.barrierBytes
        while place > first {
            if ScanReach.isBarrier(text, at: place), ScanReach.beginsIdeograph(text[place + ScanReach.barrierBytes]) {
                return place
            }
            place -= 1
        }
        return first
    }

    /// Where the last number ends that a slot takes, of those that were read; -1 if it takes none.
    func latestEnd(_ slot: NumberSlot) -> Int32 {
        for number in (0..<numbers.count).reversed() where slot.accepts(numbers[number]) {
            return numbers[number].end + Int32(truncatingIfNeeded: first)
        }
        return -1
    }

    /// Appends the numbers that a slot takes, in order of the text: `meaning` counts them for `mention`.
    func find(_ slot: NumberSlot, into found: inout [Occurrence]) {
        for number in (skipsFirst ? 1 : 0)..<numbers.count {
            let mention = numbers[number]
            guard slot.accepts(mention) else { continue }
            found.append(
                Occurrence(
                    mention.start + Int32(truncatingIfNeeded: first), mention.end + Int32(truncatingIfNeeded: first),
                    meaning: Int32(truncatingIfNeeded: number), source: .number))
        }
    }

    /// The number that an occurrence is; its places count from where the text begins.
    func mention(_ meaning: Int32) -> NumberMention { numbers[Int(meaning)] }
}
