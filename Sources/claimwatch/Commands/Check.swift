import ArgumentParser
import ClaimRules
import Foundation
import LiveEvents
import RuleTesting

struct Check: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            abstract: said("检查规则包。", "Validate rule packs."),
            discussion: helpText(
                """
                列出文件夹里 *.yaml、*.yml 文件的每个问题：文件:行:列、错在哪里、怎么改。几个文件夹合成一套规则一起检查。包里的例句由 \
                claimwatch test 来跑。

                错误和警告之外还有建议（L…）：规则能用，但不像作者想的那样起作用，如法条已失效、词被更短的词盖住、整条被另一条盖住、unless \
                什么也排除不了、与常用词同音。法条是否有效按今天（中国时间）算。

                --diff 显示能自动改的：同一列表里重复的词（也管繁简、全半角）、多余的引号、词两头的空格、可以不写的 order、all 加 within 改 near；\
                --fix 写回。只改改完每条规则意思都不变的文件，注释不动。

                退出码：0 可用（可以有警告和建议）；65 有错误；78 文件夹没有、读不了或是空的。
                """,
                """
                Prints every problem found in the *.yaml and *.yml files of the folders as FILE:LINE:COLUMN, what is \
                wrong and what to do. Several folders are checked together, as one rule set. The examples in the packs \
                are run by `claimwatch test`.

                Beside errors and warnings there is advice (L…) on rules that work and do less than they seem to: no law in \
                force, terms covered by shorter ones, a rule covered by another, an unless phrase that clears nothing, a term \
                that sounds like a common word. Laws are looked at as of today, in China.

                --diff shows what can be put right by itself: a word twice in one list (also in traditional characters or another \
                width), needless quotes, blanks around words, an order that need not be written, all with within for near; \
                --fix writes it. A file is changed only if each rule then means the same; comments stay.

                EXIT STATUS: 0 valid (there may be warnings and advice); 65 a pack has an error; 78 a folder is missing, \
                unreadable or empty.
                """))
    }

    @Flag(
        help: ArgumentHelp(
            optionHelp("输出一个 JSON 对象，每个问题带中英文。", "Print one JSON object; each problem is in both languages.")))
    var json = false

    @Flag(help: ArgumentHelp(optionHelp("显示 --fix 会改什么，不写。", "Show what --fix would change, and write nothing.")))
    var diff = false

    @Flag(
        help: ArgumentHelp(
            optionHelp("自动能改的，改了写回，再检查。", "Put right what can be by itself, write the files, then check.")))
    var fix = false

    @OptionGroup var models: ScreensOption

    @Flag(
        help: ArgumentHelp(
            optionHelp(
                "规则要问的模型不在，就算错误（退出码 65）。", "A model that a rule asks and that is not there is an error (status 65).")))
    var needScreens = false

    @OptionGroup var language: LanguageOption

    @OptionGroup var packs: FoldersArgument

    func validate() throws {
        guard !(fix && diff) else {
            throw ValidationError(
                said("--diff 只看不写，--fix 会写：只能选一个", "--diff writes nothing and --fix writes: give one of them"))
        }
        guard !json || !(fix || diff) else {
            throw ValidationError(said("--json 不能和 --fix、--diff 一起用", "--json does not go with --fix or --diff"))
        }
    }

    func run() throws {
        var files = try LoadedRules.files(folders: packs.folders)
        if fix || diff { files = try putRight(files) }
        let screens = try ScreensFolder.joining(models.read(), beside: packs.folders)
        var loaded = RulePackLoader.load(files, screens: screens)
        let missing = loaded.missingScreens(screens)
        loaded.problems += missing
        let findings = Lint.findings(files, loaded, day: today())
        if json {
            var bytes: [UInt8] = []
            JSONWriter.append(to: &bytes) { CheckJSON.encode(loaded, findings, into: &$0) }
            print(String(decoding: bytes, as: UTF8.self))
        } else {
            // What must be done stands last, beside the verdict: the shipped packs alone have some thirty pieces of advice.
            for finding in findings { print(DisplayText.printable(finding.description(in: .current))) }
            for problem in loaded.problems { print(DisplayText.printable(problem.description(in: .current))) }
        }
        guard let ruleSet = loaded.ruleSet else {
            let errors = loaded.problems.count { $0.kind == .error }
            throw failure(.badData, said("有 \(errors) 个错误要改", "\(counted(errors, "problem")) to put right"))
        }
        if !json { print(Self.verdict(loaded, ruleSet, findings)) }
        guard missing.isEmpty || !needScreens else {
            throw failure(
                .badData,
                said("有 \(missing.count) 条规则要的模型不在", "\(counted(missing.count, "rule")) without the model that it asks")
            )
        }
    }

    /// Shows what can be put right, and writes it if asked to.
    private func putRight(_ files: [PackFile]) throws -> [PackFile] {
        let fixed = Lint.fixed(files)
        var changes = FileChanges()
        for (old, new) in zip(files, fixed) { changes.add(old, new) }
        for line in changes.lines() { print(line.rendered(.of(1))) }
        let count = changes.changes.count
        if fix { try changes.write() }
        print(
            count == 0
                ? said("没有能自动改的。", "There is nothing to put right by itself.")
                : fix
                    ? said("改了 \(count) 个文件。", "\(counted(count, "file")) put right.")
                    : said("能改 \(count) 个文件；--fix 写回。", "\(counted(count, "file")) can be put right: --fix does."))
        return fix ? fixed : files
    }

    private static func verdict(_ loaded: LoadedPacks, _ ruleSet: RuleSet, _ findings: [LintFinding]) -> String {
        let packs = Set(loaded.rules.map(\.pack)).count
        let warnings = loaded.problems.count
        let remarks = [
            warnings == 0 ? nil : said("\(warnings) 个警告", counted(warnings, "warning")),
            findings.isEmpty ? nil : said("\(findings.count) 条建议", counted(findings.count, "piece") + " of advice"),
        ].compactMap { $0 }
        return said(
            "\(packs) 个包，\(loaded.rules.count) 条规则，\(ruleSet.terms.count) 个词：可用"
                + (remarks.isEmpty ? "" : "，" + remarks.joined(separator: "，")) + "。例句用 claimwatch test 来跑。",
            "\(counted(packs, "pack")), \(counted(loaded.rules.count, "rule")), \(counted(ruleSet.terms.count, "term")): valid"
                + (remarks.isEmpty ? "" : ", " + remarks.joined(separator: ", "))
                + ". `claimwatch test` tries the examples.")
    }
}
