import ClaimRules
import LiveEvents
import TermMatching
import Testing

@testable import ClaimDetection

/// A rule of claimwatch/2 that any of these words meets.
private func anyOf(_ texts: [String], threshold: Int = 1) -> Rule {
    var rule = rule("news", parts: [], threshold: threshold)
    rule.match = .text(.words(WordSet(terms: texts.map { Term($0) })))
    return rule
}

@Suite struct `Hits of other words` {
    private static let words = ["根治", "断根", "除根", "包好", "治好", "痊愈", "祛病", "消肿", "止痛", "排毒"]

    private static func revisions(_ said: [String], of rule: Rule) -> [[Int]] {
        let rooms = RoomStore(ruleSet: ruleSet(rule))
        return said.enumerated().map { number, text in
            rooms.play([.say("这个能\(text)。")], from: Int64(number)).map(\.occurrences)
        }
    }

    @Test func `bring a revision at once, and the same words again when they have doubled`() {
        let said = ["根治", "根治", "断根", "根治", "除根", "断根"]
        let rule = anyOf(Self.words)
        #expect(Self.revisions(said, of: rule) == [[1], [2], [3], [], [5], []])
    }

    @Test func `bring eight revisions at most before they wait like the others`() {
        let rule = anyOf(Self.words)
        let published = Self.revisions(Self.words, of: rule).flatMap { $0 }
        #expect(published == [1, 2, 3, 4, 5, 6, 7, 8])
    }

    @Test func `wait in rules of claimwatch one`() {
        let rule = rule("former", parts: [Self.words])
        #expect(Self.revisions(["根治", "断根", "除根", "包好"], of: rule) == [[1], [2], [], [4]])
    }

    @Test func `wait for the threshold, too`() {
        #expect(Self.revisions(["根治", "断根", "除根"], of: anyOf(Self.words, threshold: 2)) == [[], [2], [3]])
    }

    @Test func `are known after a restart`() {
        let set = ruleSet(anyOf(Self.words))
        let first = RoomStore(ruleSet: set)
        first.play([.say("能根治。"), .say("能断根。"), .say("能除根。")])
        var log = Changelog()
        log.take(from: first)
        let second = RoomStore(ruleSet: set)
        log.restore(into: second)
        for text in ["能根治。", "能包好。", "能断根。"] {
            #expect(second.play([.say(text)], from: 3) == first.play([.say(text)], from: 3))
        }
    }
}
