import ChineseText
import ClaimRules
import TermMatching

/// Finds the rules that a text meets, from the occurrences in it.
///
/// ```
///     occurrences          根治 9..<15      糖尿病 15..<24     不能根治 3..<15
///     candidates           rule 4, part 0   rule 4, part 1     rule 4, unless        by rule, then start
///     rule 4               根治 is cleared by the phrase: no hit
/// ```
/// Its buffers are reused. What it finds stays in `hits` and `parts` until the next text.
struct RuleEvaluator: ~Copyable {
    /// A rule met: which, and by which of `parts`.
    struct Hit {
        var rule: Int32
        /// Where the first part begins in the text.
        var start: Int32
        var parts: Range<Int>
    }

    /// An occurrence that met a part of a rule. Byte offsets in the judged text.
    struct Met: Equatable {
        var term: TermID
        var start: Int32
        var end: Int32
        var path: MatchPath
        /// Percent.
        var score: UInt8

        var match: TermMatch { TermMatch(term: term, start: start, end: end, path: path, score: score) }
    }

    /// What an occurrence is to one rule.
    struct Candidate {
        var rule: Int32
        /// The index of the part, or -1 for an `unless` phrase.
        var part: Int32
        var met: Met
        var start: Int32 { met.start }
        var end: Int32 { met.end }

        /// Longest first where two begin together, so that the leftmost and longest is met first; of two ways to hear
        /// the same characters, the surer.
        static func isBefore(_ a: Candidate, _ b: Candidate) -> Bool {
            if a.rule != b.rule { return a.rule < b.rule }
            if a.start != b.start { return a.start < b.start }
            if a.end != b.end { return a.end > b.end }
            if a.met.score != b.met.score { return a.met.score > b.met.score }
            return (a.part, a.met.term) < (b.part, b.met.term)
        }
    }

    let ruleSet: RuleSet
    /// `postings[firstPosting[t]..<firstPosting[t + 1]]` are the meanings of term t.
    private let firstPosting: [Int32]
    private let postings: [(rule: Int32, part: Int32)]
    /// By rule: what it asks of an occurrence, and what it looks at.
    private let demands: [Demand]
    private struct Demand {
        /// The score below which an occurrence is dropped.
        var minScore: UInt8
        /// Whether one inside another word is dropped.
        var wholeWords: Bool
        var speech: Bool
        var listing: Bool

        func looks(at target: Rule.Target) -> Bool { target == .speech ? speech : listing }
    }

    private(set) var hits: [Hit] = []
    private(set) var parts: [Met] = []
    /// In order of `Candidate.isBefore`.
    private(set) var candidates: [Candidate] = []
    private(set) var kept: [Candidate] = []
    private var chosen: [Candidate?] = []

    init(_ ruleSet: RuleSet) {
        self.ruleSet = ruleSet
        var first: [Int32] = [0]
        var flat: [(rule: Int32, part: Int32)] = []
        for list in ruleSet.postings {
            for posting in list {
                switch posting.role {
                case .part(let part): flat.append((Int32(posting.rule), Int32(part)))
                case .unless: flat.append((Int32(posting.rule), -1))
                }
            }
            first.append(Int32(flat.count))
        }
        firstPosting = first
        postings = flat
        demands = ruleSet.rules.map {
            Demand(
                minScore: UInt8(clamping: $0.evasion.minScore), wholeWords: $0.evasion.wholeWords,
                speech: $0.targets.contains(.speech), listing: $0.targets.contains(.listing))
        }
    }

    /// Whether a rule could be met by this occurrence, with others or alone.
    func mayMeet(_ occurrence: Occurrence, _ target: Rule.Target) -> Bool {
        postings(of: occurrence.term).contains { rule, part in
            part >= 0 && demands[Int(rule)].looks(at: target)
                && reasonToDrop(occurrence, rule: rule, part: part) == nil
        }
    }

    /// Finds the rules met with at least one part that ends behind `border`, in order of place, then of rule.
    ///
    /// Bytes before the border were judged with an earlier segment; a hit that lies there whole is not reported again.
    /// - Parameter cleared: Grows by the occurrences behind the border that `unless` phrases cleared.
    /// - Returns: false if the text had more than `limit` candidates and its end was not judged.
    mutating func evaluate(
        _ occurrences: [Occurrence], in text: UnsafeBufferPointer<UInt8>, behind border: Int, target: Rule.Target,
        limit: Int, cleared: inout Int
    ) -> Bool {
        let isWhole = list(occurrences, limit: limit)
        var first = 0
        while first < candidates.count {
            let rule = candidates[first].rule
            var end = first + 1
            while end < candidates.count, candidates[end].rule == rule { end += 1 }
            if demands[Int(rule)].looks(at: target) {
                meet(Int(rule), first..<end, in: text, behind: border, cleared: &cleared)
            }
            first = end
        }
        if hits.count > 1 { hits.sort { ($0.start, $0.rule) < ($1.start, $1.rule) } }
        return isWhole
    }

    /// Begins a text: lists what its occurrences are to which rules.
    ///
    /// - Returns: false if that is more than `limit`; the rest is left out.
    mutating func list(_ occurrences: [Occurrence], limit: Int) -> Bool {
        hits.removeAll(keepingCapacity: true)
        parts.removeAll(keepingCapacity: true)
        candidates.removeAll(keepingCapacity: true)
        for occurrence in occurrences {
            let own = postings(of: occurrence.term)
            if candidates.count + own.count > limit {
                candidates.sort(by: Candidate.isBefore)
                return false
            }
            let met = Met(
                term: occurrence.term, start: occurrence.start, end: occurrence.end, path: occurrence.path,
                score: occurrence.score)
            for (rule, part) in own where reasonToDrop(occurrence, rule: rule, part: part) == nil {
                candidates.append(Candidate(rule: rule, part: part, met: met))
            }
        }
        if candidates.count > 1 { candidates.sort(by: Candidate.isBefore) }
        return true
    }

    /// Adds the hits of one rule, whose candidates these are.
    ///
    /// `kept` then has the candidates that no `unless` phrase clears.
    mutating func meet(
        _ rule: Int, _ slice: Range<Int>, in text: UnsafeBufferPointer<UInt8>, behind border: Int, cleared: inout Int
    ) {
        clear(slice, behind: border, &cleared)
        if kept.isEmpty { return }
        let condition = ruleSet.rules[rule].condition
        if condition.parts.count == 1 {
            meetOne(rule, behind: border)
        } else {
            meetAll(rule, in: text, condition: condition, behind: border)
        }
    }

    func postings(of term: TermID) -> ArraySlice<(rule: Int32, part: Int32)> {
        postings[Int(firstPosting[term.index])..<Int(firstPosting[term.index + 1])]
    }

    /// Why a rule does not take an occurrence; nil if it does. An `unless` phrase is taken as it is found.
    @inline(__always)
    func reasonToDrop(_ occurrence: Occurrence, rule: Int32, part: Int32) -> ClaimExplanation.Dropped.Reason? {
        guard part >= 0 else { return nil }
        let demand = demands[Int(rule)]
        if occurrence.score < demand.minScore { return .belowMinScore }
        return occurrence.isEmbedded && demand.wholeWords ? .insideWord : nil
    }

    /// Keeps the part occurrences that share no byte with an `unless` phrase, in order of start.
    ///
    /// Both lists are in order of start. The furthest end of the phrases begun so far tells whether one of them
    /// reaches into the occurrence; the first phrase that begins inside it is the other way to overlap.
    private mutating func clear(_ slice: Range<Int>, behind border: Int, _ cleared: inout Int) {
        kept.removeAll(keepingCapacity: true)
        var next = nextPhrase(from: slice.lowerBound, slice)
        var reach: Int32 = -1
        for number in slice where candidates[number].part >= 0 {
            let candidate = candidates[number]
            while next < slice.upperBound, candidates[next].start <= candidate.start {
                reach = max(reach, candidates[next].end)
                next = nextPhrase(from: next + 1, slice)
            }
            let isInside = next < slice.upperBound && candidates[next].start < candidate.end
            if reach > candidate.start || isInside {
                if Int(candidate.end) > border { cleared += 1 }
            } else {
                kept.append(candidate)
            }
        }
    }

    private func nextPhrase(from number: Int, _ slice: Range<Int>) -> Int {
        var number = number
        while number < slice.upperBound, candidates[number].part >= 0 { number += 1 }
        return number
    }

    /// Leftmost-longest occurrences that do not overlap, except those that only lengthen one judged before.
    private mutating func meetOne(_ rule: Int, behind border: Int) {
        var covered: Int32 = -1
        var judgedEnd: Int32 = -1
        for candidate in kept where Int(candidate.end) <= border { judgedEnd = max(judgedEnd, candidate.end) }
        for candidate in kept where candidate.start >= covered {
            if Int(candidate.end) > border, candidate.start >= judgedEnd {
                hits.append(
                    Hit(rule: Int32(rule), start: candidate.start, parts: parts.count..<parts.count + 1))
                parts.append(candidate.met)
            }
            covered = candidate.end
        }
    }

    /// Bytes that a stretch may have beyond four for each character: what no reader sees, and emoji of many code points.
    private static let maxUnseenBytes = 1024

    /// Combinations of one occurrence of each part in one sentence and stretch, which do not overlap one another.
    ///
    /// From each occurrence on, every other part takes the occurrence that ends first: if that stretch is too long, no
    /// other from this beginning is shorter. Cost: occurrences x parts, times the occurrences inside one stretch.
    private mutating func meetAll(
        _ rule: Int, in text: UnsafeBufferPointer<UInt8>, condition: Rule.Condition, behind border: Int
    ) {
        let count = condition.parts.count
        let maxBytes = condition.within * 4 + Self.maxUnseenBytes
        var covered = 0
        for (first, opening) in kept.enumerated() where Int(opening.start) >= covered {
            if condition.order == .written, opening.part != 0 { continue }
            chosen.removeAll(keepingCapacity: true)
            for _ in 0..<count { chosen.append(nil) }
            chosen[Int(opening.part)] = opening
            if condition.order == .written {
                var position = opening.end
                for part in 1..<count {
                    var best: Candidate?
                    for candidate in kept[(first + 1)...] {
                        if Int(candidate.start) - Int(opening.start) > maxBytes { break }
                        if candidate.part == part, candidate.start >= position, candidate.end < best?.end ?? .max {
                            best = candidate
                        }
                    }
                    guard let best else { break }
                    chosen[part] = best
                    position = best.end
                }
            } else {
                for candidate in kept[(first + 1)...] {
                    if Int(candidate.start) - Int(opening.start) > maxBytes { break }
                    let part = Int(candidate.part)
                    if part == Int(opening.part) { continue }
                    if candidate.end < chosen[part]?.end ?? .max { chosen[part] = candidate }
                }
            }
            var end = 0
            var found = 0
            for case let candidate? in chosen {
                found += 1
                end = max(end, Int(candidate.end))
            }
            let start = Int(opening.start)
            guard found == count, VisibleCharacters.count(in: text, from: start, to: end) <= condition.within,
                !Sentence.ends(in: text, from: start, to: end)
            else { continue }
            covered = end
            guard end > border else { continue }
            let begin = parts.count
            for case let candidate? in chosen { parts.append(candidate.met) }
            parts[begin...].sort { ($0.start, $0.end) < ($1.start, $1.end) }
            hits.append(
                Hit(rule: Int32(rule), start: parts[begin].start, parts: begin..<parts.count))
        }
    }
}
