public import ClaimRules
import ClaimScreen
public import LiveEvents

/// Judges labelled lines as they come. Memory: that of one room, and a few lines of the result.
public final class Evaluator {
    /// Cases kept of each kind.
    private static let mostCases = 10

    public private(set) var evaluation: Evaluation
    private let ruleSet: RuleSet
    private let rooms: SampleRooms
    private var falseCases = Ranking<Evaluation.Case>(limit: mostCases)
    private var missedCases = Ranking<Evaluation.Case>(limit: mostCases)

    public init(_ ruleSet: RuleSet, question: Evaluation.Question = Evaluation.Question()) {
        self.ruleSet = ruleSet
        evaluation = Evaluation(question, ruleSet)
        rooms = SampleRooms(ruleSet)
    }

    /// - Throws: `DecodingError` if the text breaks a bound of the records; then nothing is counted.
    public func judge(_ line: LabelledLine) throws(LiveEvents.DecodingError) {
        let question = evaluation.question
        var sample = SampleRun(
            text: line.text, category: line.category ?? question.category, target: line.target ?? question.target)
        sample.room.day = question.day
        let all = try rooms.alerts(sample)
        let counting = passesScreen(line, all) ? all.filter(counts) : []
        let label = line.label.lowercased()
        evaluation.labels[label, default: .init()].lines += 1
        if !counting.isEmpty { evaluation.labels[label, default: .init()].accused += 1 }
        guard let truth = question.truth(of: label), truth != .ignored else { return }
        let isViolating = truth == .violating
        evaluation.alerts += counting.count
        switch (isViolating, counting.isEmpty) {
        case (true, false): evaluation.counts.found += 1
        case (true, true):
            evaluation.counts.missed += 1
            let nearest = gravest(all)
            missedCases.add(
                .init(line: line, alert: nearest), text: line.text,
                rank: (rank(nearest?.rule.severity.word), nearest?.score ?? 0, Self.chance(line.text)))
            evaluation.worstMissed = missedCases.best
        case (false, false):
            evaluation.counts.wrong += 1
            let gravest = gravest(counting)
            falseCases.add(
                .init(line: line, alert: gravest), text: line.text,
                rank: (rank(gravest?.rule.severity.word), gravest?.score ?? 0, 0))
            evaluation.worstFalse = falseCases.best
        case (false, true): evaluation.counts.clear += 1
        }
        share(all, counting, isViolating)
    }

    /// Judges a whole room. What a screen says is not asked: it judges texts, not rooms.
    /// - Throws: `DecodingError` if an event is none; then nothing is counted.
    public func judge(_ room: LabelledRoom) throws(LiveEvents.DecodingError) {
        evaluation.rooms.add(room, try room.alerts(ruleSet).filter { counts($0.last) })
    }

    private func counts(_ alert: Alert) -> Bool {
        let question = evaluation.question
        return (alert.mode == .live || question.countsShadow)
            && rank(alert.rule.severity.word) >= rank(question.leastSeverity)
    }

    private func passesScreen(_ line: LabelledLine, _ alerts: [Alert]) -> Bool {
        guard let screen = evaluation.question.screen, !alerts.isEmpty else { return true }
        return screen.score(line.text) >= evaluation.question.leastScreen
    }

    private func share(_ all: [Alert], _ counting: [Alert], _ isViolating: Bool) {
        func count(_ share: inout Evaluation.Share, isAlone: Bool) {
            if isViolating { share.found += 1 } else { share.wrong += 1 }
            if isAlone, isViolating { share.foundAlone += 1 }
            if isAlone, !isViolating { share.wrongAlone += 1 }
        }
        for rule in Set(all.map(\.rule.id)) {
            let others = counting.contains { $0.rule.id != rule }
            count(&evaluation.byRule[rule, default: .init()], isAlone: !others)
        }
        for category in Set(all.map(\.rule.category)) {
            let others = counting.contains { $0.rule.category != category }
            count(&evaluation.byCategory[category, default: .init()], isAlone: !others)
        }
    }

    private func gravest(_ alerts: [Alert]) -> Alert? {
        alerts.max { a, b in
            let (p, q) = (rank(a.rule.severity.word), rank(b.rule.severity.word))
            return (p, a.score, b.rule.id) < (q, b.score, a.rule.id)
        }
    }

    private func rank(_ severity: Severity?) -> Int { severity.flatMap(Severity.allCases.firstIndex(of:)) ?? -1 }

    /// A number for a text that says nothing about it (FNV-1a), so that a sample is spread over a file and repeats.
    private static func chance(_ text: String) -> UInt64 {
        text.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }
}

/// The values with the highest ranks so far, no text twice; of equal ranks the first that came.
private struct Ranking<Value> {
    typealias Rank = (Int, Double, UInt64)
    let limit: Int
    private var kept: [(value: Value, text: String, rank: Rank)] = []

    init(limit: Int) { self.limit = limit }

    var best: [Value] { kept.map(\.value) }

    mutating func add(_ value: Value, text: String, rank: Rank) {
        if kept.count == limit, let last = kept.last, last.rank >= rank { return }
        if let known = kept.firstIndex(where: { $0.text == text }) {
            if kept[known].rank >= rank { return }
            kept.remove(at: known)
        }
        let place = kept.firstIndex { $0.rank < rank } ?? kept.count
        kept.insert((value, text, rank), at: place)
        if kept.count > limit { kept.removeLast() }
    }
}
