/// "Did you mean": the known name nearest to one that is not known.
package enum Suggestions {
    /// For a name of the packs that an overlay means and an update took away.
    ///
    /// - Parameters:
    ///   - meant: The name that is near.
    ///   - otherwise: What to do where none is.
    static func advice(
        _ meant: String?, otherwise: Wording = Wording("改成现在的名字，或删掉。", "Write its name of today, or delete it.")
    ) -> Wording {
        meant.map { Wording("要写 \($0) 吗？不要了就删掉。", "Did you mean \($0)? Else delete it.") } ?? otherwise
    }

    /// The candidate within two slips of the finger of `name`, or else one that begins it or that it begins.
    ///
    /// Cost: names × length², with names longer than 64 code points left alone.
    package static func nearest(to name: String, among candidates: some Sequence<String>) -> String? {
        let written = Array(name.lowercased().unicodeScalars)
        guard (2...64).contains(written.count) else { return nil }
        var best: (distance: Int, name: String)?
        var prefix: String?
        for candidate in candidates {
            let known = Array(candidate.lowercased().unicodeScalars)
            if known.starts(with: written) || (known.count > 1 && written.starts(with: known)) {
                prefix = prefix ?? candidate
            }
            guard abs(known.count - written.count) <= 2, known.count <= 64 else { continue }
            let distance = distance(written, known)
            // Two slips in a name of two characters is another name.
            guard distance <= 2, distance < min(known.count, written.count) else { continue }
            if best.map({ distance < $0.distance }) ?? true { best = (distance, candidate) }
        }
        return best?.name ?? prefix
    }

    /// Insertions, deletions, replacements and swaps of neighbours that turn one word into the other, no place edited
    /// twice (Damerau 1964, doi 10.1145/363958.363994).
    package static func distance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
        if a.isEmpty || b.isEmpty { return max(a.count, b.count) }
        var beforeLast: [Int] = []
        var last = Array(0...b.count)
        for i in 1...a.count {
            var row = [i]
            for j in 1...b.count {
                var cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1))
                if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] { cost = min(cost, beforeLast[j - 2] + 1) }
                row.append(cost)
            }
            (beforeLast, last) = (last, row)
        }
        return last[b.count]
    }
}
