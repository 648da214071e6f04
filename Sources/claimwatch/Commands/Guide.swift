import ArgumentParser
import ClaimRules

struct Guide: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: said("列出规则包每个键的意思。", "Print what each key of a rule pack means."),
        discussion: """
            Every key with what may stand there, its default and its meaning, in Chinese and English, as Markdown: the \
            reference of deploy/rules/README.md.

            EXIT STATUS: 0 it was printed; 74 the output could not be written.
            """)

    func run() throws { print(RuleLanguage.guide, terminator: "") }
}
