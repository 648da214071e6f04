public import TermMatching

/// The expressions of all rules as one graph: what is equal in two rules is one node, and is found once.
///
/// ```
///  terms ──uses──> leaves ──watchers──> rules ──root──> nodes, which ask their children
///  糖尿病           L7                    12              seq(L3, L7)
///  化              L3                    –               (rule 12 waits for the rarer L7)
///  不              C2, read on demand    –               between L3 and L7
/// ```
/// A term that occurs reaches its leaves, a leaf the few rules that wait for it; a rule is looked at only then, and asks its
/// nodes from the top. Words of which nothing is asked but whether they stand at a hit (不, 没, 吗) are not searched with the
/// others: they lie in an index of their own, with which a text is read when a hit first asks.
///
/// Flat arrays, immutable, shared by all workers. A node stands behind its children.
public struct Program: Sendable {
    /// What a node does with the spans of its children.
    public struct Node: Hashable, Sendable {
        public enum Kind: UInt8, Sendable {
            /// The occurrences of a leaf.
            case words
            /// Those of the child that no span of `minus` holds and none of `clearedBy` touches.
            case filtered
            case any
            case seq
            case near
            /// The child's, remembered under a name.
            case named
            /// The numbers that a slot takes.
            case number
            /// The matches of a regular expression.
            case pattern
        }
        public var kind: Kind
        /// Into `Program.children`.
        public var children: Range<Int>
        /// Of words, and of a regular expression the words of which one must occur; -1 if none must.
        public var leaf = -1
        /// Into `Program.slots` or `Program.patterns`.
        public var source = -1
        /// Nodes, or -1.
        public var minus = -1
        public var clearedBy = -1
        /// Into `Program.gaps`: the first of a sequence's, one less than children.
        public var firstGap = 0
        public var isBothWays = false
        /// Visible characters; `Int32.max` if there is no bound.
        public var within = Int32.max
        public var unit = TextUnit.sentence
        /// Into `Program.names`.
        public var name = -1
        /// Of a sequence or a neighbourhood the part that occurs most rarely, counted from 0.
        public internal(set) var rarest = 0
        /// Whether its spans are occurrences of words and no composites.
        public var isWords = false
    }

    /// A gap of a sequence.
    public struct Gap: Hashable, Sendable {
        /// Visible characters.
        public var low: Int32
        public var high: Int32
        /// The node of the words that may not lie in it, or -1.
        public var without: Int
    }

    /// Words that are looked for together.
    public struct Leaf: Sendable {
        /// An occurrence that is less sure is not taken; percent.
        public var minScore: UInt8
        /// An occurrence inside another word is not taken.
        public var wholeWords: Bool
        /// Whether its terms are numbers into `contextTerms`, and it is empty until a hit asks.
        public var isContext: Bool
        /// Whether an occurrence may make a rule of this target met, and does not only keep it from being met.
        public var servesSpeech = false
        public var servesListings = false
        /// Whether such a rule may be met later by what is only looked for once something else of it is there: by a number or
        /// a regular expression that ends it, by words around the hit.
        public var feedsLazy = false

        public func serves(_ target: Rule.Target) -> Bool { target == .speech ? servesSpeech : servesListings }
    }

    /// A guard, a context that is needed, or an exemption.
    public struct Condition: Sendable {
        /// Nodes; `except` may be -1.
        public var words: Int
        public var except: Int
        public var scope: Guard.Scope
        public var isOdd: Bool
        public var action: Guard.Action
        /// Into `names`.
        public var name: Int
        public var exemption: Exemption?
    }

    /// What a rule asks for.
    public struct Root: Sendable {
        public var node: Int
        /// Into `conditions`.
        public var guards: Range<Int>
        public var needs: Range<Int>
        public var exemptions: Range<Int>
        /// Whether nothing need occur for the rule to be looked at: it asks for a number alone.
        public var isAlwaysAwake = false
        public var speech: Bool
        public var listing: Bool

        public func looks(at target: Rule.Target) -> Bool { target == .speech ? speech : listing }
    }

    public internal(set) var nodes: [Node] = []
    public internal(set) var children: [Int] = []
    public internal(set) var gaps: [Gap] = []
    public internal(set) var leaves: [Leaf] = []
    public internal(set) var conditions: [Condition] = []
    public internal(set) var names: [String] = []
    public internal(set) var slots: [NumberSlot] = []
    public internal(set) var patterns: [TextPattern] = []
    /// By rule.
    public internal(set) var roots: [Root] = []

    /// By term, the leaves it is in: `uses[firstUse[t]..<firstUse[t + 1]]`.
    public internal(set) var firstUse: [Int32] = [0]
    public internal(set) var uses: [Int32] = []
    /// The same for the terms that are read on demand.
    public internal(set) var firstContextUse: [Int32] = [0]
    public internal(set) var contextUses: [Int32] = []
    /// By leaf, the rules to look at when it has an occurrence.
    public internal(set) var firstWatcher: [Int32] = [0]
    public internal(set) var watchers: [Int32] = []

    /// The leaves that a term is in.
    public func uses(of term: TermID) -> [Int] {
        uses[Int(firstUse[term.index])..<Int(firstUse[term.index + 1])].map { Int($0) }
    }

    /// The leaves of a node that can give it spans, in order of the expression, each once.
    public func positiveLeaves(of node: Int) -> [Int] {
        var found: [Int] = []
        func visit(_ number: Int) {
            if nodes[number].leaf >= 0, !found.contains(nodes[number].leaf) { found.append(nodes[number].leaf) }
            for child in nodes[number].children { visit(children[child]) }
        }
        visit(node)
        return found
    }

    /// Whether a span of a node may end with what is looked for only once something else is there.
    public func endsLazily(_ node: Int) -> Bool {
        let own = nodes[node]
        return switch own.kind {
        case .number, .pattern: true
        case .seq where !own.isBothWays: endsLazily(children[own.children.upperBound - 1])
        case .words, .filtered, .any, .seq, .near, .named: own.children.contains { endsLazily(children[$0]) }
        }
    }

    /// The nodes below a node and itself that filter words.
    public func filters(of node: Int) -> [Int] {
        var found: [Int] = []
        func visit(_ number: Int) {
            if nodes[number].kind == .filtered, !found.contains(number) { found.append(number) }
            for child in nodes[number].children { visit(children[child]) }
        }
        visit(node)
        return found
    }

    /// What a rule's author would call the parts of its condition: those of the outermost sequence, or the whole.
    public func parts(ofRule rule: Int) -> [Int] {
        var number = roots[rule].node
        while nodes[number].kind == .named { number = children[nodes[number].children.lowerBound] }
        switch nodes[number].kind {
        case .seq, .near: return nodes[number].children.map { children[$0] }
        case .words, .filtered, .any, .named, .number, .pattern: return [number]
        }
    }
}
