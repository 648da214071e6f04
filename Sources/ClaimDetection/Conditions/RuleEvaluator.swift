import ClaimRules
import TermMatching

/// Finds the rules that a text meets, from the occurrences in it.
///
/// ```
///     occurrences    化 9..<12    了 12..<15    结节 15..<21        each reaches the leaves of its term
///     leaves         @act: 化     @disease: 结节                   the rarest wakes the rules that wait for it
///     nodes          seq(@act, @disease): 化…结节                  asked from the top, each once a text
///     selection      9..<21                                       spans that do not overlap are hits
/// ```
/// A node's spans are tight: for each end the latest start and for each start the earliest end, so that lists stay as
/// short as the occurrences are many; `docs/proposals/rule-language-2.md`, 2.1 to 2.4, defines what is found.
///
/// Nothing is allocated once its buffers have grown. What it finds stays in `hits` and `parts` until the next text.
struct RuleEvaluator: ~Copyable {
    /// A rule met: where, and by which of `parts`. Byte offsets in the judged text.
    struct Hit: Equatable {
        var rule: Int32
        var start: Int32
        var end: Int32
        var parts: Range<Int>
        /// Into `guards`: those that lower or mark it.
        var guards = 0..<0
        var exemptions = ExemptionSet()
        /// Whether one of the guards makes it weigh a step less. What exemptions do depends on the binding.
        var isLowered = false
    }

    /// Exemptions that may apply to a hit.
    struct ExemptionSet: Equatable {
        private var bits: UInt16 = 0
        var isEmpty: Bool { bits == 0 }

        mutating func insert(_ exemption: Exemption) { bits |= Self.bit(exemption) }
        func contains(_ exemption: Exemption) -> Bool { bits & Self.bit(exemption) != 0 }

        private static func bit(_ exemption: Exemption) -> UInt16 {
            switch exemption {
            case .attitude: 1
            case .goal: 2
            case .unrelated: 4
            case .own: 8
            case .usage: 16
            case .grade: 32
            case .name: 64
            case .title: 128
            case .fact: 256
            }
        }
    }

    /// An occurrence that is a part of a hit.
    struct Met: Equatable {
        var span: Span
        /// A number into `Program.names` if it is remembered under a name, else -1.
        var group: Int32 = -1

        var start: Int32 { span.start }
        var end: Int32 { span.end }
        var path: MatchPath { span.path }
        /// Percent.
        var score: UInt8 { span.score }
        /// The term, if it is an occurrence of one.
        var term: TermID { TermID(rawValue: span.meaning) }

        /// The term as the rule writes it; of a number or the match of an expression, what stands in the text.
        func text(_ ruleSet: RuleSet, in bytes: UnsafeBufferPointer<UInt8>) -> String {
            switch span.source {
            case .term: ruleSet.terms[Int(span.meaning)]
            case .context: ruleSet.contextTerms[Int(span.meaning)].text
            case .number, .pattern:
                String(
                    decoding: bytes[Int(start)..<min(Int(end), Int(start) + AlertComposer.maxMatchedBytes)],
                    as: UTF8.self)
            }
        }
    }

    /// A stretch of the text that a node denotes.
    struct Span: Equatable {
        var start: Int32
        var end: Int32
        /// As in `Occurrence`; -1 for a composite.
        var meaning: Int32
        var source = Occurrence.Source.term
        var path = MatchPath.plain
        var score: UInt8 = 100

        /// In order of end, then of start.
        @inline(__always)
        static func endsBefore(_ a: Span, _ b: Span) -> Bool { (a.end, a.start) < (b.end, b.start) }
    }

    let ruleSet: RuleSet
    let program: Program
    /// Counts the work, if somebody asks; nil costs one look for each rule and each node that is searched.
    var profile: WorkProfile?
    /// Whether a rule asks for something that is only looked for where the rest of it is there.
    private let hasLazy: Bool

    // MARK: What is known of the text

    private(set) var hits: [Hit] = []
    var parts: [Met] = []
    /// Numbers into `Program.conditions`.
    var guards: [Int32] = []

    var text = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
    private(set) var first = 0
    private var pieces: [CarryOver.Piece] = []
    var border = 0
    private var hasLayout = false
    var layout = TextLayout()
    /// Work that may still be done for the text; below 0 once it is spent.
    private(set) var steps = 0
    private var maxSteps = 0
    /// Bytes that were read of the text, once for each reader, and with a profile what else is looked at.
    var bytesRead = 0
    /// Whether a bound left something out.
    var isCutShort = false
    /// Occurrences behind the border that phrases cleared.
    var cleared = 0

    /// Tells the lists of this text from those of the one before.
    private(set) var generation = 0
    /// Occurrences by leaf, as lists linked in order of the text.
    struct Entry {
        var span: Span
        var next: Int32
    }
    private(set) var entries: [Entry] = []
    struct Chain {
        var generation = 0
        var first: Int32 = -1
        var last: Int32 = -1
    }
    private(set) var chains: [Chain]
    /// A bit for each rule to look at.
    private var awake: [UInt64]
    private(set) var hasContext = false
    var contextMatches = MatchBuffer(capacity: 64)
    let contextReach: ScanReach
    /// Whether it is known of each leaf of the context if it has a word behind the border, and by leaf the last generation
    /// in which it had.
    var knowsNewContext = false
    var newContext: [Int]
    var hasNumbers = false
    /// Whether `numbers` has at least those that end behind the border.
    var hasNewNumbers = false
    private(set) var isFrontCut = false
    var numbers = NumberSource()
    private var hasPatterns = false
    private var patterns: PatternSource?
    private var maxPatternBytes = 0
    private var occurrences: [Occurrence] = []
    /// The rules to look at in each text.
    private let alwaysAwake: [UInt64]
    private let hasAlwaysAwake: Bool

    /// The spans of all nodes.
    var arena: [Span] = []
    private struct List {
        var generation = 0
        var range = 0..<0
    }
    private var lists: [List]
    /// By node, whether it may have spans, behind the generation in which that was asked.
    private var presence: [Int]

    /// The words of all conditions that were asked.
    var guardWords: [GuardWord] = []
    private var wordLists: [List]

    // MARK: Room to work in

    var found: [Span] = []
    var items: [Item] = []
    var nextItems: [Item] = []
    var forbidden: [Item] = []
    var queue: [Item] = []
    var masks: [Int32] = []
    var bestMasks: [Int32] = []
    var byEnd: [Int32] = []
    var reached: [UInt64] = []
    var trail: [Trail] = []
    var chosen: [Span] = []
    private var selection: [Selected] = []

    init(_ ruleSet: RuleSet) {
        self.ruleSet = ruleSet
        program = ruleSet.program
        hasLazy = program.leaves.contains(where: \.feedsLazy)
        contextMatches.limit = Self.maxContextMatches
        contextReach = ScanReach(ruleSet.contextTerms)
        newContext = [Int](repeating: 0, count: program.leaves.count)
        chains = [Chain](repeating: Chain(), count: program.leaves.count)
        lists = [List](repeating: List(), count: program.nodes.count)
        presence = [Int](repeating: 0, count: program.nodes.count)
        wordLists = [List](repeating: List(), count: program.conditions.count)
        awake = [UInt64](repeating: 0, count: (program.roots.count + 63) / 64)
        var always = awake
        for (rule, root) in program.roots.enumerated() where root.isAlwaysAwake {
            always[rule >> 6] |= 1 << UInt64(rule & 63)
        }
        alwaysAwake = always
        hasAlwaysAwake = always.contains { $0 != 0 }
        patterns = ruleSet.patterns.map { PatternSource($0) }
    }

    /// Whether a rule may wait for something that is no occurrence: a number behind 瘦, but not one before 斤, since that has
    /// come or does not come; words that it needs around it.
    ///
    /// - Parameters:
    ///   - occurrences: Those of the whole text.
    ///   - areKnown: Whether these are all. If not, there may be one that waits.
    func mayWait(_ occurrences: [Occurrence], areKnown: Bool, _ target: Rule.Target) -> Bool {
        if hasAlwaysAwake { return true }
        guard hasLazy else { return false }
        if !areKnown { return true }
        for occurrence in occurrences {
            let term = Int(occurrence.meaning)
            for use in Int(program.firstUse[term])..<Int(program.firstUse[term + 1]) {
                let leaf = program.leaves[Int(program.uses[use])]
                if leaf.feedsLazy, leaf.serves(target) { return true }
            }
        }
        return false
    }

    /// Whether a rule could be met by this occurrence, with others or alone.
    func mayMeet(_ occurrence: Occurrence, _ target: Rule.Target) -> Bool {
        let term = Int(occurrence.meaning)
        for use in Int(program.firstUse[term])..<Int(program.firstUse[term + 1]) {
            let leaf = program.leaves[Int(program.uses[use])]
            if leaf.serves(target), Self.reasonToDrop(occurrence, leaf) == nil { return true }
        }
        return false
    }

    /// Why a leaf does not take an occurrence; nil if it does.
    @inline(__always)
    static func reasonToDrop(_ occurrence: Occurrence, _ leaf: Program.Leaf) -> ClaimExplanation.Dropped.Reason? {
        if occurrence.score < leaf.minScore { return .belowMinScore }
        return occurrence.isEmbedded && leaf.wholeWords ? .insideWord : nil
    }

    /// Finds the rules met with something that ends behind `border`, in order of place, then of rule.
    ///
    /// Bytes before the border were judged with an earlier segment; a hit that lies there whole is not reported again.
    /// - Parameters:
    ///   - first: Where the text begins in `text`.
    ///   - pieces: The segments of the text; empty if it is one.
    ///   - counters: `cleared` grows.
    /// - Returns: false if a bound left something out.
    mutating func evaluate(
        _ occurrences: [Occurrence], in text: UnsafeBufferPointer<UInt8>, from first: Int,
        pieces: [CarryOver.Piece], behind border: Int, target: Rule.Target, limits: DetectionLimits,
        counters: inout DetectionCounters
    ) -> Bool {
        begin(text, from: first, pieces: pieces, behind: border, limits: limits)
        take(occurrences, limit: limits.maxOccurrences)
        profile?.add(entries.count, to: .terms)
        for word in awake.indices {
            while awake[word] != 0 {
                let rule = word * 64 + awake[word].trailingZeroBitCount
                awake[word] &= awake[word] - 1
                if program.roots[rule].looks(at: target) { meet(rule) }
            }
        }
        if hits.count > 1 { hits.sortInPlace(0..<hits.count) { ($0.start, $0.rule) < ($1.start, $1.rule) } }
        counters.cleared += cleared
        return !isCutShort
    }

    /// Begins a text.
    mutating func begin(
        _ text: UnsafeBufferPointer<UInt8>, from first: Int, pieces: [CarryOver.Piece], behind border: Int,
        limits: DetectionLimits
    ) {
        (self.text, self.first, self.pieces, self.border) = (text, first, pieces, border)
        (steps, maxPatternBytes) = (limits.maxStepsPerText, limits.maxPatternBytesPerText)
        (maxSteps, bytesRead) = (steps, 0)
        // Speech that was carried over in full length may have been cut within a number.
        isFrontCut = border - first > limits.maxCarryOverBytes - 4
        hits.removeAll(keepingCapacity: true)
        parts.removeAll(keepingCapacity: true)
        guards.removeAll(keepingCapacity: true)
        guardWords.removeAll(keepingCapacity: true)
        entries.removeAll(keepingCapacity: true)
        arena.removeAll(keepingCapacity: true)
        generation += 1
        (hasLayout, hasContext, isCutShort, cleared) = (false, false, false, 0)
        (hasNumbers, hasNewNumbers, knowsNewContext, hasPatterns) = (false, false, false, false)
        if hasAlwaysAwake { for word in awake.indices { awake[word] = alwaysAwake[word] } }
    }

    /// Hands the occurrences to the leaves of their terms and wakes the rules that wait for them.
    ///
    /// - Parameter limit: What is more than so many is left out.
    mutating func take(_ occurrences: [Occurrence], limit: Int) {
        for occurrence in occurrences {
            let term = Int(occurrence.meaning)
            let own = Int(program.firstUse[term])..<Int(program.firstUse[term + 1])
            if entries.count + own.count > limit {
                isCutShort = true
                return
            }
            for use in own {
                let number = Int(program.uses[use])
                if Self.reasonToDrop(occurrence, program.leaves[number]) != nil { continue }
                if add(occurrence, to: number) {
                    for watcher in Int(program.firstWatcher[number])..<Int(program.firstWatcher[number + 1]) {
                        let rule = Int(program.watchers[watcher])
                        awake[rule >> 6] |= 1 << UInt64(rule & 63)
                    }
                }
            }
        }
    }

    /// - Returns: Whether it is the leaf's first.
    @inline(__always)
    private mutating func add(_ occurrence: Occurrence, to leaf: Int) -> Bool {
        let number = Int32(entries.count)
        entries.append(Entry(span: Span(occurrence), next: -1))
        if chains[leaf].generation == generation {
            entries[Int(chains[leaf].last)].next = number
            chains[leaf].last = number
            return false
        }
        chains[leaf] = Chain(generation: generation, first: number, last: number)
        return true
    }

    /// Reads the text with the words that only hits ask about.
    mutating func readContext() {
        hasContext = true
        guard let index = ruleSet.contextIndex else { return }
        contextMatches.removeAll()
        bytesRead += text.count - first
        index.scan(UnsafeBufferPointer(rebasing: text[first...]), into: &contextMatches)
        if !contextMatches.isWhole { isCutShort = true }
        for match in contextMatches.found {
            var occurrence = Occurrence(match, movedBy: first)
            occurrence.source = .context
            let term = Int(occurrence.meaning)
            for use in Int(program.firstContextUse[term])..<Int(program.firstContextUse[term + 1]) {
                let number = Int(program.contextUses[use])
                if Self.reasonToDrop(occurrence, program.leaves[number]) == nil { _ = add(occurrence, to: number) }
            }
        }
    }

    mutating func needLayout() {
        if hasLayout { return }
        hasLayout = true
        bytesRead += text.count - first
        layout.read(text, from: first, pieces: pieces)
    }

    // MARK: Nodes

    /// Whether a node may have spans: whether the words of what it cannot do without occur, filtered or not. Asked once a
    /// text of each node, and of the rarest part of a composite first, so that most rules that were woken cost one look.
    mutating func isPresent(_ number: Int) -> Bool {
        let known = presence[number]
        if known >> 1 == generation { return known & 1 != 0 }
        let isPresent = findPresence(number)
        presence[number] = generation << 1 | (isPresent ? 1 : 0)
        return isPresent
    }

    private mutating func findPresence(_ number: Int) -> Bool {
        let children = program.nodes[number].children
        switch program.nodes[number].kind {
        case .words:
            let leaf = program.nodes[number].leaf
            return chains[leaf].generation == generation || (program.leaves[leaf].isContext && !hasContext)
        case .number: return true
        case .pattern:
            let leaf = program.nodes[number].leaf
            return leaf < 0 || chains[leaf].generation == generation
        case .filtered, .named: return isPresent(program.children[children.lowerBound])
        case .any:
            for child in children where isPresent(program.children[child]) { return true }
            return false
        case .seq, .near:
            guard isPresent(program.children[children.lowerBound + program.nodes[number].rarest]) else { return false }
            for child in children where !isPresent(program.children[child]) { return false }
            return true
        }
    }

    /// Whether a word that may give the node a span occurs.
    func hasOccurrence(of number: Int) -> Bool {
        program.positiveLeaves(of: number).contains { chains[$0].generation == generation }
    }

    /// The phrases that clear an occurrence of a node that filters words, and the words that hold one where they may not.
    mutating func clearing(_ number: Int) -> [Span] {
        let node = program.nodes[number]
        let words = arena[spans(program.children[node.children.lowerBound])]
        let phrases = node.clearedBy < 0 ? [] : arena[spans(node.clearedBy)]
        let holding = node.minus < 0 ? [] : arena[spans(node.minus)]
        return phrases.filter { phrase in words.contains { $0.start < phrase.end && phrase.start < $0.end } }
            + holding.filter { longer in words.contains { longer.start <= $0.start && $0.end <= longer.end } }
    }

    /// The spans of a node, in order of end, then of start, as a range of `arena`; found when first asked.
    mutating func spans(_ number: Int) -> Range<Int> {
        if lists[number].generation == generation { return lists[number].range }
        let range = isPresent(number) ? find(number) : 0..<0
        lists[number] = List(generation: generation, range: range)
        return range
    }

    /// The words of a condition, if it was asked before.
    func knownWords(of condition: Int) -> Range<Int>? {
        wordLists[condition].generation == generation ? wordLists[condition].range : nil
    }

    mutating func keepWords(_ words: Range<Int>, of condition: Int) {
        wordLists[condition] = List(generation: generation, range: words)
    }

    private mutating func find(_ number: Int) -> Range<Int> {
        guard let profile else { return search(number) }
        let (before, outer) = (work, profile.enter())
        let range = search(number)
        bytesRead += 1 + range.count
        profile.leave(outer, work - before, .init(program.nodes[number], program))
        return range
    }

    private mutating func search(_ number: Int) -> Range<Int> {
        let node = program.nodes[number]
        switch node.kind {
        case .words: return occurrences(ofLeaf: node.leaf)
        case .number: return numbers(of: node)
        case .pattern: return matches(of: node)
        case .named: return spans(program.children[node.children.lowerBound])
        case .filtered: return filter(spans(program.children[node.children.lowerBound]), node)
        case .any: return unite(node)
        case .seq: return sequence(node)
        case .near: return neighbourhood(node)
        }
    }

    /// Of occurrences of one stretch the surest is kept.
    private mutating func occurrences(ofLeaf leaf: Int) -> Range<Int> {
        if program.leaves[leaf].isContext, !hasContext { readContext() }
        let begin = arena.count
        guard chains[leaf].generation == generation else { return begin..<begin }
        var next = chains[leaf].first
        while next >= 0 {
            let span = entries[Int(next)].span
            next = entries[Int(next)].next
            if let last = arena.last, arena.count > begin, last.end == span.end, last.start == span.start {
                if span.score > last.score { arena[arena.count - 1] = span }
            } else {
                arena.append(span)
            }
        }
        return begin..<arena.count
    }

    private mutating func numbers(of node: Program.Node) -> Range<Int> {
        readNumbers()
        occurrences.removeAll(keepingCapacity: true)
        numbers.find(program.slots[node.source], into: &occurrences)
        return keepOccurrences()
    }

    /// All numbers of the text.
    mutating func readNumbers() {
        if hasNumbers { return }
        hasNumbers = true
        bytesRead += text.count - first
        numbers.read(text, from: first, isCut: isFrontCut)
    }

    /// Looked for in the sentences in which one of the words stands that must.
    private mutating func matches(of node: Program.Node) -> Range<Int> {
        needLayout()
        if !hasPatterns {
            hasPatterns = true
            patterns?.begin(maxBytes: maxPatternBytes)
        }
        occurrences.removeAll(keepingCapacity: true)
        let pattern = Int32(node.source)
        if node.leaf < 0 {
            var start = Int32(first)
            while Int(start) < text.count { start = search(pattern, inSentenceAt: start) }
        } else {
            var (next, searched) = (chains[node.leaf].first, Int32(first))
            while next >= 0 {
                let place = entries[Int(next)].span.end - 1
                if place >= searched { searched = search(pattern, inSentenceAt: place) }
                next = entries[Int(next)].next
            }
        }
        return keepOccurrences()
    }

    /// - Returns: Where the sentence ends.
    private mutating func search(_ pattern: Int32, inSentenceAt place: Int32) -> Int32 {
        let sentence = layout.bounds(.sentence, from: place, to: place + 1)
        bytesRead += Int(sentence.end - sentence.start)
        let isWhole = patterns?.find(
            pattern, in: Int(sentence.start)..<Int(sentence.end), of: text, from: first, into: &occurrences)
        if isWhole == false { isCutShort = true }
        return sentence.end
    }

    /// Puts `occurrences` into the arena, in order, each stretch once.
    private mutating func keepOccurrences() -> Range<Int> {
        found.removeAll(keepingCapacity: true)
        for occurrence in occurrences { found.append(Span(occurrence)) }
        return keepFound(isComposite: false)
    }

    /// Without the spans that lie within one of `minus` or share a byte with one of `clearedBy`.
    private mutating func filter(_ list: Range<Int>, _ node: Program.Node) -> Range<Int> {
        if list.isEmpty { return list }
        let minus = node.minus < 0 ? 0..<0 : spans(node.minus)
        let clearing = node.clearedBy < 0 ? 0..<0 : spans(node.clearedBy)
        if minus.isEmpty, clearing.isEmpty { return list }
        guard spend(list.count + minus.count + clearing.count) else { return 0..<0 }
        let begin = arena.count
        // Those that clear, in order of start: a span meets one of them if the furthest end of those that begin before its
        // own end lies behind its start. Spans come in order of end, so both only move forward.
        found.removeAll(keepingCapacity: true)
        for place in clearing { found.append(arena[place]) }
        found.sortInPlace(0..<found.count) { $0.start < $1.start }
        var (next, reach) = (0, Int32.min)
        for place in list {
            let span = arena[place]
            while next < found.count, found[next].start < span.end {
                reach = max(reach, found[next].end)
                next += 1
            }
            if reach > span.start {
                if Int(span.end) > border { cleared += 1 }
            } else {
                arena.append(span)
            }
        }
        if minus.isEmpty { return begin..<arena.count }
        // From the last end back: the earliest start of those that end at or behind a span's end.
        var (before, earliest, kept) = (minus.upperBound, Int32.max, arena.count)
        for place in (begin..<arena.count).reversed() {
            while before > minus.lowerBound, arena[before - 1].end >= arena[place].end {
                before -= 1
                earliest = min(earliest, arena[before].start)
            }
            if earliest > arena[place].start {
                kept -= 1
                arena[kept] = arena[place]
            }
        }
        let count = arena.count - kept
        for number in 0..<count { arena[begin + number] = arena[kept + number] }
        arena.removeLast(arena.count - begin - count)
        return begin..<arena.count
    }

    private mutating func unite(_ node: Program.Node) -> Range<Int> {
        var only: Range<Int>?
        var (lists, total) = (0, 0)
        for child in node.children {
            let list = spans(program.children[child])
            if list.isEmpty { continue }
            only = list
            lists += 1
            total += list.count
        }
        guard let only else { return 0..<0 }
        if lists == 1 { return only }
        guard spend(total) else { return 0..<0 }
        found.removeAll(keepingCapacity: true)
        for child in node.children { found.append(contentsOf: arena[spans(program.children[child])]) }
        return keepFound(isComposite: !node.isWords)
    }

    /// Puts `found` into the arena, in order and each stretch once, the surest way to hear it.
    mutating func keepFound(isComposite: Bool) -> Range<Int> {
        found.sortInPlace(0..<found.count) {
            if $0.end != $1.end { return $0.end < $1.end }
            if $0.start != $1.start { return $0.start < $1.start }
            if $0.score != $1.score { return $0.score > $1.score }
            return $0.meaning < $1.meaning
        }
        let begin = arena.count
        for span in found {
            if arena.count > begin, arena[arena.count - 1].end == span.end, arena[arena.count - 1].start == span.start {
                continue
            }
            if isComposite, arena.count - begin == Self.maxSpansPerNode {
                isCutShort = true
                break
            }
            arena.append(span)
        }
        return begin..<arena.count
    }

    /// Words around hits that are looked at in one text; what stands behind them is not seen.
    private static let maxContextMatches = 65_536
    /// Spans of a composite, at most; beyond it the leftmost are kept.
    static let maxSpansPerNode = 1_024

    /// - Returns: Whether so much work may still be done for the text. Once it may not, nothing more is.
    mutating func spend(_ work: Int) -> Bool {
        if steps < work {
            steps = -1
            isCutShort = true
            return false
        }
        steps -= work
        return true
    }

    /// What was done for the text, in steps: spans that were looked at, bytes that were read.
    var work: Int { maxSteps - max(0, steps) + bytesRead }

    // MARK: Hits

    /// A span that is taken for a hit.
    struct Selected {
        var start: Int32
        var end: Int32
        var node: Int32
        /// Whether it does not only lengthen one that was judged before.
        var isNew: Bool
        /// Which kind of a choice it is, in the order in which the rule writes them.
        var kind: Int32 = 0
    }

    /// Adds the hits of one rule.
    mutating func meet(_ rule: Int) {
        guard let profile else { return judge(rule) }
        let (before, outer, known) = (work, profile.enter(), hits.count)
        judge(rule)
        bytesRead += 1
        profile.add(work - before, hits: hits.count - known, toRule: ruleSet.signals[rule].rule)
        profile.leave(outer, work - before, .hit)
    }

    private mutating func judge(_ rule: Int) {
        let root = program.roots[rule]
        guard isPresent(root.node), mayBeNew(root), !spans(root.node).isEmpty else { return }
        selection.removeAll(keepingCapacity: true)
        select(root.node)
        for number in selection.indices {
            let selected = selection[number]
            let isBehind = selected.isNew && Int(selected.end) > border
            // What stands before the border may wait for a context that came only now.
            guard isBehind || !root.needs.isEmpty else { continue }
            let begin = parts.count
            derive(Int(selected.node), selected.start, selected.end, group: -1)
            parts.sortInPlace(begin..<parts.count) { ($0.start, $0.end) < ($1.start, $1.end) }
            let verdict = verdict(root, selected.start, selected.end, parts: begin..<parts.count)
            guard !verdict.isCleared, let completion = verdict.completion,
                isBehind || (Int(completion) > border && completion > selected.end)
            else {
                if verdict.isCleared, isBehind { cleared += 1 }
                parts.removeLast(parts.count - begin)
                continue
            }
            var hit = Hit(rule: Int32(rule), start: selected.start, end: selected.end, parts: begin..<parts.count)
            describe(&hit, root)
            hits.append(hit)
        }
    }

    /// Appends to `selection` spans of a node that do not overlap: of words the leftmost and longest, of composites those
    /// that end first, of several kinds what each takes.
    private mutating func select(_ number: Int) {
        let node = program.nodes[number]
        if node.isWords { return selectWords(number) }
        let begin = selection.count
        switch node.kind {
        case .named: return select(program.children[node.children.lowerBound])
        case .any:
            for (kind, child) in node.children.enumerated() {
                let first = selection.count
                select(program.children[child])
                for number in first..<selection.count { selection[number].kind = Int32(truncatingIfNeeded: kind) }
            }
        case .words, .filtered, .seq, .near, .number, .pattern:
            for place in spans(number) {
                selection.append(
                    Selected(start: arena[place].start, end: arena[place].end, node: Int32(number), isNew: true))
            }
        }
        selection.sortInPlace(begin..<selection.count) {
            if $0.end != $1.end { return $0.end < $1.end }
            if $0.start != $1.start { return $0.start > $1.start }
            // Of two kinds of one stretch the one that was judged before. Nodes are numbered over all rules, and another rule
            // must not decide of which parts a hit is made.
            if $0.isNew != $1.isNew { return !$0.isNew }
            return $0.kind < $1.kind
        }
        takeDisjoint(from: begin)
    }

    private mutating func selectWords(_ number: Int) {
        let begin = selection.count
        var judgedEnd: Int32 = -1
        for place in spans(number) {
            let span = arena[place]
            if Int(span.end) <= border { judgedEnd = max(judgedEnd, span.end) }
            selection.append(
                Selected(start: span.start, end: span.end, node: Int32(number), isNew: span.start >= judgedEnd))
        }
        selection.sortInPlace(begin..<selection.count) { ($0.start, $1.end) < ($1.start, $0.end) }
        takeDisjoint(from: begin)
    }

    private mutating func takeDisjoint(from begin: Int) {
        var (kept, covered) = (begin, Int32.min)
        for place in begin..<selection.count where selection[place].start >= covered {
            covered = selection[place].end
            selection[kept] = selection[place]
            kept += 1
        }
        selection.removeLast(selection.count - kept)
    }
}

extension RuleEvaluator.Span {
    init(_ occurrence: Occurrence) {
        self.init(
            start: occurrence.start, end: occurrence.end, meaning: occurrence.meaning, source: occurrence.source,
            path: occurrence.path, score: occurrence.score)
    }
}

extension Array {
    /// Sorts a range of the elements where they lie, without room of its own. Elements that are nearly in order cost no more
    /// than a look; the order of equal ones is not kept, but always the same.
    @inline(__always)
    mutating func sortInPlace(_ range: Range<Int>, by isBefore: (Element, Element) -> Bool) {
        withUnsafeMutableBufferPointer { buffer in
            var moves = 8 * range.count
            var sorted = range.lowerBound + 1
            while sorted < range.upperBound, moves > 0 {
                var place = sorted
                let element = buffer[sorted]
                while place > range.lowerBound, isBefore(element, buffer[place - 1]) {
                    buffer[place] = buffer[place - 1]
                    place -= 1
                    moves -= 1
                }
                buffer[place] = element
                sorted += 1
            }
            if sorted < range.upperBound { Self.heapSort(buffer, range, by: isBefore) }
        }
    }

    private static func heapSort(
        _ buffer: UnsafeMutableBufferPointer<Element>, _ range: Range<Int>, by isBefore: (Element, Element) -> Bool
    ) {
        let first = range.lowerBound
        func sink(_ start: Int, count: Int) {
            var place = start
            while 2 * place + 1 < count {
                var child = 2 * place + 1
                if child + 1 < count, isBefore(buffer[first + child], buffer[first + child + 1]) { child += 1 }
                guard isBefore(buffer[first + place], buffer[first + child]) else { return }
                buffer.swapAt(first + place, first + child)
                place = child
            }
        }
        for start in (0..<range.count / 2).reversed() { sink(start, count: range.count) }
        for end in (1..<Swift.max(1, range.count)).reversed() {
            buffer.swapAt(first, first + end)
            sink(0, count: end)
        }
    }
}
