/// Why a regular expression is refused, and where.
public struct TextPatternError: Error, Hashable, Sendable {
    public enum Problem: Hashable, Sendable {
        /// `(?=`, `(?!`, `(?<=` or `(?<!`. What a guard does with `before` or `after`.
        case lookAround(String)
        /// `\1` or `\k<name>`.
        case backReference(String)
        /// What RE2 does not have, or this language does not: `\C`, `(?>`, `\Q`.
        case unsupported(String)
        /// Characters, more than `TextPattern.longest`.
        case tooLong(Int)
        /// More than `TextPattern.mostRepetitions` of one part, or of parts in parts.
        case tooManyRepetitions(String)
        /// More named groups than `TextPattern.mostGroups`.
        case tooManyGroups
        /// Two groups have this name.
        case groupTwice(String)
        /// No name of letters, digits and `_`.
        case groupName(String)
        /// Ranges that hold too many characters to fold: write `\p{Han}`.
        case classTooWide
        /// Beyond the memory or the steps that one expression may take.
        case tooComplex
        /// No word must occur in a match.
        case noWord
        /// RE2 cannot read it.
        case syntax(Syntax, String)
    }
    public enum Syntax: String, Hashable, Sendable, CaseIterable {
        /// `\` before what cannot follow it, or at the end.
        case escape
        /// `[[:word:]]` or `\p{…}` of no such name.
        case characterClass
        /// `[b-a]`.
        case range
        /// `[` without `]`.
        case bracket
        /// `(` without `)`, or `)` without `(`.
        case parenthesis
        /// `*`, `+` or `?` behind nothing, or behind another of them.
        case nothingToRepeat
        /// What is no group: `(?P<>a)`.
        case group
        case other
    }

    public let problem: Problem
    /// The character of the expression at which it goes wrong, from 1.
    public let column: Int

    init(_ problem: Problem, column: Int) { (self.problem, self.column) = (problem, column) }
}
