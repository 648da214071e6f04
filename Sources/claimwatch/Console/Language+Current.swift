import ClaimRules
import Foundation

extension Language {
    /// The language of this process, found once: help is built before the parser has read a single option.
    ///
    /// A task-local, so that a test may look at both; the program never binds it.
    @TaskLocal static var current = Language.of(
        arguments: CommandLine.arguments, environment: ProcessInfo.processInfo.environment)

    /// What `--language` says, else the first of `LC_ALL`, `LC_MESSAGES` and `LANG` that is set (POSIX, 8.2), else English.
    static func of(arguments: [String], environment: [String: String]) -> Language {
        let option = "--language"
        for (index, argument) in arguments.enumerated().dropFirst() {
            if argument == "--" { break }
            let value =
                argument == option && index + 1 < arguments.count
                ? arguments[index + 1]
                : argument.hasPrefix(option + "=") ? String(argument.dropFirst(option.count + 1)) : nil
            if let language = value.flatMap(Language.init(rawValue:)) { return language }
        }
        let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].lazy.compactMap { environment[$0] }.first { !$0.isEmpty }
        return locale.flatMap(Language.init(locale:)) ?? .english
    }
}

/// A sentence of the program in the language of this process.
func said(_ chinese: String, _ english: String) -> String { Wording(chinese, english).text(in: .current) }
