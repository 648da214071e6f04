import ArgumentParser
import ClaimRules

struct Schema: ParsableCommand {
    /// The schemas that the program makes; those of records are files of `schemas/`.
    enum Name: String, ExpressibleByArgument, CaseIterable { case rulepack }

    static let configuration = CommandConfiguration(
        abstract: said("输出规则包的 JSON Schema，给编辑器用。", "Print the JSON Schema of rule packs, for editors."),
        discussion: """
            An editor with a YAML language server completes and checks a pack by it if the first line of the pack names \
            the file:

              # yaml-language-server: $schema=rulepack.v1.json

            EXIT STATUS: 0 it was printed; 74 the output could not be written.

            EXAMPLE:
              claimwatch schema rulepack > rulepack.v1.json
            """)

    @Argument(help: "Which schema: rulepack.")
    var name: Name

    func run() throws {
        switch name {
        case .rulepack: print(RuleLanguage.schema, terminator: "")
        }
    }
}
