import ClaimRules

/// A help text in the language of this process, its Chinese lines broken where a terminal of 80 columns ends.
///
/// The parser breaks lines at spaces, of which Chinese has none, and counts a wide character as one column.
func helpText(_ chinese: String, _ english: String) -> String {
    Language.current == .chinese ? broken(chinese, columns: 78) : english
}

/// As above, of an option, whose explanation begins in column 27.
func optionHelp(_ chinese: String, _ english: String) -> String {
    Language.current == .chinese ? broken(chinese, columns: 52) : english
}

private func broken(_ text: String, columns: Int) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
        // What is set in is an example, and stays in one piece.
        line.isEmpty || line.hasPrefix(" ") ? String(line) : StyledLine(String(line)).rendered(.plain, columns: columns)
    }.joined(separator: "\n")
}
