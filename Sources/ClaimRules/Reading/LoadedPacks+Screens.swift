extension LoadedPacks {
    /// A warning for each rule in use whose model is not there: what the rule is without it, and what to do.
    ///
    /// Where no model is given at all, nothing is said of rules that are then left out: that is how packs ship rules for
    /// sites that have one.
    public func missingScreens(_ screens: Screens) -> [PackProblem] {
        rules.compactMap { rule in
            guard let screen = rule.screen, rule.isEverAwake, screens[screen.model] == nil,
                screen.withoutModel != .drop || !screens.names.isEmpty
            else { return nil }
            let becomes =
                switch screen.withoutModel {
                case .shadow: Wording("只是试行", "it is on trial")
                case .keep: Wording("命中不筛，照报", "its hits count unscreened")
                case .drop: Wording("不用", "it is not used")
                }
            let known = screens.names.joined(separator: ", ")
            return PackProblem(
                kind: .warning, code: .missingModel, location: rule.location,
                wording: Wording(
                    "规则 '\(rule.id)' 要问的模型 '\(screen.model)' 没有\(known.isEmpty ? "" : "（有的是 \(known)）")，规则\(becomes.chinese)。"
                        + "用 --screens 或配置的 screens 给出它所在的文件夹。",
                    "the model '\(screen.model)' that the rule '\(rule.id)' asks is not there"
                        + "\(known.isEmpty ? "" : " (there are \(known))"), so \(becomes.english). "
                        + "Name the folder that holds it with --screens, or 'screens' in the configuration."))
        }
    }
}
