import ChineseText

extension Term {
    /// Whether the tolerance lets anything be found that is not the term, whatever the text: no number is in 最好 that could
    /// be written another way, and 的 has no inside for a gap.
    ///
    /// For checking terms: spells the numbers of the term, and allocates.
    public var hasDisguises: Bool {
        var scalars: [UInt32] = []
        FoldingTable.shared.forEachScalar(of: text) { scalars.append($0) }
        if scalars.count > 1, scalars.count <= FuzzyTerms.maxSymbols {
            if tolerance.gaps > 0 || tolerance.fillers { return true }
            if tolerance.sounds, scalars.contains(where: { !SyllableTable.shared.readings(of: $0).isEmpty }) {
                return true
            }
        }
        if tolerance.split, scalars.contains(where: { !ComponentTable.shared.sequences(of: $0).isEmpty }) {
            return true
        }
        return tolerance.numbers && !NumberSpelling(of: text).texts.isEmpty
    }
}
