/// How a term of a rule was met in the text.
public enum EvidencePath: String, Sendable, CaseIterable {
    /// As the rule writes it.
    case literal
    /// In another width, case or script.
    case folded
    /// With signs between its characters.
    case gap
    /// With filler syllables between its characters.
    case filler
    /// In characters of the same sound.
    case homophone
    /// In Latin letters.
    case pinyin
    /// As another spelling of the same number.
    case number
    /// By a word that stands for it.
    case alias
    /// With a character written as its parts.
    case split
    /// By a regular expression.
    case pattern
}
