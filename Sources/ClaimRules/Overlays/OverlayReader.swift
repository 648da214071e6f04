import Yams

/// Reads one overlay and changes by it what the packs say.
///
/// ```
///   lexicons defined ─> changeClasses ─> written out ─> packs read ─> change ─> holdStrictness ─> rule set
/// ```
/// An overlay never makes a rule set unusable by what an update of the packs took away: that is a warning, with the
/// place and what to write instead. What is wrong in the overlay itself is an error as in packs.
struct OverlayReader {
    let reader: NodeReader
    let name: String
    let fields: Fields
    var session: LoadSession { reader.session }

    /// nil, with problems, if it has no name of its own.
    init?(_ file: PackFile, _ document: PackDocument, session: LoadSession) {
        reader = NodeReader(session: session, file: file.path, version: .two)
        guard let fields = Fields(document.root, .overlay, reader: reader) else { return nil }
        self.fields = fields
        reader.checkVersion(fields, atLeast: .two)
        _ = fields.text(.title)
        guard let node = fields.value(.overlay), let name = reader.identifier(node, .overlay) else { return nil }
        if let first = session.overlays[name] {
            reader.error(
                node, "站点改动 '\(name)' 在 \(first) 已经有了。改一个的名字。",
                "the overlay '\(name)' is already defined at \(first). Rename one of the two.")
            return nil
        }
        session.overlays[name] = reader.location(node)
        self.name = name
        readSite()
    }

    /// What holds for all rules of the site.
    private func readSite() {
        if let node = fields[.strictness], let strictness = fields.integer(.strictness) {
            if let known = session.siteStrictness {
                tellRepeated(.strictness, node, first: known.location)
            } else {
                session.siteStrictness = (strictness, name, reader.location(node))
            }
        }
        if let node = fields[.minScore], let score = fields.fraction(.minScore) {
            if let known = session.siteScore {
                tellRepeated(.minScore, node, first: known.location)
            } else {
                session.siteScore = (score, reader.location(node))
            }
        }
    }

    private func tellRepeated(_ key: Key, _ node: Node, first: SourceLocation) {
        reader.error(
            node, "站点的 \(key) 在 \(first) 已经写了。删掉一个。",
            "the site's \(key) is already written at \(first). Delete one of the two.")
    }

    // MARK: Classes

    /// Adds words to classes and takes words out, before any class is written out.
    func changeClasses() {
        guard let node = fields[.classes] else { return }
        guard case .mapping(let mapping) = node else {
            return reader.error(
                node, "\(Key.classes) 要写成 '词类: {\(Key.add.rawValue): [词]}'，一个词类一行。",
                "\(Key.classes) must be a mapping: 'class: {\(Key.add.rawValue): [term]}', one line each.")
        }
        guard mapping.count <= PackLimits.classes else {
            return reader.error(
                node, "\(Key.classes) 有 \(mapping.count) 个名字，最多 \(PackLimits.classes) 个。拆成几个文件。",
                "\(Key.classes) has \(mapping.count) names, more than \(PackLimits.classes). Split the file.")
        }
        for (key, value) in mapping {
            guard let written = key.scalar?.string, !Fields.isMasked(written) else { continue }
            let className = written.first == RuleLanguage.listMark ? String(written.dropFirst()) : written
            guard let fields = Fields(value, .classChange, reader: reader), fields.areConsistent() else { continue }
            var reader = reader
            reader.takesInsertMarks = true
            let added = fields[.add] == nil ? [] : reader.termEntries(fields.elements(.add) ?? [], of: Key.add.rawValue)
            let removed =
                fields[.remove] == nil
                ? [] : self.reader.termEntries(fields.elements(.remove) ?? [], of: Key.remove.rawValue)
            let place = reader.location(key)
            guard session.lexicons.location(of: className) != nil else {
                tellUnknownClass(className, at: place)
                continue
            }
            session.lexicons.change(className, adding: added, removing: removed, overlay: reader)
        }
    }

    private func tellUnknownClass(_ name: String, at place: SourceLocation) {
        let meant = Suggestions.nearest(to: name, among: session.lexicons.names)
        let said = Wording(
            "词库里没有 \(quoted(name))（更新后改名或删了？）。",
            "no lexicon has \(quoted(name)) (renamed or removed by an update?).")
        let advice = Suggestions.advice(meant)
        session.log.tell(.warning, place, .unknownTarget, said + advice)
    }

    // MARK: The site

    /// Leaves rules that are too daring for the site on trial, or out, but for those whose status an overlay says.
    static func holdStrictness(of rules: inout [Rule], session: LoadSession) {
        if let score = session.siteScore {
            for number in rules.indices where rules[number].leastLiveScore == 0 {
                rules[number].leastLiveScore = score.percent
            }
        }
        guard let site = session.siteStrictness else { return }
        for number in rules.indices {
            let rule = rules[number]
            let excess = rule.strictness - site.value
            guard excess > 0, rule.status != .off, !rule.changes.contains(where: { $0.key == Key.status.rawValue })
            else { continue }
            let status = excess == 1 ? Rule.Status.shadow : .off
            if status == rule.status { continue }
            rules[number].status = status
            rules[number].changes.append(
                Rule.Change(
                    key: Key.status.rawValue, before: rule.status.rawValue, after: status.rawValue,
                    overlay: site.overlay,
                    reason: "\(Key.strictness.rawValue) \(rule.strictness) > \(site.value)", location: site.location))
        }
    }
}
