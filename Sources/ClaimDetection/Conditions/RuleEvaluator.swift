import ClaimRules
import TermMatching

/// A rule met by a text: which term met which part, where. Byte offsets in the judged text.
struct Hit: Equatable {
    struct Part: Equatable {
        var term: Int
        var start: Int
        var end: Int
        var path: MatchPath
        /// Percent.
        var score: UInt8

        var match: TermMatch {
            TermMatch(term: Int32(term), start: Int32(start), end: Int32(end), path: path, score: score)
        }
    }
    var rule: Int
    /// In order of place in the text.
    var parts: [Part]
    var start: Int { parts[0].start }
    var end: Int { parts.reduce(0) { max($0, $1.end) } }
}

/// Why a rule whose terms occur was not met; for `explain` and failed examples.
public enum Miss: Equatable, Sendable {
    /// Every occurrence of a part shares a character with an `unless` phrase. The phrases in order of the text.
    case cleared(by: [String])
    /// No term of these parts (1-based, as written) occurs.
    case missingParts([Int])
    /// All parts occur, but not within the stretch, the sentence or the order that the rule asks for.
    case apart
}

/// A match that a rule does not take, and why.
struct DroppedMatch {
    var part: Int
    var match: TermMatch
    var reason: ClaimExplanation.Dropped.Reason
    /// The words that are read there instead.
    var words: [String] = []
}

/// Finds the rules a text meets: terms in one pass, then only the rules whose terms occurred.
///
/// Owned by one worker; its buffers are reused, and a text without any term costs the scan and nothing else.
final class RuleEvaluator {
    struct Occurrence {
        var rule: Int32
        /// The index of the part, or -1 for an `unless` phrase.
        var part: Int32
        var term: Int32
        var start: Int32
        var end: Int32
        var path: MatchPath
        var score: UInt8

        var hitPart: Hit.Part {
            Hit.Part(term: Int(term), start: Int(start), end: Int(end), path: path, score: score)
        }
    }

    let ruleSet: RuleSet
    private let index: TermIndex
    /// `postings[firstPosting[t]..<firstPosting[t + 1]]` are the meanings of term t.
    private let firstPosting: [Int32]
    private let postings: [(rule: Int32, part: Int32)]
    /// By rule: the score below which a match is dropped, and whether one inside another word is.
    private let demands: [(minScore: UInt8, wholeWords: Bool)]
    private var matches = MatchBuffer(capacity: 1_024)
    private var occurrences: [Occurrence] = []

    init(ruleSet: RuleSet) {
        self.ruleSet = ruleSet
        index = ruleSet.index
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
        demands = ruleSet.rules.map { (UInt8(clamping: $0.evasion.minScore), $0.evasion.wholeWords) }
    }

    /// The rules met by `text` with at least one part that ends after `fresh`.
    ///
    /// Bytes before `fresh` were judged with an earlier segment; a hit that lies there whole is not reported again.
    /// - Returns: false if the text had more than `maxOccurrences` and its end was not judged.
    func judge(
        _ text: UnsafeBufferPointer<UInt8>, fresh: Int, target: Rule.Target, maxOccurrences: Int,
        cleared: inout Int, _ report: (Hit) -> Void
    ) -> Bool {
        matches.removeAll()
        // A match is an occurrence at least.
        matches.limit = maxOccurrences
        index.scan(text, into: &matches)
        if matches.count == 0 { return !matches.isCutShort }
        let isWhole = collect(maxOccurrences: maxOccurrences) && !matches.isCutShort
        forEachRule { rule, slice in
            let description = ruleSet.rules[rule]
            guard description.targets.contains(target) else { return }
            let kept = Self.clear(slice, &cleared)
            if kept.isEmpty { return }
            if description.condition.parts.count == 1 {
                Self.single(kept, fresh: fresh) { report(Hit(rule: rule, parts: [$0])) }
            } else {
                Self.combined(kept, in: text, condition: description.condition, fresh: fresh) {
                    report(Hit(rule: rule, parts: $0))
                }
            }
        }
        return isWhole
    }

    /// Every term occurrence in the text and why each rule that has one was met or not.
    func explain(
        _ text: UnsafeBufferPointer<UInt8>, target: Rule.Target
    ) -> (occurrences: [TermMatch], verdicts: [Verdict]) {
        matches.removeAll()
        matches.limit = .max
        index.scan(text, into: &matches)
        let all = (0..<matches.count).map { matches[$0] }
        _ = collect(maxOccurrences: .max)
        var verdicts: [Verdict] = []
        var dropped = droppedMatches(in: text)
        forEachRule { rule, slice in
            guard slice.contains(where: { $0.part >= 0 }) else { return }
            let condition = ruleSet.rules[rule].condition
            var ignored = 0
            let kept = Self.clear(slice, &ignored)
            var hits: [Hit] = []
            if condition.parts.count == 1 {
                Self.single(kept, fresh: 0) { hits.append(Hit(rule: rule, parts: [$0])) }
            } else {
                Self.combined(kept, in: text, condition: condition, fresh: 0) {
                    hits.append(Hit(rule: rule, parts: $0))
                }
            }
            verdicts.append(
                Verdict(
                    rule: rule, hits: hits,
                    miss: hits.isEmpty ? miss(slice, kept: kept, parts: condition.parts.count) : nil,
                    dropped: dropped.removeValue(forKey: rule) ?? []))
        }
        for (rule, matches) in dropped {
            let parts = Array(1...ruleSet.rules[rule].condition.parts.count)
            verdicts.append(Verdict(rule: rule, hits: [], miss: .missingParts(parts), dropped: matches))
        }
        return (all, verdicts.sorted { $0.rule < $1.rule })
    }

    /// What came of a rule that has a term in the text.
    struct Verdict {
        var rule: Int
        var hits: [Hit]
        var miss: Miss?
        var dropped: [DroppedMatch]
    }

    /// Why a rule does not take a match; nil if it does. An `unless` phrase is taken as it is.
    @inline(__always)
    private func reasonToDrop(_ match: TermMatch, rule: Int32, part: Int32) -> ClaimExplanation.Dropped.Reason? {
        guard part >= 0 else { return nil }
        let demand = demands[Int(rule)]
        if match.score < demand.minScore { return .belowMinScore }
        return match.isEmbedded && demand.wholeWords ? .insideWord : nil
    }

    /// By rule, in the order of the text: what it does not take, and what was heard and not meant.
    private func droppedMatches(in text: UnsafeBufferPointer<UInt8>) -> [Int: [DroppedMatch]] {
        var dropped: [Int: [DroppedMatch]] = [:]
        for number in 0..<matches.count {
            let match = matches[number]
            for posting in postings(of: match) {
                guard let reason = reasonToDrop(match, rule: posting.rule, part: posting.part) else { continue }
                dropped[Int(posting.rule), default: []].append(
                    DroppedMatch(part: Int(posting.part), match: match, reason: reason))
            }
        }
        for rejected in index.rejectedMatches(in: text) {
            // An `unless` phrase is taken as it is written.
            for posting in postings(of: rejected.match) where posting.part >= 0 {
                dropped[Int(posting.rule), default: []].append(
                    DroppedMatch(
                        part: Int(posting.part), match: rejected.match, reason: .init(rejected.reason),
                        words: rejected.words))
            }
        }
        return dropped.mapValues { $0.sorted { ($0.match.start, $0.match.end) < ($1.match.start, $1.match.end) } }
    }

    private func postings(of match: TermMatch) -> ArraySlice<(rule: Int32, part: Int32)> {
        postings[Int(firstPosting[Int(match.term)])..<Int(firstPosting[Int(match.term) + 1])]
    }

    private func miss(_ slice: ArraySlice<Occurrence>, kept: [Occurrence], parts: Int) -> Miss {
        let before = Set(slice.map(\.part))
        let after = Set(kept.map(\.part))
        let absent = (0..<Int32(parts)).filter { !before.contains($0) }
        if !absent.isEmpty { return .missingParts(absent.map { Int($0) + 1 }) }
        if (0..<Int32(parts)).contains(where: { !after.contains($0) }) {
            let phrases = slice.filter { phrase in
                phrase.part < 0
                    && slice.contains { $0.part >= 0 && $0.start < phrase.end && phrase.start < $0.end }
            }
            return .cleared(by: phrases.map { ruleSet.terms[Int($0.term)] })
        }
        return .apart
    }

    private func collect(maxOccurrences: Int) -> Bool {
        occurrences.removeAll(keepingCapacity: true)
        var isWhole = true
        for number in 0..<matches.count {
            let match = matches[number]
            let range = Int(firstPosting[Int(match.term)])..<Int(firstPosting[Int(match.term) + 1])
            if occurrences.count + range.count > maxOccurrences {
                isWhole = false
                break
            }
            for posting in range {
                let (rule, part) = postings[posting]
                if reasonToDrop(match, rule: rule, part: part) != nil { continue }
                occurrences.append(
                    Occurrence(
                        rule: rule, part: part, term: match.term, start: match.start, end: match.end,
                        path: match.path, score: match.score))
            }
        }
        // Longest first where two begin together, so that the leftmost and longest is met first; of two ways to hear
        // the same characters, the surer.
        occurrences.sort {
            ($0.rule, $0.start, -$0.end, $1.score, $0.part, $0.term)
                < ($1.rule, $1.start, -$1.end, $0.score, $1.part, $1.term)
        }
        return isWhole
    }

    private func forEachRule(_ body: (Int, ArraySlice<Occurrence>) -> Void) {
        var start = 0
        while start < occurrences.count {
            var end = start + 1
            while end < occurrences.count, occurrences[end].rule == occurrences[start].rule { end += 1 }
            body(Int(occurrences[start].rule), occurrences[start..<end])
            start = end
        }
    }

    /// The part occurrences that share no byte with an `unless` phrase, in order of start.
    ///
    /// Both lists are in order of start. The furthest end of the phrases begun so far tells whether one of them
    /// reaches into the occurrence; the first phrase that begins inside it is the other way to overlap.
    private static func clear(_ slice: ArraySlice<Occurrence>, _ cleared: inout Int) -> [Occurrence] {
        let unless = slice.filter { $0.part < 0 }
        var kept: [Occurrence] = []
        var next = 0
        var reach: Int32 = -1
        for occurrence in slice where occurrence.part >= 0 {
            while next < unless.count, unless[next].start <= occurrence.start {
                reach = max(reach, unless[next].end)
                next += 1
            }
            let isInside = next < unless.count && unless[next].start < occurrence.end
            if reach > occurrence.start || isInside {
                cleared += 1
            } else {
                kept.append(occurrence)
            }
        }
        return kept
    }

    /// Leftmost-longest occurrences that do not overlap, except those that only lengthen one judged before.
    private static func single(_ kept: [Occurrence], fresh: Int, _ report: (Hit.Part) -> Void) {
        var covered: Int32 = -1
        var judgedEnd: Int32 = -1
        for occurrence in kept where Int(occurrence.end) <= fresh { judgedEnd = max(judgedEnd, occurrence.end) }
        for occurrence in kept where occurrence.start >= covered {
            if Int(occurrence.end) > fresh, occurrence.start >= judgedEnd {
                report(occurrence.hitPart)
            }
            covered = occurrence.end
        }
    }

    /// Combinations of one occurrence of each part in one sentence and stretch, which do not overlap one another.
    ///
    /// From each occurrence on, every other part takes the occurrence that ends first: if that stretch is too long, no
    /// other from this beginning is shorter. Cost: occurrences x parts, times the occurrences inside one stretch.
    private static func combined(
        _ kept: [Occurrence], in text: UnsafeBufferPointer<UInt8>, condition: Rule.Condition, fresh: Int,
        _ report: ([Hit.Part]) -> Void
    ) {
        let parts = condition.parts.count
        // A stretch of n characters has at most 4 n bytes, plus ignorable code points, which count as characters.
        let maxBytes = condition.within * 4
        var covered = 0
        for (first, opening) in kept.enumerated() where Int(opening.start) >= covered {
            if condition.order == .written, opening.part != 0 { continue }
            var chosen = [Occurrence?](repeating: nil, count: parts)
            chosen[Int(opening.part)] = opening
            if condition.order == .written {
                var position = opening.end
                for part in 1..<parts {
                    var best: Occurrence?
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
            let found = chosen.compactMap { $0 }
            guard found.count == parts else { continue }
            let end = found.reduce(0) { max($0, Int($1.end)) }
            let start = Int(opening.start)
            guard Utf8.countCharacters(in: text, from: start, to: end) <= condition.within,
                !Sentence.ends(in: text, from: start, to: end)
            else { continue }
            covered = end
            if end > fresh {
                report(found.sorted { ($0.start, $0.end) < ($1.start, $1.end) }.map(\.hitPart))
            }
        }
    }
}

extension ClaimExplanation.Dropped.Reason {
    fileprivate init(_ reason: RejectedMatch.Reason) {
        switch reason {
        case .scoresLow: self = .belowMinScore
        case .ordinaryWord: self = .ordinaryWord
        case .otherWords: self = .otherWords
        case .fillerInWord: self = .fillerInWord
        }
    }
}
