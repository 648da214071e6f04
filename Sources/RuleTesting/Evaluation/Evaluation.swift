public import ClaimRules
public import ClaimScreen
public import LiveEvents

/// A text and what a person said of it.
public struct LabelledLine: Sendable, Equatable {
    /// 1-based, in its file.
    public var number: Int
    public var label: String
    public var text: String
    /// The category of the product on sale, where the line tells it.
    public var category: String?
    /// What the text is, where the line tells it.
    public var target: Rule.Target?
    public init(number: Int, label: String, text: String, category: String? = nil, target: Rule.Target? = nil) {
        (self.number, self.label, self.text) = (number, label, text)
        (self.category, self.target) = (category, target)
    }
}

/// How well rules tell labelled lines apart.
///
/// Each line is judged alone, in a room of its own. It is *accused* if an alert that counts comes of it; what its label
/// says is the truth. A line whose label is ignored, or says nothing known, is judged and counted by label, and nowhere
/// else. Whole rooms with ground truth are counted apart, in `rooms`.
public struct Evaluation: Sendable {
    /// What is asked.
    public struct Question: Sendable {
        /// Labels of lines that should be accused, in lower case, as are all here: a label counts however it is cased.
        public var positive: Set<String> = ["violating", "confirmed", "违规", "违法"]
        /// Labels of lines that should not.
        public var lawful: Set<String> = ["lawful", "clean", "clear", "dismissed", "合规", "合法", "正常"]
        /// Labels that tell neither.
        public var ignored: Set<String> = ["doubtful", "unclear", "存疑"]
        /// The category of the product on sale, where a line tells none; nil leaves the rooms without a listing.
        public var category: String?
        /// What texts are, where a line does not tell.
        public var target = Rule.Target.speech
        /// When it is said (yyyy-MM-dd, in China); nil is a fixed day.
        public var day: String?
        /// Alerts below do not count.
        public var leastSeverity = Severity.info
        /// Whether rules on trial count like those in force.
        public var countsShadow = false
        /// Asked about each line with an alert: below `leastScreen`, 0 to 1, its alerts do not count.
        public var screen: ScreenModel?
        public var leastScreen = 0.5
        public init() {}

        /// What a label says; nil if nobody has said what it means.
        public func truth(of label: String) -> Truth? {
            let label = label.lowercased()
            if positive.contains(label) { return .violating }
            if ignored.contains(label) { return .ignored }
            return lawful.contains(label) ? .lawful : nil
        }
    }

    /// What a person said of a line.
    public enum Truth: Sendable { case violating, lawful, ignored }

    /// Lines by truth and by decision. A share of nothing is nil.
    public struct Counts: Sendable, Equatable {
        /// Violating and accused.
        public var found = 0
        /// Violating and not accused.
        public var missed = 0
        /// Lawful and accused.
        public var wrong = 0
        /// Lawful and not accused.
        public var clear = 0
        public init() {}

        public var lines: Int { found + missed + wrong + clear }
        public var violating: Int { found + missed }
        public var lawful: Int { wrong + clear }
        /// Of the accused lines, the share that is violating.
        public var precision: Double? { found + wrong == 0 ? nil : Double(found) / Double(found + wrong) }
        /// Of the violating lines, the share that is accused.
        public var recall: Double? { violating == 0 ? nil : Double(found) / Double(violating) }
        /// The harmonic mean of precision and recall.
        public var f1: Double? {
            violating == 0 || 2 * found + wrong + missed == 0
                ? nil : Double(2 * found) / Double(2 * found + wrong + missed)
        }
    }

    /// What one rule, or all rules of one kind of claim, did. Whether its alerts count or not: a rule on trial shows here
    /// what it would do.
    public struct Share: Sendable, Equatable {
        /// Violating lines with an alert of it.
        public var found = 0
        /// Lawful lines with an alert of it.
        public var wrong = 0
        /// Of `found`, lines that nothing else accused: what would be lost without it.
        public var foundAlone = 0
        /// Of `wrong`, lines that nothing else accused: what would be spared without it.
        public var wrongAlone = 0
        public init() {}
        public var precision: Double? { found + wrong == 0 ? nil : Double(found) / Double(found + wrong) }
    }

    /// Lines of one label.
    public struct LabelCount: Sendable, Equatable {
        public var lines = 0
        public var accused = 0
        public init() {}
    }

    /// A line and the gravest, surest alert that came of it.
    public struct Case: Sendable {
        public var line: LabelledLine
        /// Of a missed line one that does not count (a rule on trial, too low a severity), or nil.
        public var alert: Alert?
    }

    public let question: Question
    /// The content hash of the rule set that decided.
    public let ruleset: String
    /// The rules that decided, in their order; those with no alert at all are among them.
    public let rules: [Rule]
    public internal(set) var counts = Counts()
    /// Alerts that count, of the lines in `counts`; one line may raise several.
    public internal(set) var alerts = 0
    /// By label, in lower case.
    public internal(set) var labels: [String: LabelCount] = [:]
    public internal(set) var byRule: [RuleID: Share] = [:]
    /// By the kind of claim, e.g. "food.treatment".
    public internal(set) var byCategory: [String: Share] = [:]
    /// Lawful lines that were accused, the gravest and surest accusation first, no text twice.
    public internal(set) var worstFalse: [Case] = []
    /// Violating lines that nothing accused, no text twice: first those that an alert which does not count was raised of,
    /// then a sample of the others that is the same each time.
    public internal(set) var worstMissed: [Case] = []
    /// What came of whole rooms; they are in none of the figures above.
    public internal(set) var rooms = RoomCounts()

    /// Alerts that count per thousand lines of `counts`.
    public var alertsPerThousand: Double? {
        counts.lines == 0 ? nil : Double(alerts) * 1000 / Double(counts.lines)
    }
    /// Lines of ignored labels.
    public var ignoredLines: Int {
        labels.filter { question.truth(of: $0.key) == .ignored }.values.reduce(0) { $0 + $1.lines }
    }

    init(_ question: Question, _ ruleSet: RuleSet) {
        self.question = question
        ruleset = ruleSet.contentHash
        rules = ruleSet.rules
    }

    /// Judges lines that are at hand. A line that breaks a bound of the records is left out.
    public static func run(
        _ lines: some Sequence<LabelledLine>, _ ruleSet: RuleSet, question: Question = Question()
    ) -> Evaluation {
        let evaluator = Evaluator(ruleSet, question: question)
        for line in lines { try? evaluator.judge(line) }
        return evaluator.evaluation
    }
}
