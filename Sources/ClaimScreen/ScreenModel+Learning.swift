extension ScreenModel {
    /// The model that is learned from all of `texts`.
    ///
    /// - Parameter name: What rules will call it.
    /// - Precondition: There are confirmed texts and others.
    public static func learn(name: String, from texts: borrowing LabelledTexts) -> ScreenModel {
        precondition(texts.confirmed > 0 && texts.confirmed < texts.count, "nothing to tell apart")
        let point = ScreenTrainer.learn(from: texts, leavingOut: nil)
        return ScreenModel(
            name: name, bits: texts.bits, length: texts.usualLength, bias: Float(point[point.count - 1]),
            weights: point.dropLast().map(Float.init))
    }
}

/// How well models do on texts that they have not seen: each text is asked of a model that learned from the other folds.
public struct ScreenValidation: Sendable {
    /// What comes of a threshold.
    public struct Row: Equatable, Sendable {
        /// Texts with a score of at least this count as found.
        public let threshold: Double
        public let right: Int
        public let wrong: Int
        public let missed: Int

        /// The share of the found that is confirmed; 1 if nothing is found.
        public var precision: Double { right + wrong > 0 ? Double(right) / Double(right + wrong) : 1 }
        /// The share of the confirmed that is found.
        public var recall: Double { right + missed > 0 ? Double(right) / Double(right + missed) : 0 }
        /// The harmonic mean of both.
        public var f1: Double { right > 0 ? 2 * Double(right) / Double(2 * right + wrong + missed) : 0 }
    }

    /// By threshold: 0.05, 0.10 … 0.95.
    public let rows: [Row]

    /// Learns once for each fold; five times the cost of a model.
    public init(_ texts: borrowing LabelledTexts) {
        var scores = [Double](repeating: 0, count: texts.count)
        for fold in 0..<LabelledTexts.folds {
            let point = ScreenTrainer.learn(from: texts, leavingOut: fold)
            for text in 0..<texts.count where Int(texts.fold[text]) == fold {
                scores[text] = Logistic.sigmoid(ScreenTrainer.margin(point, texts, text))
            }
        }
        var rows: [Row] = []
        for step in 1..<20 {
            let threshold = Double(step) / 20
            var (right, wrong, missed) = (0, 0, 0)
            for text in 0..<texts.count {
                switch (scores[text] >= threshold, texts.labels[text]) {
                case (true, true): right += 1
                case (true, false): wrong += 1
                case (false, true): missed += 1
                case (false, false): break
                }
            }
            rows.append(Row(threshold: threshold, right: right, wrong: wrong, missed: missed))
        }
        self.rows = rows
    }

    /// The threshold with the best F1; of equals the higher.
    public var best: Row { rows.max { $0.f1 <= $1.f1 ? true : false } ?? rows[0] }
}
