/// The word a writer probably meant.
enum Suggestion {
    /// The candidate with the fewest edits, if they are few enough for a slip of the hand.
    static func closest(to word: String, in candidates: some Collection<String>) -> String? {
        let allowed = max(2, word.count / 4)
        let best = candidates.sorted().map { ($0, edits(from: word, to: $0)) }.min { $0.1 < $1.1 }
        guard let best, best.1 <= allowed else { return nil }
        return best.0
    }

    /// Insertions, deletions and replacements between two words (Levenshtein); O(n·m).
    private static func edits(from a: String, to b: String) -> Int {
        let (a, b) = (Array(a.unicodeScalars.prefix(256)), Array(b.unicodeScalars.prefix(256)))
        var row = Array(0...b.count)
        for (i, x) in a.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, y) in b.enumerated() {
                let above = row[j + 1]
                row[j + 1] = min(above + 1, row[j] + 1, diagonal + (x == y ? 0 : 1))
                diagonal = above
            }
        }
        return row[b.count]
    }
}
