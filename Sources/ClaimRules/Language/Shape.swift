/// What may stand at a key. A small vocabulary: the reader, the JSON Schema and the guide each know these and no more.
package indirect enum Shape: Sendable {
    /// Text that is not blank, of so many code points at most. A bare number stands for itself if `numbers` allows it.
    case text(limit: Int, numbers: BareNumbers)
    /// A name of a-z, 0-9, '.' and '-'.
    case identifier
    case truth
    case integer(ClosedRange<Int>)
    /// A decimal fraction with two digits at most. The range is in percent.
    case fraction(ClosedRange<Int>)
    /// A number with three digits behind the point at most. The range is in thousandths.
    case decimal(ClosedRange<Int>)
    /// A whole number with the unit s, m or h. The range is in milliseconds.
    case duration(ClosedRange<Int64>)
    /// A day of the calendar, yyyy-MM-dd.
    case day
    /// One word of a closed set.
    case choice(Choice)
    /// A word to find, or the name of a list of such words: `"@name"`.
    case term
    /// A word to find, and no list.
    case word
    /// What must be said: a term, a list of which one will do, or a mapping with an operator. Holds others like itself.
    case expression
    /// Characters between two words, "n..m" or "m".
    case gap(ClosedRange<Int>)
    /// A number as hosts write it, with its unit: 180天, 2斤, 50%.
    case measure
    /// A regular expression.
    case pattern
    case list(of: Shape, count: ClosedRange<Int>)
    /// A mapping whose keys the author chooses.
    case map(key: MapKey, of: Shape, limit: Int)
    case object(ObjectName)
    /// One of several shapes. A value tells by its YAML kind (text, list, mapping) which is meant.
    case either([Shape])

    package enum BareNumbers: Sendable { case allowed, refused }

    /// What the keys of a mapping are, if the author chooses them.
    package enum MapKey: Sendable { case listName, word, className, citation, label }
}

/// The words of a closed set.
package struct Choice: Sendable {
    package struct Value: Sendable {
        package let name: String
        package let meaning: Wording
        /// What authors write instead; the message about it names the value.
        package let mistakes: [String]
    }
    package let values: [Value]

    /// The values of an enumeration. As `describe` switches over it, none can lack its words.
    init<Values: CaseIterable & RawRepresentable>(
        _ type: Values.Type, _ describe: (Values) -> (chinese: String, english: String, mistakes: [String])
    ) where Values.RawValue == String {
        values = type.allCases.map { value in
            let words = describe(value)
            return Value(
                name: value.rawValue, meaning: Wording(words.chinese, words.english), mistakes: words.mistakes)
        }
    }

    var names: [String] { values.map(\.name) }

    /// The value an author meant: one for which this is a known mistake, or else the one spelled nearly so.
    func meant(by written: String) -> String? {
        let known = written.lowercased()
        return values.first { $0.mistakes.contains(known) }?.name ?? Suggestions.nearest(to: written, among: names)
    }
}
