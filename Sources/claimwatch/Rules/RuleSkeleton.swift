import ClaimRules
import Foundation
import LiveEvents

/// A pack of one new rule, to be put into a file and changed there.
struct RuleSkeleton {
    var pack: String
    var id: String
    var title: String
    var titleEn: String?
    var category: String?
    var severity = Severity.medium
    var legalBasis: [LegalBasis]
    var product: [String] = []
    /// Each part is met by any one of its words.
    var parts: [[String]]
    var within: Int?
    var unless: [String] = []
    var match: [String] = []
    var clear: [String] = []

    /// In characters, where nobody says how near the parts must be to each other.
    private static let usualWithin = 16

    /// The pack as YAML. It passes `check`; its examples are made of its words where none are given, so that it passes `test`.
    func yaml(in language: Language) -> String {
        func say(_ chinese: String, _ english: String) -> String { Wording(chinese, english).text(in: language) }
        var lines = [
            "\(Key.pack.rawValue): \(pack)", "\(Key.requires.rawValue): \(LanguageVersion.two.rawValue)",
            "\(Key.rules.rawValue):",
            "  - \(Key.id.rawValue): \(id)", "    \(Key.revision.rawValue): 1",
            "    \(Key.status.rawValue): \(Rule.Status.shadow.rawValue)  # "
                + say("先试行，看够了再改成 stable", "on trial; make it stable when it has shown itself"),
            "    \(Key.title.rawValue): \(Self.scalar(title))",
        ]
        if let titleEn { lines.append("    \(Key.titleEn.rawValue): \(Self.scalar(titleEn))") }
        if let category { lines.append("    \(Key.category.rawValue): \(Self.scalar(category))") }
        lines.append("    \(Key.severity.rawValue): \(severity.rawValue)")
        lines.append("    \(Key.legalBasis.rawValue):")
        for basis in legalBasis {
            var fields =
                "\(Key.law.rawValue): \(Self.scalar(basis.law)), \(Key.article.rawValue): \(Self.scalar(basis.article))"
            if let from = basis.from { fields += ", \(Key.from.rawValue): \(from)" }
            lines.append("      - {\(fields)}")
        }
        if !product.isEmpty {
            lines.append("    \(Key.product.rawValue): {\(Key.category.rawValue): \(Self.list(product))}")
        }
        if parts.count == 1 {
            lines.append("    \(Key.match.rawValue): {\(Key.any.rawValue): \(Self.list(parts[0]))}")
        } else {
            let within = within ?? Self.usualWithin
            lines.append(
                "    \(Key.match.rawValue): {\(Key.near.rawValue): [\(parts.map(Self.list).joined(separator: ", "))], "
                    + "\(Key.within.rawValue): \(within)}")
        }
        if !unless.isEmpty { lines.append("    \(Key.unless.rawValue): \(Self.list(unless))") }
        lines.append("    \(Key.examples.rawValue):")
        lines.append(
            "      \(Key.match.rawValue):  # " + say("必须命中：换成主播真会说的话", "must be found: write what hosts really say"))
        for text in match.isEmpty ? madeUpMatches : match { lines.append("        - \(Self.scalar(text))") }
        lines.append(
            "      \(Key.clear.rawValue):  # "
                + say("必须放过：换成最像而不违规的话", "must be left alone: write the most alike that is lawful"))
        for text in clear.isEmpty ? ["大家好，欢迎来到直播间", "这款明天发货，喜欢的点下面小黄车"] : clear {
            lines.append("        - \(Self.scalar(text))")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private var madeUpMatches: [String] {
        [parts.map { $0[0] }.joined(), "家人们，这个" + parts.map { $0[$0.count - 1] }.joined() + "的"]
    }

    private static func list(_ words: [String]) -> String { "[\(words.map(scalar).joined(separator: ", "))]" }

    /// Plain where YAML and people read it so; else in quotes, as JSON, which is YAML too.
    static func scalar(_ text: String) -> String {
        let isPlain =
            text.unicodeScalars.allSatisfy {
                (0x4E00...0x9FFF).contains($0.value) || $0.properties.isAlphabetic || "，、。".unicodeScalars.contains($0)
            }
            && text.unicodeScalars.first.map { $0.value >= 0x4E00 } == true
        if isPlain { return text }
        var writer = JSONWriter()
        writer.string(text)
        return String(decoding: writer.bytes, as: UTF8.self)
    }
}
