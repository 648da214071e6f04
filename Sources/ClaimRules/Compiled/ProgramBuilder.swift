import TermMatching

/// Compiles the expressions of rules into a `Program`, and gives their terms numbers.
struct ProgramBuilder {
    private(set) var program = Program()
    /// In order of rule and place; a term that is seen through two disguises has two numbers.
    private(set) var terms: [Term] = []
    private(set) var contextTerms: [Term] = []

    /// Words of a leaf.
    private struct LeafKey: Hashable {
        var terms: [Term]
        var minScore: UInt8
        var wholeWords: Bool
    }
    /// An array by its place in memory: rules that name the same class share it, and 20,000 terms need no second hash.
    private struct Place: Hashable {
        var address: UnsafeRawPointer
        var count: Int
        var minScore: UInt8
        var wholeWords: Bool
    }
    /// A node by what it is made of.
    private struct NodeKey: Hashable {
        var node: Program.Node
        var children: [Int]
        var gaps: [Program.Gap] = []
    }

    private var leafNumbers: [LeafKey: Int] = [:]
    private var places: [Place: Int] = [:]
    private var leafTerms: [[Term]] = []
    private var nodeNumbers: [NodeKey: Int] = [:]
    private var nameNumbers: [String: Int] = [:]

    init(_ rules: [Rule]) {
        for rule in rules { add(rule) }
        numberTerms()
        watch()
    }

    // MARK: Rules

    private mutating func add(_ rule: Rule) {
        // The signals of a rule that looks at several texts come one by one; see `RuleSet.signals`.
        let expression = rule.match.signals[0].flattened
        // First the words that make a hit, so that they have the lower numbers.
        for words in expression.wordSets { _ = leaf(words.terms, words.minScore, words.wholeWords, isContext: false) }
        let (speech, listing) = (rule.targets.contains(.speech), rule.targets.contains(.listing))
        let node = node(expression)
        let guards = conditions(rule.guards.map { ($0, nil) })
        let needs = conditions(rule.needs.map { ($0, nil) })
        let exemptions = conditions(rule.exemptions.map { ($0.condition, $0.exemption) })
        program.roots.append(
            Program.Root(
                node: node, guards: guards, needs: needs, exemptions: exemptions, speech: speech, listing: listing))
        let isLazy = program.endsLazily(node) || !needs.isEmpty
        for leaf in program.positiveLeaves(of: node) {
            if isLazy { program.leaves[leaf].feedsLazy = true }
            if speech { program.leaves[leaf].servesSpeech = true }
            if listing { program.leaves[leaf].servesListings = true }
        }
    }

    private mutating func conditions(_ guards: [(Guard, Exemption?)]) -> Range<Int> {
        let first = program.conditions.count
        for (condition, exemption) in guards {
            let words = words(condition.words, isContext: true)
            let except = condition.except.map { self.words($0, isContext: true) } ?? -1
            program.conditions.append(
                Program.Condition(
                    words: words, except: except, scope: condition.scope, isOdd: condition.isOdd,
                    action: condition.action, name: name(condition.name), exemption: exemption))
        }
        return first..<program.conditions.count
    }

    private mutating func name(_ text: String) -> Int {
        if let known = nameNumbers[text] { return known }
        nameNumbers[text] = program.names.count
        program.names.append(text)
        return program.names.count - 1
    }

    // MARK: Nodes

    private mutating func node(_ expression: Expression) -> Int {
        switch expression {
        case .words(let set): return words(set, isContext: false)
        case .number(let slot):
            var made = Program.Node(kind: .number, children: 0..<0)
            made.source = program.slots.firstIndex(of: slot) ?? program.slots.count
            if made.source == program.slots.count { program.slots.append(slot) }
            return cons(made, [])
        case .pattern(let pattern):
            var made = Program.Node(kind: .pattern, children: 0..<0)
            made.source = program.patterns.firstIndex(of: pattern) ?? program.patterns.count
            if made.source == program.patterns.count { program.patterns.append(pattern) }
            if !pattern.words.isEmpty { made.leaf = leaf(pattern.words.map { Term($0) }, 0, false, isContext: false) }
            return cons(made, [])
        case .any(let parts):
            var numbers: [Int] = []
            for part in parts {
                let number = node(part)
                if !numbers.contains(number) { numbers.append(number) }
            }
            if numbers.count == 1 { return numbers[0] }
            var made = Program.Node(kind: .any, children: 0..<0)
            made.isWords = numbers.allSatisfy { program.nodes[$0].isWords }
            return cons(made, numbers)
        case .seq(let parts, let gaps, let isBothWays, let extent):
            let numbers = parts.map { node($0) }
            if numbers.count == 1 { return numbers[0] }
            var made = Program.Node(kind: .seq, children: 0..<0)
            made.isBothWays = isBothWays && numbers.count == 2
            set(extent, of: &made)
            let compiled = gaps.map { gap in
                Program.Gap(
                    low: Int32(clamping: gap.characters.lowerBound), high: Int32(clamping: gap.characters.upperBound),
                    without: gap.without.map { words($0, isContext: true) } ?? -1)
            }
            precondition(compiled.count == numbers.count - 1, "a sequence with a gap too many or too few")
            return cons(made, numbers, compiled)
        case .near(let parts, let extent):
            let numbers = parts.map { node($0) }
            if numbers.count == 1 { return numbers[0] }
            var made = Program.Node(kind: .near, children: 0..<0)
            set(extent, of: &made)
            return cons(made, numbers)
        case .named(let text, let inner):
            let number = node(inner)
            var made = Program.Node(kind: .named, children: 0..<0)
            made.name = name(text)
            made.isWords = program.nodes[number].isWords
            return cons(made, [number])
        }
    }

    private func set(_ extent: Extent, of node: inout Program.Node) {
        node.within = extent.within.map { Int32(clamping: $0) } ?? .max
        node.unit = extent.unit
    }

    /// The node of some words and of what is taken out of them.
    private mutating func words(_ set: WordSet, isContext: Bool) -> Int {
        let base = leafNode(set.terms, set.minScore, set.wholeWords, isContext: isContext)
        if set.minus.isEmpty, set.clearedBy.isEmpty { return base }
        var made = Program.Node(kind: .filtered, children: 0..<0)
        made.isWords = true
        if !set.minus.isEmpty { made.minus = leafNode(set.minus, 0, false, isContext: true) }
        // These are searched with the terms that they hold, as they always were: they must not be missed where a hit's
        // words are found in a longer text than the hit's own.
        if !set.clearedBy.isEmpty { made.clearedBy = leafNode(set.clearedBy, 0, false, isContext: isContext) }
        return cons(made, [base])
    }

    private mutating func leafNode(_ terms: [Term], _ minScore: UInt8, _ wholeWords: Bool, isContext: Bool) -> Int {
        var made = Program.Node(kind: .words, children: 0..<0)
        made.leaf = leaf(terms, minScore, wholeWords, isContext: isContext)
        made.isWords = true
        return cons(made, [])
    }

    private mutating func cons(_ node: Program.Node, _ children: [Int], _ gaps: [Program.Gap] = []) -> Int {
        let key = NodeKey(node: node, children: children, gaps: gaps)
        if let known = nodeNumbers[key] { return known }
        var made = node
        made.children = program.children.count..<program.children.count + children.count
        program.children += children
        made.firstGap = program.gaps.count
        program.gaps += gaps
        program.nodes.append(made)
        nodeNumbers[key] = program.nodes.count - 1
        return program.nodes.count - 1
    }

    /// - Parameter isContext: Whether this use does not need the words before a hit asks. One that does is enough for them
    ///   to be searched with all others.
    private mutating func leaf(_ terms: [Term], _ minScore: UInt8, _ wholeWords: Bool, isContext: Bool) -> Int {
        let place = terms.withUnsafeBytes { bytes in
            bytes.baseAddress.map {
                Place(address: $0, count: terms.count, minScore: minScore, wholeWords: wholeWords)
            }
        }
        let number: Int
        if let place, let known = places[place] {
            number = known
        } else {
            let key = LeafKey(terms: terms, minScore: minScore, wholeWords: wholeWords)
            if let known = leafNumbers[key] {
                number = known
            } else {
                number = leafTerms.count
                leafNumbers[key] = number
                leafTerms.append(terms)
                program.leaves.append(
                    Program.Leaf(minScore: minScore, wholeWords: wholeWords, isContext: isContext))
            }
        }
        if !isContext { program.leaves[number].isContext = false }
        return number
    }

    // MARK: Tables

    private mutating func numberTerms() {
        var numbers: [Term: Int] = [:]
        var contextNumbers: [Term: Int] = [:]
        var uses: [[Int32]] = []
        var contextUses: [[Int32]] = []
        for (leaf, own) in leafTerms.enumerated() {
            let use = Int32(leaf)
            for term in own {
                if program.leaves[leaf].isContext {
                    Self.note(term, use, in: &contextTerms, &contextNumbers, &contextUses)
                } else {
                    Self.note(term, use, in: &terms, &numbers, &uses)
                }
            }
        }
        (program.firstUse, program.uses) = Self.flat(uses)
        (program.firstContextUse, program.contextUses) = Self.flat(contextUses)
    }

    private static func note(
        _ term: Term, _ use: Int32, in terms: inout [Term], _ numbers: inout [Term: Int], _ uses: inout [[Int32]]
    ) {
        if let known = numbers[term] {
            if uses[known].last != use { uses[known].append(use) }
        } else {
            numbers[term] = terms.count
            terms.append(term)
            uses.append([use])
        }
    }

    private static func flat(_ lists: [[Int32]]) -> (first: [Int32], all: [Int32]) {
        var first: [Int32] = [0]
        var all: [Int32] = []
        for list in lists {
            all += list
            first.append(Int32(all.count))
        }
        return (first, all)
    }

    /// Lets each rule wait for the rarest of what it cannot do without.
    private mutating func watch() {
        let frequencies = TermFrequencies()
        let costs = leafTerms.map { terms in terms.reduce(0) { $0 + frequencies.estimate($1) } }
        // A node stands behind its children.
        var awaited: [Set<Int>?] = []
        for number in program.nodes.indices { awaited.append(waitedFor(number, awaited, costs)) }
        var lists = [[Int32]](repeating: [], count: program.leaves.count)
        for (rule, root) in program.roots.enumerated() {
            guard let leaves = awaited[root.node] else {
                program.roots[rule].isAlwaysAwake = true
                continue
            }
            for leaf in leaves { lists[leaf].append(Int32(rule)) }
        }
        (program.firstWatcher, program.watchers) = Self.flat(lists)
    }

    /// Leaves of which one must have an occurrence for the node to have a span: of a composite's parts those that occur most
    /// rarely. Nil if it asks for none.
    ///
    /// - Parameter awaited: The same of the nodes before it.
    private mutating func waitedFor(_ number: Int, _ awaited: [Set<Int>?], _ costs: [Double]) -> Set<Int>? {
        let node = program.nodes[number]
        let parts = node.children.map { awaited[program.children[$0]] }
        switch node.kind {
        case .words: return [node.leaf]
        case .filtered, .named: return parts[0]
        case .number: return nil
        case .pattern: return node.leaf < 0 ? nil : [node.leaf]
        case .any:
            var all: Set<Int> = []
            for part in parts {
                guard let part else { return nil }
                all.formUnion(part)
            }
            return all
        case .seq, .near:
            var least = Double.infinity
            var rarest: Int?
            for (place, leaves) in parts.enumerated() {
                // In one order, so that the same rules always make the same program.
                guard let cost = leaves.map({ $0.sorted().reduce(0) { $0 + costs[$1] } }) else { continue }
                if rarest == nil || cost < least { (least, rarest) = (cost, place) }
            }
            guard let rarest else { return nil }
            program.nodes[number].rarest = rarest
            return parts[rarest]
        }
    }
}

extension Expression {
    /// Every sequence that is a plain part of another written into it, so that no reading of it is lost: a composite
    /// tells its surroundings only the tightest of its spans.
    var flattened: Expression {
        switch self {
        case .words, .number, .pattern: return self
        case .named(let name, let inner): return .named(name, inner.flattened)
        case .any(let parts):
            var all: [Expression] = []
            for part in parts.map(\.flattened) {
                if case .any(let inner) = part { all += inner } else { all.append(part) }
            }
            return .any(all)
        case .near(let parts, let extent): return .near(parts.map(\.flattened), extent)
        case .seq(let parts, let gaps, let isBothWays, let extent):
            var (allParts, allGaps): ([Expression], [Gap]) = ([], [])
            for (number, part) in parts.map(\.flattened).enumerated() {
                if number > 0 { allGaps.append(gaps[number - 1]) }
                if !isBothWays, case .seq(let inner, let innerGaps, false, let own) = part, own.within == nil,
                    own.unit == extent.unit || (own.unit == .sentence && extent.unit == .clause)
                {
                    allParts += inner
                    allGaps += innerGaps
                } else {
                    allParts.append(part)
                }
            }
            return .seq(allParts, gaps: allGaps, bothWays: isBothWays, extent)
        }
    }

    /// The words that make its spans, in order.
    var wordSets: [WordSet] {
        switch self {
        case .words(let set): [set]
        case .number, .pattern: []
        case .any(let parts), .seq(let parts, _, _, _), .near(let parts, _): parts.flatMap(\.wordSets)
        case .named(_, let inner): inner.wordSets
        }
    }
}
