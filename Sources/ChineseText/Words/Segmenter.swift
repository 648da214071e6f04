/// Cuts a text into words, to tell whether a found stretch is what a reader reads there.
///
/// 最好 is in 最好玩, and nobody reads it: the words are 最 and 好玩. So the surroundings are cut into words so that the
/// product of the words' probabilities is greatest, as jieba does it without its model for unknown words. A character
/// that is in no word, or better alone, is a word by itself; a run of ASCII letters or digits is one word. Three answers
/// matter to a matcher:
///
///     whole     respectsBoundaries                     能|治疗|糖尿病      治疗 is said
///     inside    coversLonger                           减肥药              减肥 is a part of a longer word, and may be meant
///     across    neither                                去|路口|交通灯      口交 is not said
///
/// Symbols are folded scalars. Nothing here allocates; a question costs a few microseconds, however long the text, so
/// ask it of what was found and not of every place.
public struct Segmenter: Sendable {
    /// The longest window `segment` cuts.
    public static let maxSymbols = 64
    /// How far around a stretch the questions look. Beyond some ten symbols a text no longer changes how it is cut.
    static let reach = 16

    /// How frequent any one run of letters or digits is taken to be, as `WordList.level`: 30,000 times. So 第10名 is
    /// 第, 10, 名 though 第1 (第一, folded) is a word, and 第11定 (第一一定) is 第1, 1定.
    private static let runLevel = 45

    @usableFromInline let words: WordList

    @inlinable public init() { words = WordList.shared }

    /// Whether the symbols, two or more, are a word of the list.
    public func isOrdinaryWord(_ symbols: UnsafeBufferPointer<UInt32>) -> Bool {
        symbols.count > 1 && words.frequency(of: symbols) > 0
    }

    /// Whether the symbols from `start` up to `end` are a part of a longer word that their surroundings are cut into: 减肥
    /// in 减肥药, av in java, not 最好 in 最好的. A stretch that lies across two words, as 口交 in 路口|交通灯 or 大麻 in
    /// 大|麻烦, is in no longer one.
    ///
    /// Words have at most eight symbols, runs of letters are seen up to `reach`; a stretch of more than 32 is in none.
    public func coversLonger(_ symbols: UnsafeBufferPointer<UInt32>, _ start: Int, _ end: Int) -> Bool {
        guard start < end, end - start <= Self.maxSymbols - 2 * Self.reach else { return false }
        return withCut(of: symbols, around: start, end) { begins, start, end in
            let word = Self.word(at: start, begins)
            return word.upperBound >= end && word.count > end - start
        }
    }

    /// Whether the words of the surroundings begin at `start` and end at `end`: 口交 in 路口交通 begins inside 路口.
    public func respectsBoundaries(_ symbols: UnsafeBufferPointer<UInt32>, _ start: Int, _ end: Int) -> Bool {
        // Most stretches lie between characters that no word has side by side.
        let isBetween = start < end && !isCrossed(symbols, start) && !isCrossed(symbols, end)
        if isBetween { return true }
        guard end - start <= Self.maxSymbols - 2 * Self.reach else {
            return isBoundary(symbols, start) && isBoundary(symbols, end)
        }
        return withCut(of: symbols, around: start, end) { begins, start, end in
            Self.isBoundary(start, begins) && Self.isBoundary(end, begins)
        }
    }

    /// The words that the surroundings are cut into, those that the symbols from `start` up to `end` lie in: 最 and 好喝
    /// of 最好 in 最好喝. For telling why, after `respectsBoundaries`: allocates.
    public func words(_ symbols: UnsafeBufferPointer<UInt32>, _ start: Int, _ end: Int) -> [Range<Int>] {
        guard start < end, end - start <= Self.maxSymbols - 2 * Self.reach else { return [] }
        return withCut(of: symbols, around: start, end) { begins, first, last in
            var words: [Range<Int>] = []
            var place = first
            while place < last {
                let word = Self.word(at: place, begins)
                words.append(word.lowerBound + start - first..<word.upperBound + start - first)
                place = word.upperBound
            }
            return words
        }
    }

    /// Whether two characters side by side, the one at `root(0)` and that behind it, are surely not two words of their own:
    /// with the one before them, or the one behind them, one makes a word that is likelier.
    ///
    /// Quick and not complete: where this says yes, `respectsBoundaries` says no, if the two are no word.
    ///
    /// - Parameter root: The root of the character so many places on; `noRoot` if it is in no word, or nothing is there;
    ///   nil if there is more to know, as of letters.
    @inlinable @inline(__always)
    public func areTorn(_ root: (_ distance: Int) -> Int?) -> Bool {
        guard let first = root(0), let second = root(1), first != Self.noRoot, second != Self.noRoot else {
            return false
        }
        return isTorn(first, from: root(-1), root(-2), root(-3)) { gain($1, $0) }
            || isTorn(second, from: root(2), root(3), root(4)) { gain($0, $1) }
    }

    @inlinable public static var noRoot: Int { -1 }

    /// Whether a character makes a likelier word with its neighbour, which makes no better one with those beyond it.
    @inlinable @inline(__always)
    func isTorn(
        _ own: Int, from neighbour: Int?, _ second: Int?, _ third: Int?, gain: (_ inner: Int, _ outer: Int) -> Int32
    ) -> Bool {
        guard let neighbour, neighbour != Self.noRoot else { return false }
        let won = gain(own, neighbour)
        guard won > 0, let second else { return false }
        if second == Self.noRoot || !mayAdjoin(neighbour, second) { return true }
        // If no word reaches further, only two cuts compete.
        guard let third, third == Self.noRoot || !mayAdjoin(second, third) else { return false }
        return won > gain(neighbour, second)
    }

    /// In either order: what is on the left may be on the right.
    @inlinable @inline(__always)
    func mayAdjoin(_ first: Int, _ second: Int) -> Bool {
        words.mayAdjoin(first, second) || words.mayAdjoin(second, first)
    }

    /// By how much two characters are likelier as a word than singly, in 48ths of an octave; very negative if they are none.
    @inlinable @inline(__always)
    func gain(_ first: Int, _ second: Int) -> Int32 {
        guard let level = words.pairLevel(first, second) else { return Int32.min / 2 }
        return score(level) - score(words.level(of: first)) - score(words.level(of: second))
    }

    /// Whether a word may reach from one side of a place to the other.
    private func isCrossed(_ symbols: UnsafeBufferPointer<UInt32>, _ place: Int) -> Bool {
        guard place > 0, place < symbols.count else { return false }
        let (first, second) = (symbols[place - 1], symbols[place])
        if let kind = RunKind(first), RunKind(second) == kind { return true }
        guard let first = words.root(first), let second = words.root(second) else { return false }
        return words.mayAdjoin(first, second)
    }

    /// Cuts up to `maxSymbols` symbols into words.
    ///
    /// - Parameters:
    ///   - symbols: Folded code points.
    ///   - begins: As many elements as there are symbols; true is written where a word begins.
    public func segment(_ symbols: UnsafeBufferPointer<UInt32>, into begins: UnsafeMutableBufferPointer<Bool>) {
        let count = symbols.count
        precondition(count <= Self.maxSymbols && begins.count == count)
        // The best score from each place to the end, and where the first word of that cut ends.
        withUnsafeTemporaryAllocation(of: Int32.self, capacity: 3 * (Self.maxSymbols + 1)) { scratch in
            let best = scratch.baseAddress!
            let ends = best + Self.maxSymbols + 1
            let roots = ends + Self.maxSymbols + 1
            for place in 0..<count { roots[place] = Int32(truncatingIfNeeded: words.root(symbols[place]) ?? -1) }
            best[count] = 0
            for place in stride(from: count - 1, through: 0, by: -1) {
                let root = Int(roots[place])
                best[place] = score(root < 0 ? nil : words.level(of: root)) + best[place + 1]
                ends[place] = Int32(truncatingIfNeeded: place + 1)
                if let end = Self.endOfRun(symbols, from: place), end > place + 1 {
                    best[place] = score(Self.runLevel) + best[end]
                    ends[place] = Int32(truncatingIfNeeded: end)
                }
                guard root >= 0 else { continue }
                var node = root
                var end = place + 1
                while end < count, roots[end] >= 0, let child = words.child(of: node, along: Int(roots[end])) {
                    node = child
                    end += 1
                    guard let level = words.level(of: node) else { continue }
                    let total = score(level) + best[end]
                    // As in jieba the longer of two equals is taken.
                    guard total >= best[place] else { continue }
                    best[place] = total
                    ends[place] = Int32(truncatingIfNeeded: end)
                }
            }
            begins.update(repeating: false)
            var place = 0
            while place < count {
                begins[place] = true
                place = Int(ends[place])
            }
        }
    }

    /// 48ths of an octave: the logarithm of a word's share in all words.
    @inlinable func score(_ level: Int?) -> Int32 { Int32(level ?? 0) * 16 - words.totalCost }

    /// Where the run of ASCII letters or digits ends that begins at `place`; nil if none begins there.
    private static func endOfRun(_ symbols: UnsafeBufferPointer<UInt32>, from place: Int) -> Int? {
        guard let kind = RunKind(symbols[place]), place == 0 || RunKind(symbols[place - 1]) != kind else { return nil }
        var end = place + 1
        while end < symbols.count, RunKind(symbols[end]) == kind { end += 1 }
        return end
    }

    private enum RunKind {
        case letters
        case digits

        init?(_ scalar: UInt32) {
            switch scalar {
            case 0x61...0x7A, 0x41...0x5A: self = .letters
            case 0x30...0x39: self = .digits
            default: return nil
            }
        }
    }

    private func isBoundary(_ symbols: UnsafeBufferPointer<UInt32>, _ place: Int) -> Bool {
        withCut(of: symbols, around: place, place) { begins, place, _ in Self.isBoundary(place, begins) }
    }

    private static func isBoundary(_ place: Int, _ begins: UnsafeMutableBufferPointer<Bool>) -> Bool {
        place == begins.count || begins[place]
    }

    /// The word that the symbol at `place` is in.
    private static func word(at place: Int, _ begins: UnsafeMutableBufferPointer<Bool>) -> Range<Int> {
        var first = place
        while !begins[first] { first -= 1 }
        var end = place + 1
        while end < begins.count, !begins[end] { end += 1 }
        return first..<end
    }

    /// Cuts the stretch with the symbols on both sides that a word may hold together with it, up to `reach`, and lends
    /// where words begin and where the stretch lies there.
    private func withCut<Answer>(
        of symbols: UnsafeBufferPointer<UInt32>, around start: Int, _ end: Int,
        _ body: (_ begins: UnsafeMutableBufferPointer<Bool>, _ start: Int, _ end: Int) -> Answer
    ) -> Answer {
        precondition(start <= end && start >= 0 && end <= symbols.count, "a stretch lies inside its symbols")
        var first = start
        while start - first < Self.reach, isCrossed(symbols, first) { first -= 1 }
        var last = end
        while last - end < Self.reach, isCrossed(symbols, last) { last += 1 }
        let window = UnsafeBufferPointer(rebasing: symbols[first..<last])
        return withUnsafeTemporaryAllocation(of: Bool.self, capacity: window.count) { begins in
            begins.initialize(repeating: false)
            segment(window, into: begins)
            return body(begins, start - first, end - first)
        }
    }
}
