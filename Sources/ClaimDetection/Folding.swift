import PatternMatching

/// Folding as the matcher does it, for names that are compared whole.
enum Folding {
    static func folded(_ text: String) -> String { TermIndex.folded(text) }
}
