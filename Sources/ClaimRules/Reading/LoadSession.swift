import ChineseText
import TermMatching
import Yams

/// What is known across the files of one load: problems, names in use, folded terms, the budget.
final class LoadSession {
    var log = ProblemLog()
    var packs: [String: SourceLocation] = [:]
    var ruleIDs: [String: SourceLocation] = [:]
    var ruleCount = 0
    var overlays: [String: SourceLocation] = [:]
    var campaigns: [String: SourceLocation] = [:]
    /// How strict the site is, by which overlay, and where it says so; nil if none does.
    var siteStrictness: (value: Int, overlay: String, location: SourceLocation)?
    /// Below which score an alert is on trial.
    var siteScore: (percent: Int, location: SourceLocation)?
    /// Regular expressions read so far.
    var patterns = 0
    /// The classes and guards of all lexicons.
    let lexicons = WordBook()
    /// Sounds that some class takes for the same. Every rule that cites a lexicon asks the index for them.
    var classConfusions: SoundConfusions = []
    var lexiconNames: [String: SourceLocation] = [:]
    /// Names of lexicons, or `lexicon.name`, of which an error was told: that a rule cites them is no second one.
    var unreadNames: Set<String> = []
    /// Whether there is a lexicon of which not even the name could be read.
    var hasNamelessLexicon = false

    /// Notes a lexicon that could not be read, by what its lines say its name is.
    func noteUnread(_ file: PackFile) {
        for line in file.bytes.split(whereSeparator: { $0 == 10 || $0 == 13 }) {
            let line = String(decoding: line.prefix(200), as: UTF8.self)
            guard line.hasPrefix(Key.lexicon.rawValue) else { continue }
            let name = line.dropFirst(Key.lexicon.rawValue.count).drop { " \t:：\"'".contains($0) }
                .prefix { !" \t#\"'".contains($0) }
            if name.isEmpty { hasNamelessLexicon = true } else { unreadNames.insert(String(name)) }
            return
        }
    }
    /// Where each term was first written; for problems that show only when all terms are compiled.
    var termLocations: [String: SourceLocation] = [:]

    private var defaults: [String: Node] = [:]
    private var foldings: [String: String] = [:]
    private var termsUsed = 0

    func folded(_ term: String) -> String {
        if let known = foldings[term] { return known }
        let folded = FoldedText(term).text
        foldings[term] = folded
        return folded
    }

    /// The node of a default that the table of the language gives as YAML.
    func node(ofDefault text: String) -> Node? {
        if let known = defaults[text] { return known }
        let node = try? Parser(yaml: text, resolver: .basic, encoding: .utf8).singleRoot()
        defaults[text] = node
        return node
    }

    /// Counts one more use of a term. False once there are too many; the first time this is a problem.
    func spendTerm(at location: SourceLocation) -> Bool {
        termsUsed += 1
        if termsUsed == PackLimits.termsInAll + 1 {
            log.error(
                location, "全部规则包用到的词一共超过 \(PackLimits.termsInAll) 个。缩短词表，或少引用几次。",
                "the packs use more than \(PackLimits.termsInAll) terms in all. Shorten the lists or use them less.")
        }
        return termsUsed <= PackLimits.termsInAll
    }
}
