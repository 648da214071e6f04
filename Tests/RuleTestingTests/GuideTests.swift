import ClaimRules
import Foundation
import RuleTesting
import Testing

/// What the guide shows can be loaded, and its examples are true.
///
/// A block that begins with `pack:` or `lexicon:` is a whole file. One that begins with `- id:` is a rule without the keys
/// that every rule has.
@Suite struct `The guide` {
    struct Page: CustomTestStringConvertible {
        let language, name: String
        var testDescription: String { "\(language)/\(name)" }
    }

    private static let root = URL(filePath: #filePath).appending(path: "../../..").standardized
    static let pages = ["zh", "en"].flatMap { language in
        ["first-rule", "recipes"].map { Page(language: language, name: $0) }
    }

    @Test(arguments: pages)
    func `loads, and its examples come out as it says`(page: Page) throws {
        let files = try Self.files(of: page)
        #expect(files.count >= 2)
        let loaded = RulePackLoader.load(files)
        #expect(loaded.problems.map(\.description) == [])
        let tests = try ExampleTests.run(loaded)
        #expect(tests.count >= 4)
        #expect(tests.failures.map { "\($0.rule): \($0.example.text)" } == [])
    }

    @Test func `shows the same rules in both languages`() throws {
        let blocks = try ["zh", "en"].map { try Self.blocks(of: Page(language: $0, name: "recipes")) }
        #expect(blocks[0] == blocks[1])
    }

    private static func files(of page: Page) throws -> [PackFile] {
        var texts: [String] = []
        var rules = ""
        for block in try blocks(of: page) {
            if block.hasPrefix("- id:") { rules += completed(block) } else { texts.append(block) }
        }
        if !rules.isEmpty { texts.append("pack: guide\nrequires: claimwatch/2\nrules:\n" + rules) }
        return texts.enumerated().map { PackFile(path: "guide-\($0).yaml", bytes: Array($1.utf8)) }
    }

    private static func completed(_ block: String) -> String {
        var lines = block.split(separator: "\n", omittingEmptySubsequences: false).map { "  " + $0 }
        lines.insert("    title: 例\n    severity: medium\n    legal_basis: [{law: 广告法, article: 第二十八条}]", at: 1)
        return lines.joined(separator: "\n") + "\n"
    }

    private static func blocks(of page: Page) throws -> [String] {
        let file = root.appending(path: "docs/rules/\(page.language)/\(page.name).md")
        let parts = try String(contentsOf: file, encoding: .utf8).components(separatedBy: "```")
        return parts.filter { $0.hasPrefix("yaml\n") }.map { String($0.dropFirst("yaml\n".count)) }
    }
}
