import ClaimRules
import TermMatching

/// Whether a rule can be met by what came behind the border, asked before anything is searched for it.
///
/// ```
///     …三盒就能瘦，|今天有点凉        seq(number, 瘦)     瘦 ends it, and stands before the border: nothing to look for
///     …能瘦，|五斤                   seq(瘦, number)     a number ends behind the border: look
///                  ^ border
/// ```
/// A text is judged again with each segment that is added to it, and most of what it holds was judged before. So each node
/// is asked for a bound behind which none of its spans ends; only rules with one behind the border cost more than that.
extension RuleEvaluator {
    /// Whether a hit of a rule may be complete only behind the border.
    mutating func mayBeNew(_ root: Program.Root) -> Bool {
        if border <= first || Int(latestEnd(of: root.node)) > border { return true }
        for number in root.needs where Int(latestEnd(of: program.conditions[number].words)) > border { return true }
        return false
    }

    /// No span of a node that is present ends behind this; -1 if it surely has none.
    private mutating func latestEnd(of number: Int) -> Int32 {
        // Of the choices of a rule most are not there.
        guard isPresent(number) else { return -1 }
        let node = program.nodes[number]
        switch node.kind {
        case .words: return latestWord(node.leaf)
        case .number: return latestNumber(program.slots[node.source])
        case .pattern:
            return Int32(truncatingIfNeeded: text.count)
        case .filtered, .named: return latestEnd(of: program.children[node.children.lowerBound])
        case .seq where !node.isBothWays: return latestEnd(of: program.children[node.children.upperBound - 1])
        case .any, .seq, .near:
            var latest: Int32 = -1
            for child in node.children { latest = max(latest, latestEnd(of: program.children[child])) }
            return latest
        }
    }

    private mutating func latestWord(_ leaf: Int) -> Int32 {
        if program.leaves[leaf].isContext, !hasContext {
            findNewContext()
            if !hasContext { return newContext[leaf] == generation ? Int32(truncatingIfNeeded: text.count) : -1 }
        }
        guard chains[leaf].generation == generation else { return -1 }
        return entries[Int(chains[leaf].last)].span.end
    }

    /// Notes which leaves of the context have a word that ends behind the border.
    private mutating func findNewContext() {
        if knowsNewContext { return }
        knowsNewContext = true
        guard let index = ruleSet.contextIndex else { return }
        let window = contextReach.resume(text, from: first, at: border).window
        contextMatches.removeAll()
        bytesRead += text.count - window
        index.scan(UnsafeBufferPointer(rebasing: text[window...]), into: &contextMatches)
        guard contextMatches.isWhole else { return readContext() }
        for match in contextMatches.found where Int(match.end) + window > border {
            for use in program.firstContextUse[match.term.index]..<program.firstContextUse[match.term.index + 1] {
                newContext[Int(program.contextUses[Int(use)])] = generation
            }
        }
    }

    private mutating func latestNumber(_ slot: NumberSlot) -> Int32 {
        readNewNumbers()
        return numbers.latestEnd(slot)
    }

    private mutating func readNewNumbers() {
        if hasNumbers || hasNewNumbers { return }
        hasNewNumbers = true
        let start = NumberSource.start(text, from: first, before: border)
        if start == first { return readNumbers() }
        bytesRead += text.count - start
        numbers.read(text, from: start, isCut: false)
    }
}
