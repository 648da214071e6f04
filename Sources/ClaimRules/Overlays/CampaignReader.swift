import Yams

/// Reads one campaign: a period in which rules count for more than their packs say.
struct CampaignReader {
    private let reader: NodeReader
    private let fields: Fields
    private var session: LoadSession { reader.session }

    init?(_ file: PackFile, _ document: PackDocument, session: LoadSession) {
        reader = NodeReader(session: session, file: file.path, version: .two)
        guard let fields = Fields(document.root, .campaign, reader: reader) else { return nil }
        self.fields = fields
    }

    /// Notes the period at each rule that the campaign means. What no rule has is a warning, as in overlays.
    func note(in rules: inout [Rule]) {
        reader.checkVersion(fields, atLeast: .two)
        let isConsistent = fields.areConsistent()
        let (name, title) = (name(), fields.text(.title))
        let lists = ListResolver(nil, reader: reader)
        let dates = RuleReader(
            reader: reader, lists: lists, book: nil, aliases: AliasBook(nil, reader: reader), pack: "")
        let (from, to) = dates.days(fields, Wording("专项", "the campaign"))
        let status = fields.choice(.status, as: Rule.Status.self)
        let raise = fields.integer(.raise)
        let jurisdictions = reader.jurisdictions(fields)
        if status == .off, let node = fields[.status] {
            reader.error(
                node, "专项只能把规则用起来，不能停用。停用写在站点改动（\(Key.overlay.rawValue)）里。",
                "a campaign wakes rules and switches none off. Switch them off in an overlay.")
        }
        guard isConsistent, status != .off, let name, let from, let to, let raise, let jurisdictions,
            let selectors = RuleSelectors(fields)
        else { return }
        var isOfUse = false
        for (number, choice) in selectors.choose(from: rules) {
            var phase = Rule.Phase(
                campaign: name, title: title, from: from, to: to, status: status, raise: raise,
                jurisdictions: jurisdictions, location: reader.location(fields.node))
            if case .bindings(let bindings) = choice {
                phase.bindings = bindings
                if status != nil, let node = fields[.status] {
                    reader.warning(
                        reader.location(node), .unmadeChange,
                        "规则 '\(rules[number].id)' 还管别的分类，\(Key.status) 只能对整条规则改，没有改。要改就写 \(Key.rules.rawValue)。",
                        "the rule '\(rules[number].id)' is of other categories, too, and \(Key.status) can only be of the whole rule: not done. Name it under \(Key.rules) if it is meant."
                    )
                    phase.status = nil
                }
            }
            if phase.raise > 0 || phase.status.map({ $0.rank > rules[number].status.rank }) == true { isOfUse = true }
            rules[number].phases.append(phase)
        }
        if !isOfUse, !rules.isEmpty {
            reader.warning(
                reader.location(fields.node), .pointlessChange, "这个专项什么也没改：规则本来就在用。加上 \(Key.raise)，或删掉文件。",
                "the campaign changes nothing: its rules are in use anyway. Add \(Key.raise), or delete the file.")
        }
    }

    private func name() -> String? {
        guard let node = fields.value(.campaign), let name = reader.identifier(node, .campaign) else { return nil }
        if let first = session.campaigns[name] {
            reader.error(
                node, "专项 '\(name)' 在 \(first) 已经有了。改一个的名字。",
                "the campaign '\(name)' is already defined at \(first). Rename one of the two.")
            return nil
        }
        session.campaigns[name] = reader.location(node)
        return name
    }
}
