/// The languages that people who write rules read. The values are ISO 639 codes.
public enum Language: String, Sendable, CaseIterable {
    case chinese = "zh"
    case english = "en"

    /// The language of a POSIX locale such as `zh_CN.UTF-8`; nil of one that says neither (`C`, `fr_FR`).
    public init?(locale: String) {
        let code = locale.prefix { $0 != "_" && $0 != "." && $0 != "@" && $0 != "-" }
        self.init(rawValue: code.lowercased())
    }
}

/// One sentence in both languages.
///
/// Who makes a text says it in both; which one is shown is an argument of whoever shows it.
public struct Wording: Hashable, Sendable {
    /// In simplified Chinese.
    public let chinese: String
    /// In English.
    public let english: String
    public init(_ chinese: String, _ english: String) { (self.chinese, self.english) = (chinese, english) }

    /// A name that both languages write alike: a key, or what an author wrote.
    init(name: String) { (chinese, english) = (name, name) }

    /// The sentence in one of them.
    public func text(in language: Language) -> String {
        switch language {
        case .chinese: chinese
        case .english: english
        }
    }

    package static func + (a: Wording, b: Wording) -> Wording {
        Wording(a.chinese + b.chinese, "\(a.english) \(b.english)")
    }
}
