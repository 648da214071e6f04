import ClaimRules
import LiveEvents
import TermMatching

/// A term whose characters all stand in the text, with a sign among them that is never a gap.
///
///     term 降血脂, gaps: 2     降-血脂      found
///                              降，血脂     interrupted by ，
public struct InterruptedTerm: Sendable, Equatable {
    /// The part of the rule that it would be, 1-based.
    public var part: Int
    public var term: String
    /// What stands in the text, signs included.
    public var surface: String
    /// The signs that are no gap, each once, in order of the text.
    public var signs: [Unicode.Scalar]
}

extension RuleReading {
    /// By rule, which terms would be met if the signs that are no gap did not stand in the text.
    ///
    /// Only what would be met as written or through gaps: by sound almost any two clauses have something in common.
    func findInterrupted() -> [Int: [InterruptedTerm]] {
        let scalars = sample.text.unicodeScalars
        guard scalars.contains(where: CharacterKind.noGaps.contains) else { return [:] }
        var kept = String.UnicodeScalarView()
        // For each byte that is kept, and for the end, where it stands in the text.
        var places: [Int] = []
        var place = 0
        for scalar in scalars {
            let length = UTF8.width(scalar)
            if !CharacterKind.noGaps.contains(scalar) {
                kept.append(scalar)
                places += place..<place + length
            }
            place += length
        }
        var closedUp = sample
        closedUp.text = String(kept)
        let reading = RuleReading(found: closedUp, ruleSet: ruleSet)
        let bytes = Array(sample.text.utf8)
        var interrupted: [Int: [InterruptedTerm]] = [:]
        for hit in reading.hits where [.literal, .folded, .gap].contains(hit.path) {
            let (start, end) = (places[hit.start], places[hit.end - 1] + 1)
            guard end - start > hit.end - hit.start else { continue }
            let surface = String(decoding: bytes[start..<end], as: UTF8.self)
            var signs: [Unicode.Scalar] = []
            for scalar in surface.unicodeScalars
            where CharacterKind.noGaps.contains(scalar) && !signs.contains(scalar) { signs.append(scalar) }
            for posting in hit.postings {
                guard case .part(let part) = posting.role,
                    !reading.drops(hit, rule: posting.rule, role: posting.role)
                else { continue }
                interrupted[posting.rule, default: []].append(
                    InterruptedTerm(part: part + 1, term: hit.term, surface: surface, signs: signs))
            }
        }
        return interrupted
    }

    /// Rules that look at the text and would have every part in it if no sign interrupted a term.
    var rulesNearlyTouched: [Int] {
        interrupted.keys.filter { number in
            let rule = ruleSet.rules[number]
            guard rule.targets.contains(sample.target) else { return false }
            var there = Set(interrupted[number]?.map(\.part) ?? [])
            for (_, role) in hits(of: number) { if case .part(let part) = role { there.insert(part + 1) } }
            return there.count == ruleSet.program.parts(ofRule: number).count
        }
    }
}
