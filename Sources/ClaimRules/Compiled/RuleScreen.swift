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

        public init(model: String, least: Int, withoutModel: WithoutModel = .shadow) {
            (self.model, self.least, self.withoutModel) = (model, least, withoutModel)
        }

        /// As packs write it.
        package var shown: String {
            "{\(Key.model.rawValue): \(model), \(Key.min.rawValue): \(Fraction.written(percent: least)), "
                + "\(Key.withoutModel.rawValue): \(withoutModel.rawValue)}"
        }
    }
}
