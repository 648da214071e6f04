import ArgumentParser
import ClaimRules

/// The language of what a command prints. What it says was looked up before parsing (`Language.current`); here it is
/// accepted and explained.
struct LanguageOption: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            optionHelp(
                "输出的语言：zh 或 en；不写按 LC_ALL、LC_MESSAGES、LANG。",
                "The language of the output, zh or en; else that of LC_ALL, LC_MESSAGES or LANG."),
            valueName: "zh|en"))
    var language: Language?
}
