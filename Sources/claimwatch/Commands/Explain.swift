import ArgumentParser
import ClaimRules
import Foundation
import LiveEvents
import RuleTesting
import TermMatching

struct Explain: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show what the rules see in a text, and why they fire or not.",
        discussion: """
            Prints the text, each term that hits under the place where it hits, how it was recognised (literal, \
            folded, gap, filler, homophone, pinyin, alias, split, number) and how surely (0 to 1), what the text folds to, and \
            for every rule touched whether it fired and if not, what stopped it: an unless phrase, a missing part, the \
            product. Matches that a rule drops are named with the reason: its min_score, its whole_words, or ordinary words \
            that stand where a disguised term is heard (威信 for 微信, 最✨好喝 for 最好). So is a term that only a comma or \
            the like keeps from being met (根，治). \
            Of a text wider than the terminal each hit is shown in its surroundings.

            A rule with `product:` speaks of some goods only. Without --category the room has nothing on sale, and such \
            a rule fires with the remark that the category is not known.

            EXIT STATUS: 0, whether a rule fired or not; 64 no text; 65 the text is too long or not UTF-8; 78 the rules \
            cannot be used.

            EXAMPLE:
              claimwatch explain --rules deploy/rules --category 食品/蜂蜜 这个蜂蜜能根治糖尿病
            """)

    @Option(help: "The folder with the rule packs, or one pack.", completion: .directory)
    var rules: String

    @Option(help: "The category of the product on sale, a path such as 食品/蜂蜜.")
    var category: String?

    @Flag(help: "The text is a listing's title; otherwise it is speech.")
    var listing = false

    @Argument(help: "The text to explain.")
    var text: String

    func validate() throws {
        guard text.contains(where: { !$0.isWhitespace }) else {
            throw ValidationError("the text is empty: give what the host says, in quotes if it has spaces")
        }
    }

    func run() throws {
        guard Self.argumentsAreUTF8 else {
            throw failure(.badData, "the text is not UTF-8: set the terminal to UTF-8, or convert it with iconv")
        }
        let ruleSet = try LoadedRules.ruleSet(folder: rules)
        let sample = SampleRun(text: text, category: category, target: listing ? .listing : .speech)
        let alerts: [Alert]
        do {
            alerts = try sample.alerts(ruleSet)
        } catch {
            throw failure(.badData, "the text cannot be judged: \(error.detail)")
        }
        let reading = RuleReading(sample, ruleSet: ruleSet)
        let style = TextStyle.of(STDOUT_FILENO)
        print(
            HitList.lines(reading, style: style, columns: terminalSize(STDOUT_FILENO)?.columns).joined(separator: "\n"))
        print("")
        print(OutcomeList.lines(reading, fired: alerts, style: style).joined(separator: "\n"))
    }

    /// Swift repairs arguments without a word; what was not UTF-8 would be taken for something else.
    private static var argumentsAreUTF8: Bool {
        CommandLine.unsafeArgv.withMemoryRebound(to: UnsafeMutablePointer<CChar>?.self, capacity: Int(CommandLine.argc))
        {
            arguments in
            (0..<Int(CommandLine.argc)).allSatisfy { index in
                arguments[index].map { String(validatingCString: $0) != nil } ?? true
            }
        }
    }
}
