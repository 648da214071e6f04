import Foundation

/// What the mutations start from: packs without faults, and pieces that have trapped YAML readers.
enum Seeds {
    /// The seeds of `fuzz/run packs`, and one more. `fuzz/run` starts in the folder of `seeds`.
    static let packs = ["full", "small", "terse"].map(seed) + [wide]

    static let tokens =
        [
            "[", "]", "{", "}", ": ", ":", ",", "- ", "? ", "\n", "\n\n", "\t", "\r", "'", "\"", "\\", "#", " #", "@",
            "*a", "&a ", "!!str ",
            "|", ">", "|-\n", "%", "`", "---\n", "...\n", "~", "null", "yes", "no", "off", "-1", "1e400", "0x10",
            ".inf", "<<: *a", "{num}",
            "\u{FEFF}", "\u{2028}", "\u{85}", "\u{0}", "\u{200B}", "\u{E0001}", "\u{F0000}", "\u{10FFFF}", "e\u{301}",
            "ﷺ", "🧧", "１００％",
            "\"@diseases\"", "\"@\"", "from: x\n", "pack: a\n", "within: 61", "window: 25h", "9999999999999999999999",
            "  - - - - x\n",
            "lists:\n  a: [\"@b\"]\n  b: [\"@a\"]\n",
        ].map { Array($0.utf8) } + [[0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xE7]]

    private static func seed(_ name: String) -> String {
        let path = "seeds/packs/\(name).yaml"
        guard let data = FileManager.default.contents(atPath: path) else {
            fatalError("\(path) cannot be read: start by fuzz/run")
        }
        return String(decoding: data, as: UTF8.self)
    }

    /// Many rules and lists, for what grows with their number.
    private static let wide: String = {
        var text = "pack: wide\nrequires: claimwatch/1\nlists:\n"
        for list in 0..<12 {
            text += "  l\(list): [词\(list)甲, 词\(list)乙\(list > 0 ? ", \"@l\(list - 1)\"" : "")]\n"
        }
        text += "rules:\n"
        for rule in 0..<8 {
            text += "  - {id: w.\(rule), title: 题, title_en: T, severity: info, legal_basis: [{law: 法, article: 条}],\n"
            text += "     match: {any: [\"@l\(rule + 4)\", 词语\(rule)]}, examples: {match: [一一, 二二], clear: [三三, 四四]}}\n"
        }
        return text
    }()
}
