/// A word from a list that may grow: a word that this version does not know is kept as text.
///
/// A consumer that is older than the producer of a record still reads the record and can pass the word on.
public enum OpenEnum<Word: RawRepresentable & Hashable & Sendable>: Hashable, Sendable where Word.RawValue == String {
    case known(Word)
    /// Never a word of the list, if the value was made from text.
    case unknown(String)

    /// The word as the record spells it.
    public init(_ text: String) {
        self = Word(rawValue: text).map(OpenEnum.known) ?? .unknown(text)
    }

    /// Nil if this version does not know the word.
    public var word: Word? {
        if case .known(let word) = self { word } else { nil }
    }

    /// As it stands in the record.
    public var text: String {
        switch self {
        case .known(let word): word.rawValue
        case .unknown(let text): text
        }
    }
}

extension OpenEnum: CustomStringConvertible {
    public var description: String { text }
}
