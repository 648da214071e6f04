import ArgumentParser
import ClaimRules
import RuleTesting

struct RulesFix: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "fix",
            abstract: said("把 claimwatch/1 的规则包升级到 claimwatch/2。", "Bring packs of claimwatch/1 to claimwatch/2."),
            discussion: helpText(
                """
                改 requires，all + within 改成 near（有 order: written 的改成 seq 加 gap）；只改每条规则的意思都不变的文件，改完重读、逐条比过。\
                注释、先后、其余的字都不动。不加 --write 只显示要改什么。

                退出码：0 完成（没有要改的也算）；65 有的文件升不了，原因已说明，其余的照改；74 写不了；78 文件夹没有、读不了或是空的。

                例：
                  claimwatch rules fix deploy/rules            # 看看要改什么
                  claimwatch rules fix --write deploy/rules    # 改
                """,
                """
                Changes `requires`, and `all` with `within` into `near` (with `order: written`, into `seq` with gaps); a file is \
                changed only if each of its rules then means the same, which is compared after reading both. Comments, order and \
                all other text stay. Without --write the changes are only shown.

                EXIT STATUS: 0 done, also where nothing was to change; 65 a file could not be brought over, and why, all others \
                were; 74 a file could not be written; 78 a folder is missing, unreadable or empty.

                EXAMPLES:
                  claimwatch rules fix deploy/rules            # show what would change
                  claimwatch rules fix --write deploy/rules    # change it
                """))
    }

    @Flag(help: ArgumentHelp(optionHelp("写回文件；不加只显示。", "Write the files; else the changes are only shown.")))
    var write = false

    @OptionGroup var language: LanguageOption

    @OptionGroup var packs: FoldersArgument

    func run() throws {
        let upgrade = PackUpgrade(try LoadedRules.files(folders: packs.folders))
        var changes = FileChanges()
        var refused = 0
        for (file, outcome) in upgrade.outcomes {
            switch outcome {
            case .current: break
            case .upgraded(let new): changes.add(file, new)
            case .refused(let reason):
                refused += 1
                StandardError.print(DisplayText.printable("\(file.path): \(reason.text(in: .current))"))
            }
        }
        for line in changes.lines() { print(line.rendered(.of(1))) }
        if write { try changes.write() }
        let count = changes.changes.count
        print(
            count == 0
                ? said("没有要升级的文件。", "No file is to be brought to claimwatch/2.")
                : write
                    ? said("升级了 \(count) 个文件。", "\(counted(count, "file")) brought to claimwatch/2.")
                    : said(
                        "要升级 \(count) 个文件；加 --write 写回。",
                        "\(counted(count, "file")) to bring to claimwatch/2: --write does."))
        if refused > 0 {
            throw failure(
                .badData,
                said("\(refused) 个文件升不了，原因在上面", "\(counted(refused, "file")) could not be brought over, see above"))
        }
    }
}
