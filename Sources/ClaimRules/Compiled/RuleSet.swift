import ChineseText
public import ClaimScreen
public import TermMatching

/// Every rule of every pack, compiled: what the terms of all rules are to which expressions, and an index to find them.
///
/// Immutable; shared by all workers.
public struct RuleSet: Sendable {
    /// What a term is to a rule.
    public struct Posting: Hashable, Sendable {
        public enum Role: Hashable, Sendable {
            /// A term of the part with this index.
            case part(Int)
            case unless
        }
        /// Index into `rules`.
        public var rule: Int
        public var role: Role
        public init(rule: Int, role: Role) { (self.rule, self.role) = (rule, role) }
    }

    /// What is found in one text: the match of a rule, or one of its steps or weights.
    public struct Signal: Hashable, Sendable {
        /// Index into `rules`.
        public var rule: Int
        /// Index into `Rule.Match.signals`.
        public var number: Int
    }

    /// Rules that are not off, or that a campaign wakes, in order of pack file and place; each as it counts with the
    /// screens at hand.
    public let rules: [Rule]
    public let program: Program
    /// What the roots of the program are: first one of each rule, in their order, then the further signals of rules that
    /// look at several texts.
    public let signals: [Signal]
    /// The terms as written. `TermMatch.term` of `index` counts these.
    ///
    /// A term that rules see through different disguises, or with other aliases, stands here once for each way to see
    /// it, so that a rule gets what it asked for and no more. Only which sounds are alike is shared: the index hears
    /// alike what any rule takes for the same.
    public let terms: [String]
    /// The same terms as the matcher sees them.
    public let matcherTerms: [Term]
    public let index: TermIndex
    /// Words that are only asked about where a rule may be met. `TermMatch.term` of `contextIndex` counts these.
    public let contextTerms: [Term]
    /// Finds them; nil if there are none.
    public let contextIndex: TermIndex?
    /// Those of `program.patterns`; nil if there are none.
    public let patterns: CompiledPatterns?
    /// The models that rules ask, those that are there.
    public let screens: Screens
    /// 16 hexadecimal digits of the SHA-256 of the pack files' names and bytes, and of the models that rules ask.
    public let contentHash: String
    /// By rule, what tells its bindings and facts from those of the rule as it was. Made once, since each partition that is taken
    /// over asks: the texts of all bindings take some tenths of a second.
    public let claimHashes: [UInt64]
    /// By leaf of the program.
    private let meanings: [[Posting]]

    /// Compiles rules that passed validation.
    ///
    /// - Throws: `TermError`; its number counts `terms` and, behind them, `contextTerms`.
    public init(rules: [Rule], contentHash: String, screens: Screens = Screens()) throws(TermError) {
        let live = rules.map(screens.standing).filter(\.isEverAwake)
        var signals = live.indices.map { Signal(rule: $0, number: 0) }
        var asked = live
        for (rule, written) in live.enumerated() {
            for (number, signal) in written.match.signals.enumerated().dropFirst() {
                signals.append(Signal(rule: rule, number: number))
                var own = written
                own.match = .text(signal)
                asked.append(own)
            }
        }
        let built = ProgramBuilder(asked)
        self.signals = signals
        program = built.program
        matcherTerms = built.terms
        terms = built.terms.map(\.text)
        contextTerms = built.contextTerms
        self.rules = live
        claimHashes = live.map { StableHash.of(["\($0.bindings)", "\($0.facts)"]) }
        self.screens = screens
        self.contentHash = screens.named(contentHash, asked: live)
        meanings = Self.meanings(built.program, live, signals)
        let confusions = live.reduce(into: SoundConfusions()) { $0.formUnion($1.evasion.confusions) }
        index = try TermIndex(built.terms, confusions: confusions)
        patterns = Self.compiled(built.program.patterns)
        do throws(TermError) {
            contextIndex =
                built.contextTerms.isEmpty ? nil : try TermIndex(built.contextTerms, confusions: confusions)
        } catch {
            throw TermError(term: built.terms.count + error.term, reason: error.reason)
        }
    }

    /// One rule by itself, asking no screen; for tools that try what it takes.
    public init(alone rule: Rule) throws(TermError) {
        var rule = rule
        rule.screen = nil
        try self.init(rules: [rule], contentHash: "")
    }

    /// - Precondition: `TextPattern.read` has read each; then each compiles, as it did there.
    private static func compiled(_ patterns: [TextPattern]) -> CompiledPatterns? {
        if patterns.isEmpty { return nil }
        do throws(TextPatternError) {
            return try CompiledPatterns(patterns)
        } catch {
            preconditionFailure("a pattern that was read no longer compiles: \(error.problem)")
        }
    }

    private static func meanings(_ program: Program, _ rules: [Rule], _ signals: [Signal]) -> [[Posting]] {
        var meanings = [[Posting]](repeating: [], count: program.leaves.count)
        func note(_ posting: Posting, _ leaf: Int) {
            if !meanings[leaf].contains(posting) { meanings[leaf].append(posting) }
        }
        for root in program.roots.indices {
            let (rule, signal) = (signals[root].rule, signals[root].number)
            let hasSignals = rules[rule].match.signals.count > 1
            for (number, part) in program.parts(ofRule: root).enumerated() {
                for leaf in program.positiveLeaves(of: part) {
                    note(Posting(rule: rule, role: .part(hasSignals ? signal : number)), leaf)
                }
            }
            for filter in program.filters(of: program.roots[root].node) {
                let clearing = program.nodes[filter].clearedBy
                if clearing >= 0 { note(Posting(rule: rule, role: .unless), program.nodes[clearing].leaf) }
            }
        }
        return meanings
    }

    /// The model that a rule asks (by index); nil if it asks none, or if it is not there.
    public func screen(ofRule rule: Int) -> ScreenModel? { rules[rule].screen.flatMap { screens[$0.model] } }

    /// The terms of a part (from 0, as `Posting` counts them) of a rule, as written. Cost: a look at every term.
    public func terms(ofPart part: Int, rule: Int) -> [String] {
        let leaves = Set(program.positiveLeaves(of: program.parts(ofRule: rule)[part]))
        return terms.indices.filter { !leaves.isDisjoint(with: program.uses(of: TermID($0))) }.map { terms[$0] }
    }

    /// What a leaf of the program is to which rules.
    public func postings(ofLeaf leaf: Int) -> [Posting] { meanings[leaf] }

    /// What a term is to which rules, in order of rule. For tools; detection asks `program`.
    public func postings(of term: TermID) -> [Posting] {
        let own = program.uses[Int(program.firstUse[term.index])..<Int(program.firstUse[term.index + 1])]
        var found: [Posting] = []
        for posting in own.flatMap({ meanings[Int($0)] }) where !found.contains(posting) { found.append(posting) }
        return found.sorted { $0.rule < $1.rule }
    }
}
