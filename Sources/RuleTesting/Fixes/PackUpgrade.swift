public import ClaimRules
import LiveEvents
import TermMatching

/// Brings packs of claimwatch/1 to claimwatch/2, in place.
///
/// ```
///     requires: claimwatch/1                                          requires: claimwatch/2
///     match: {all: [原价, 只要], within: 20, order: written}            match: {seq: [原价, {gap: 0..20}, 只要], within: 20}
///     match: {all: [治, 糖尿病], within: 14}                            match: {near: [治, 糖尿病], within: 14}
/// ```
/// A file is changed only if every rule of it then means the same, word set by word set, which is compared after reading
/// both. Everything else of the text stays as it is: comments, order, blanks.
public struct PackUpgrade: Sendable {
    /// What becomes of one file.
    public enum Outcome: Sendable {
        /// It requires claimwatch/2 already, or is a lexicon.
        case current
        case upgraded(PackFile)
        /// It cannot be read, or a rule of it would mean something else: what, and what to do.
        case refused(Wording)
    }

    /// In the order of the files given.
    public private(set) var outcomes: [(file: PackFile, outcome: Outcome)] = []

    /// Cost: each file is read twice or three times.
    public init(_ files: [PackFile]) {
        let before = RulePackLoader.load(files)
        for file in files { outcomes.append((file, Self.outcome(of: file, among: files, before))) }
    }

    private static func outcome(of file: PackFile, among files: [PackFile], _ before: LoadedPacks) -> Outcome {
        guard let source = PackSource(file) else {
            return .refused(Wording("读不了：先用 claimwatch check 改好。", "it cannot be read: see `claimwatch check`."))
        }
        guard !source.isLexicon, let requires = source.root[.requires],
            requires.text == LanguageVersion.one.rawValue,
            let version = source.replacing(requires, by: LanguageVersion.two.rawValue)
        else { return .current }
        guard !before.problems.contains(where: { $0.kind == .error && $0.location.file == file.path }) else {
            return .refused(
                Wording("有错误：先用 claimwatch check 改好。", "it has errors: put them right first, see `claimwatch check`."))
        }
        let old = rules(of: file, in: before)
        // The forms of claimwatch/2 where they mean the same, else the former ones, which are read there too.
        let matches = source.rules.compactMap { _, rule in rule[.match].flatMap { rewriting($0, in: source) } }
        var different: [RuleID] = []
        for edits in [[version] + matches.flatMap(\.self), [version]] {
            let changed = source.applying(edits)
            let after = RulePackLoader.load(files.map { $0.path == file.path ? changed : $0 })
            if let error = after.problems.first(where: { $0.kind == .error && $0.location.file == file.path }) {
                if edits.count == 1 {
                    return .refused(
                        Wording("claimwatch/2 读不了：", "claimwatch/2 cannot read it: ") + error.wording)
                }
                continue
            }
            different = self.different(old, rules(of: file, in: after))
            if different.isEmpty { return .upgraded(changed) }
        }
        let names = different.prefix(5).map(\.rawValue).joined(separator: ", ")
        return .refused(
            Wording(
                "这些规则在 claimwatch/2 里意思会变：\(names)。照指南改写它们。",
                "these rules would mean something else in claimwatch/2: \(names). Rewrite them by the guide."))
    }

    private static func rules(of file: PackFile, in loaded: LoadedPacks) -> [Rule] {
        loaded.rules.filter { $0.location.file == file.path }
    }

    private static func different(_ old: [Rule], _ new: [Rule]) -> [RuleID] {
        guard old.map(\.id) == new.map(\.id) else { return old.map(\.id) }
        return zip(old, new).filter { $0.meaning != $1.meaning }.map { $0.0.id }
    }

    /// The changes that make `all` with a stretch a `near`, or a `seq` if it is in order; nil where nothing is to change.
    private static func rewriting(_ match: SourceNode, in source: PackSource) -> [SourceEdit]? {
        guard let all = match.entry(.all), let within = match[.within]?.text.flatMap({ Int($0) }),
            all.value.elements.count > 1
        else { return nil }
        guard case .mapping(_, let inBraces) = match.content else { return nil }
        let order = match.entry(.order)
        // Without a word of order, near takes any and seq the written one.
        let isDefault = order.map { source.deleting($0, fromBrackets: inBraces) }
        guard isDefault != .some(nil) else { return nil }
        let rest = [isDefault.flatMap(\.self)].compactMap(\.self)
        guard order?.value.text == Rule.Condition.Order.written.rawValue else {
            return source.replacing(all.key, by: Key.near.rawValue).map { [$0] + rest }
        }
        guard case .list(let parts, let inBrackets) = all.value.content, within <= PackLimits.gap,
            let key = source.replacing(all.key, by: Key.seq.rawValue)
        else { return nil }
        let gaps = parts.dropFirst().map {
            source.inserting("{\(Key.gap.rawValue): 0..\(within)}", before: $0, inBrackets: inBrackets)
        }
        guard gaps.allSatisfy({ $0 != nil }) else { return nil }
        return [key] + rest + gaps.compactMap(\.self)
    }
}
