import ClaimScreen

extension RuleReader {
    /// The screen that a rule asks: nil if it asks none or, with a problem, if what it asks makes no sense.
    func screen(_ fields: Fields, of match: Rule.Match?) -> Rule.Screen? {
        switch match {
        case .text, nil: break
        case .timed, .score, .required:
            guard let node = fields[.screen] else { return nil }
            reader.error(
                node, .screenPlace,
                "\(Key.screen) 只看一段话，这条规则看几分钟里的几段。删掉它，或另写一条只有 \(Key.match) 的规则。",
                "\(Key.screen) judges one text, and this rule looks at several over minutes. Delete it, or write a rule of its own with \(Key.match) alone."
            )
        }
        if case .text = match, fields[.screen] == nil { return packScreen }
        return reader.screen(fields)
    }
}

extension NodeReader {
    /// What a rule, a pack or a change of several rules says of its screen.
    func screen(_ fields: Fields) -> Rule.Screen? {
        guard fields[.screen] != nil, let screen = fields.fields(.screen) else { return nil }
        let (model, least) = (screen.identifier(.model), screen.fraction(.min))
        let withoutModel = screen.choice(.withoutModel, as: Rule.Screen.WithoutModel.self)
        if let model, !ScreenModel.isName(model), let node = screen[.model] {
            error(
                node, "\(Key.model) 最多 64 个字符。写 'claimwatch learn --name' 起的名字。",
                "\(Key.model) has at most 64 characters. Write the name that 'claimwatch learn --name' gave.")
            return nil
        }
        guard let model, let least, let withoutModel else { return nil }
        return Rule.Screen(
            model: model, least: least, withoutModel: withoutModel, isAlone: screen.truth(.alone) ?? false)
    }
}
