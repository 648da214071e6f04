import ArgumentParser
import ClaimRules
import Foundation
import LiveEvents
import PatternMatching

struct Explain: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show what the rules see in a text, and why they fire or not.",
        discussion: """
            Prints what the text folds to, each term that hits under the place where it hits, and for every rule \
            touched whether it fired and if not, what stopped it: an unless phrase, a missing part, the product.

            EXIT STATUS: 0, whether a rule fired or not; 65 the text is too long or not UTF-8; 78 the rules cannot be \
            used.

            EXAMPLE:
              claimwatch explain --rules deploy/rules --category 食品/蜂蜜 这个蜂蜜能根治糖尿病
            """)

    @Option(help: "The folder with the rule packs.", completion: .directory)
    var rules: String

    @Option(help: "The category of the product on sale, a path such as 食品/蜂蜜.")
    var category: String?

    @Flag(help: "The text is a listing's title; otherwise it is speech.")
    var listing = false

    @Argument(help: "The text to explain.")
    var text: String

    func run() throws {
        let ruleSet = try LoadedRules.ruleSet(folder: rules)
        let rehearsal = Rehearsal(text: text, category: category, target: listing ? .listing : .speech)
        let alerts: [Alert]
        do {
            alerts = try rehearsal.alerts(ruleSet)
        } catch {
            throw failure(.badData, "the text cannot be judged: \(error.detail)")
        }
        let reading = RuleReading(rehearsal, ruleSet: ruleSet)
        printFolding(reading)
        printVerdicts(reading, fired: alerts)
    }

    private func printFolding(_ reading: RuleReading) {
        print("text    \(DisplayText.printable(text))")
        var printed: Set<String> = []
        for hit in reading.hits {
            let carets = DisplayText.carets(under: text, from: hit.start, to: hit.end)
            // One term may serve many rules; the verdicts below name them.
            guard printed.insert("\(hit.term) \(hit.start)").inserted else { continue }
            print("        \(carets) \(hit.term)  (bytes \(hit.start)..<\(hit.end))")
        }
        print("folded  \(DisplayText.printable(TermIndex.folded(text)))")
    }

    private func printVerdicts(_ reading: RuleReading, fired alerts: [Alert]) {
        let style = TextStyle.of(STDOUT_FILENO)
        let touched = reading.rulesTouched
        print("")
        guard !touched.isEmpty else {
            print("No rule has a term in this text.")
            return
        }
        for number in touched {
            let rule = reading.ruleSet.rules[number]
            if let alert = alerts.first(where: { $0.rule.id == rule.id }) {
                print("\(style.paint("FIRED", .redOnBold))    \(AlertText.headline(alert, style: style))")
            } else {
                print("\(style.paint("clear", .dim))    \(rule.id) \(rule.title)")
                print("         \(reading.reasonNotFired(number))")
            }
            let terms = reading.hits(of: number).map { "\(RuleReading.describe($0.role)) 「\($0.hit.term)」" }
            print("         \(terms.joined(separator: ", "))")
        }
    }
}
