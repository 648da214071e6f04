extension Rule {
    /// A learned screen that must agree before a hit counts: how much the text around the hit reads like what reviewers
    /// confirmed before. It narrows a rule and never widens it, so every alert still names a provision.
    public struct Screen: Hashable, Sendable {
        /// What becomes of the rule where the model is not there.
        public enum WithoutModel: String, Sendable, CaseIterable {
            /// It is on trial.
            case shadow
            /// Its hits count without being screened.
            case keep
            /// It is not used, and costs nothing.
            case drop
        }
        /// As `ScreenModel.isName` allows.
        public var model: String
        /// What the model must give at least, in percent, 1 to 100.
        public var least: Int
        public var withoutModel: WithoutModel
        /// Whether a hit counts only in a text where no rule in force has one that is as grave, so that a wide rule does not
        /// say again what a sharper one says. Of several such rules in a text the first of the packs counts.
        public var isAlone: Bool

        public init(model: String, least: Int, withoutModel: WithoutModel = .shadow, isAlone: Bool = false) {
            (self.model, self.least, self.withoutModel, self.isAlone) = (model, least, withoutModel, isAlone)
        }

        /// As packs write it.
        package var shown: String {
            "{\(Key.model.rawValue): \(model), \(Key.min.rawValue): \(Fraction.written(percent: least)), "
                + "\(Key.withoutModel.rawValue): \(withoutModel.rawValue)\(isAlone ? ", \(Key.alone.rawValue): true" : "")}"
        }
    }
}
