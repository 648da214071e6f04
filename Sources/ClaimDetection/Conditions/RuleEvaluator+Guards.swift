import ClaimRules

/// The words around a hit: guards, contexts that are needed, exemptions.
///
/// ```
///     我不敢说能治好糖尿病啊        before: 10, any: [不, 没]         between 10 characters before the hit and the hit
///       ^^     [--------]         a word of the guard counts if it lies wholly in the scope
/// ```
/// Of each condition the words of the text are put in order once; a hit then asks with two binary searches.
extension RuleEvaluator {
    /// A word of a condition, in order of start.
    struct GuardWord {
        var start: Int32
        var end: Int32
        /// The earliest end of this and all behind it, and the latest of this and all before.
        var earliestEnd: Int32
        var latestEnd: Int32
    }

    /// What the conditions say of a hit.
    struct Verdict {
        /// Where the hit is complete, with the contexts that it needs; nil if one is missing.
        var completion: Int32?
        /// Whether a guard that clears applies.
        var isCleared = false
    }

    /// Asks what decides whether there is a hit.
    mutating func verdict(_ root: Program.Root, _ start: Int32, _ end: Int32, parts: Range<Int>) -> Verdict {
        var verdict = Verdict(completion: end)
        for number in root.guards where program.conditions[number].action == .clear {
            if completion(of: number, start, end, parts: parts, as: .unless) != nil {
                verdict.isCleared = true
                return verdict
            }
        }
        for number in root.needs {
            guard let known = verdict.completion,
                let own = completion(of: number, start, end, parts: parts, as: .needs)
            else {
                verdict.completion = nil
                break
            }
            verdict.completion = max(known, own)
        }
        return verdict
    }

    /// Notes the guards that lower or mark a hit, and its exemptions.
    mutating func describe(_ hit: inout Hit, _ root: Program.Root) {
        let begin = guards.count
        for number in root.guards where program.conditions[number].action != .clear {
            guard completion(of: number, hit.start, hit.end, parts: hit.parts, as: .unless) != nil else { continue }
            guards.append(Int32(number))
            if program.conditions[number].action == .lower { hit.isLowered = true }
        }
        hit.guards = begin..<guards.count
        for number in root.exemptions {
            guard let exemption = program.conditions[number].exemption, !hit.exemptions.contains(exemption) else {
                continue
            }
            if completion(of: number, hit.start, hit.end, parts: hit.parts, as: .exempt) != nil {
                hit.exemptions.insert(exemption)
            }
        }
    }

    // MARK: Scopes

    /// The least end up to which the text must reach for a condition to hold of a hit; nil if it does not.
    private mutating func completion(
        of number: Int, _ start: Int32, _ end: Int32, parts: Range<Int>, as construct: WorkProfile.Construct
    ) -> Int32? {
        guard let profile else { return completion(of: number, start, end, parts: parts) }
        let (before, outer) = (work, profile.enter())
        profile.owner = construct
        let reached = completion(of: number, start, end, parts: parts)
        bytesRead += 1
        profile.leave(outer, work - before, construct)
        profile.owner = nil
        return reached
    }

    private mutating func completion(
        of number: Int, _ start: Int32, _ end: Int32, parts: Range<Int>
    ) -> Int32? {
        let condition = program.conditions[number]
        let words = words(of: number)
        if words.isEmpty { return nil }
        needLayout()
        switch condition.scope {
        case .before(let count, let unit):
            let from = opening(before: start, end, count, unit)
            return completion(of: condition, words, from: from, to: start)
        case .after(let count, let unit):
            let to = closing(behind: start, end, count, unit)
            return completion(of: condition, words, from: end, to: to)
        case .around(let count, let unit):
            let (from, to) = (opening(before: start, end, count, unit), closing(behind: start, end, count, unit))
            return completion(of: condition, words, from: from, to: to)
        case .unit(let unit):
            let bounds = layout.bounds(unit, from: start, to: end)
            return completion(of: condition, words, from: bounds.start, to: bounds.end)
        case .inside:
            return inside(condition, words, parts)
        case .overClause:
            let bounds = layout.bounds(.clause, from: start, to: end)
            let behind = firstWord(in: words) { $0.start >= bounds.end }
            guard behind > words.lowerBound, guardWords[behind - 1].latestEnd > bounds.start else { return nil }
            return guardWords[behind - 1].latestEnd
        }
    }

    /// The first byte that is at most so many characters before a hit and in its unit.
    private func opening(before start: Int32, _ end: Int32, _ count: Int, _ unit: TextUnit) -> Int32 {
        let least = layout.characters(before: start) - Int32(clamping: count)
        var (low, high) = (layout.bounds(unit, from: start, to: end).start, start)
        while low < high {
            let middle = (low + high) / 2
            if layout.characters(before: middle) >= least { high = middle } else { low = middle + 1 }
        }
        return low
    }

    /// The last byte that is at most so many characters behind a hit and in its unit.
    private func closing(behind start: Int32, _ end: Int32, _ count: Int, _ unit: TextUnit) -> Int32 {
        let most = layout.characters(before: end) + Int32(clamping: count)
        var (low, high) = (end, layout.bounds(unit, from: start, to: end).end)
        while low < high {
            let middle = (low + high + 1) / 2
            if layout.characters(before: middle) <= most { low = middle } else { high = middle - 1 }
        }
        return low
    }

    private func completion(
        of condition: Program.Condition, _ words: Range<Int>, from: Int32, to: Int32
    ) -> Int32? {
        let first = firstWord(in: words) { $0.start >= from }
        guard first < words.upperBound else { return nil }
        guard condition.isOdd else {
            let end = guardWords[first].earliestEnd
            return end <= to ? end : nil
        }
        // These lie apart, so their ends rise, too.
        let behind = firstWord(in: first..<words.upperBound) { $0.end > to }
        return (behind - first) % 2 == 1 ? guardWords[behind - 1].end : nil
    }

    /// In one of the stretches between the parts of a hit.
    private func inside(_ condition: Program.Condition, _ words: Range<Int>, _ parts: Range<Int>) -> Int32? {
        guard var reach = parts.first.map({ self.parts[$0].end }) else { return nil }
        var (odd, last) = (0, Int32.min)
        for number in parts.dropFirst() {
            let part = self.parts[number]
            if part.start > reach {
                if condition.isOdd {
                    var place = firstWord(in: words) { $0.start >= reach }
                    while place < words.upperBound, guardWords[place].end <= part.start {
                        (odd, last) = (odd + 1, guardWords[place].end)
                        place += 1
                    }
                } else if let end = completion(of: condition, words, from: reach, to: part.start) {
                    return end
                }
            }
            reach = max(reach, part.end)
        }
        return odd % 2 == 1 ? last : nil
    }

    private func firstWord(in words: Range<Int>, where holds: (GuardWord) -> Bool) -> Int {
        var (low, high) = (words.lowerBound, words.upperBound)
        while low < high {
            let middle = (low + high) / 2
            if holds(guardWords[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }

    // MARK: Words

    /// The words of a condition that count, in order of start: not those that share a byte with an exception, and of odd ones
    /// the leftmost and longest that lie apart. Found when first asked.
    private mutating func words(of number: Int) -> Range<Int> {
        if let known = knownWords(of: number) { return known }
        let condition = program.conditions[number]
        let all = spans(condition.words)
        let except = condition.except < 0 || all.isEmpty ? 0..<0 : spans(condition.except)
        let begin = guardWords.count
        if spend(all.count + except.count) {
            found.removeAll(keepingCapacity: true)
            for place in except { found.append(arena[place]) }
            found.sortInPlace(0..<found.count) { $0.start < $1.start }
            var (next, reach) = (0, Int32.min)
            for place in all {
                let span = arena[place]
                while next < found.count, found[next].start < span.end {
                    reach = max(reach, found[next].end)
                    next += 1
                }
                if reach > span.start { continue }
                guardWords.append(GuardWord(start: span.start, end: span.end, earliestEnd: 0, latestEnd: 0))
            }
        }
        guardWords.sortInPlace(begin..<guardWords.count) { ($0.start, $1.end) < ($1.start, $0.end) }
        if condition.isOdd {
            var (kept, covered) = (begin, Int32.min)
            for place in begin..<guardWords.count where guardWords[place].start >= covered {
                covered = guardWords[place].end
                guardWords[kept] = guardWords[place]
                kept += 1
            }
            guardWords.removeLast(guardWords.count - kept)
        }
        var (earliest, latest) = (Int32.max, Int32.min)
        for place in begin..<guardWords.count {
            latest = max(latest, guardWords[place].end)
            guardWords[place].latestEnd = latest
        }
        for place in (begin..<guardWords.count).reversed() {
            earliest = min(earliest, guardWords[place].end)
            guardWords[place].earliestEnd = earliest
        }
        keepWords(begin..<guardWords.count, of: number)
        return begin..<guardWords.count
    }
}
