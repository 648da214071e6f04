import ClaimRules

/// Which occurrences make a span: chosen again inside it, for the few that become hits.
extension RuleEvaluator {
    /// A span of a chain, and the one before it.
    struct Trail {
        var item: Item
        var span: Span
        var previous: Int32
    }

    /// Appends to `parts` occurrences that make a span of a node.
    ///
    /// - Parameter group: The name under which they are remembered, or -1.
    mutating func derive(_ number: Int, _ start: Int32, _ end: Int32, group: Int32) {
        let node = program.nodes[number]
        switch node.kind {
        case .words, .number, .pattern:
            if let span = span(of: number, start, end) { parts.append(Met(span: span, group: group)) }
        case .filtered: derive(program.children[node.children.lowerBound], start, end, group: group)
        case .named: derive(program.children[node.children.lowerBound], start, end, group: Int32(node.name))
        case .any:
            var best: (child: Int, score: UInt8)?
            for place in node.children {
                let child = program.children[place]
                guard let span = span(of: child, start, end), span.score > best?.score ?? 0 else { continue }
                best = (child, span.score)
            }
            if let best { derive(best.child, start, end, group: group) }
        case .seq, .near:
            let begin = chosen.count
            let isFound =
                node.kind == .seq
                ? chooseSequence(node, start, end, isTurned: false)
                    || (node.isBothWays && chooseSequence(node, start, end, isTurned: true))
                : node.children.count <= Self.maxPartsApart
                    ? chooseApart(node, start, end) : chooseAny(node, start, end)
            precondition(isFound && chosen.count == begin + node.children.count, "a span that nothing makes")
            for (part, child) in node.children.enumerated() {
                let own = chosen[begin + part]
                derive(program.children[child], own.start, own.end, group: group)
            }
            chosen.removeLast(chosen.count - begin)
        }
    }

    /// The span of a node with these ends.
    private mutating func span(of number: Int, _ start: Int32, _ end: Int32) -> Span? {
        let list = spans(number)
        let place = firstPlace(in: list) { ($0.end, $0.start) >= (end, start) }
        guard place < list.upperBound, arena[place].start == start, arena[place].end == end else { return nil }
        return arena[place]
    }

    /// The first place of a list from which on a condition holds.
    private func firstPlace(in list: Range<Int>, where holds: (Span) -> Bool) -> Int {
        var (low, high) = (list.lowerBound, list.upperBound)
        while low < high {
            let middle = (low + high) / 2
            if holds(arena[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }

    /// Calls `body` with the spans of a node inside a stretch.
    private mutating func forEachSpan(
        of number: Int, from start: Int32, to end: Int32, _ body: (inout RuleEvaluator, Span) -> Void
    ) {
        let list = spans(number)
        var place = firstPlace(in: list) { $0.end > start }
        while place < list.upperBound, arena[place].end <= end {
            if arena[place].start >= start { body(&self, arena[place]) }
            place += 1
        }
    }

    private func plain(_ span: Span) -> Item {
        Item(
            start: span.start, end: span.end, startCharacter: layout.characters(before: span.start),
            endCharacter: layout.characters(before: span.end), opening: span.start)
    }

    /// Appends to `chosen` a span of each part, in order of the parts: a chain from `start` to `end`, in which each is as
    /// near to the next as can be.
    private mutating func chooseSequence(
        _ node: Program.Node, _ start: Int32, _ end: Int32, isTurned: Bool
    ) -> Bool {
        let count = node.children.count
        trail.removeAll(keepingCapacity: true)
        var level = 0..<0
        for step in 0..<count {
            let part = isTurned ? count - 1 - step : step
            let child = program.children[node.children.lowerBound + part]
            let begin = trail.count
            forEachSpan(of: child, from: start, to: end) { me, span in
                if step > 0 || span.start == start, step < count - 1 || span.end == end {
                    me.trail.append(Trail(item: me.plain(span), span: span, previous: -1))
                }
            }
            if step > 0 {
                trail.sortInPlace(begin..<trail.count) {
                    ($0.item.start, $0.item.end) < ($1.item.start, $1.item.end)
                }
                let gap = program.gaps[node.firstGap + (isTurned ? count - 1 - step : step - 1)]
                reach(begin..<trail.count, from: level, over: gap, start, end)
            }
            // Of those that end together the longest last, since the last is taken.
            trail.sortInPlace(begin..<trail.count) { ($0.item.end, $1.item.start) < ($1.item.end, $0.item.start) }
            level = begin..<trail.count
            if level.isEmpty { return false }
        }
        let begin = chosen.count
        var number = Int32(level.upperBound - 1)
        while number >= 0 {
            chosen.append(trail[Int(number)].span)
            number = trail[Int(number)].previous
        }
        if !isTurned { chosen[begin...].reverse() }
        return true
    }

    /// Keeps, of the trail's last level, in order of start, what a span of the level before reaches: the last that ends
    /// far enough before it. If that is too far off, or something forbidden lies between, no other would do.
    private mutating func reach(
        _ level: Range<Int>, from before: Range<Int>, over gap: Program.Gap, _ start: Int32, _ end: Int32
    ) {
        forbidden.removeAll(keepingCapacity: true)
        if gap.without >= 0 {
            forEachSpan(of: gap.without, from: start, to: end) { me, span in me.forbidden.append(me.plain(span)) }
        }
        var (next, nextForbidden, kept) = (before.lowerBound, 0, level.lowerBound)
        var lastForbidden = Int32.min
        for number in level {
            var item = trail[number]
            while next < before.upperBound, trail[next].item.end <= item.item.start,
                item.item.startCharacter - trail[next].item.endCharacter >= gap.low
            { next += 1 }
            while nextForbidden < forbidden.count, forbidden[nextForbidden].end <= item.item.start {
                lastForbidden = max(lastForbidden, forbidden[nextForbidden].start)
                nextForbidden += 1
            }
            guard next > before.lowerBound else { continue }
            let previous = trail[next - 1].item
            guard item.item.startCharacter - previous.endCharacter <= gap.high, previous.end > lastForbidden else {
                continue
            }
            item.previous = Int32(next - 1)
            trail[kept] = item
            kept += 1
        }
        trail.removeLast(trail.count - kept)
    }

    /// Appends to `chosen` a span of each part, in order of the parts, that lie apart, the first at `start`, the last to `end`.
    private mutating func chooseApart(_ node: Program.Node, _ start: Int32, _ end: Int32) -> Bool {
        let count = node.children.count
        trail.removeAll(keepingCapacity: true)
        for part in 0..<count {
            forEachSpan(of: program.children[node.children.lowerBound + part], from: start, to: end) { me, span in
                var item = me.plain(span)
                item.part = Int32(part)
                me.trail.append(Trail(item: item, span: span, previous: -1))
            }
        }
        trail.sortInPlace(0..<trail.count) {
            ($0.item.start, $0.item.end, $0.item.part) < ($1.item.start, $1.item.end, $1.item.part)
        }
        byEnd.removeAll(keepingCapacity: true)
        for number in trail.indices { byEnd.append(Int32(number)) }
        trail.withUnsafeBufferPointer { trail in
            byEnd.sortInPlace(0..<byEnd.count) { (trail[Int($0)].item.end, $1) < (trail[Int($1)].item.end, $0) }
        }
        // A bit for each set of parts that a chain from `start` to this span meets.
        reached.removeAll(keepingCapacity: true)
        var (met, finished) = (UInt64(0), 0)
        let full = UInt64(1) << UInt64(count) - 1
        var last: Int?
        for number in trail.indices {
            let item = trail[number].item
            while finished < byEnd.count, trail[Int(byEnd[finished])].item.end <= item.start {
                met |= reached[Int(byEnd[finished])]
                finished += 1
            }
            let bit = UInt64(1) << UInt64(item.part)
            var own: UInt64 = item.start == start ? 1 << bit : 0
            for set in 1...full where set & bit == 0 && met >> set & 1 == 1 { own |= 1 << (set | bit) }
            reached.append(own)
            if last == nil, item.end == end, own >> full & 1 == 1 { last = number }
        }
        guard var number = last else { return false }
        let begin = chosen.count
        chosen.append(contentsOf: repeatElement(trail[number].span, count: count))
        var set = full
        while true {
            let item = trail[number].item
            chosen[begin + Int(item.part)] = trail[number].span
            set &= ~(1 << UInt64(item.part))
            if set == 0 { return true }
            // The nearest before it, and of those that end together the longest.
            guard
                let before = byEnd.last(where: {
                    trail[Int($0)].item.end <= item.start && reached[Int($0)] >> set & 1 == 1
                })
            else { return false }
            number = Int(before)
        }
    }

    /// The same of many parts, which need not lie apart: one from `start`, one to `end`, of the others any.
    private mutating func chooseAny(_ node: Program.Node, _ start: Int32, _ end: Int32) -> Bool {
        trail.removeAll(keepingCapacity: true)
        let count = node.children.count
        let begin = chosen.count
        for part in 0..<count {
            let from = trail.count
            forEachSpan(of: program.children[node.children.lowerBound + part], from: start, to: end) { me, span in
                var item = me.plain(span)
                item.part = Int32(part)
                me.trail.append(Trail(item: item, span: span, previous: -1))
            }
            guard from < trail.count else { return false }
            chosen.append(trail[from].span)
        }
        for opening in trail where opening.item.start == start {
            for closing in trail where closing.item.end == end {
                guard closing.item.part != opening.item.part || closing.span == opening.span else { continue }
                chosen[begin + Int(opening.item.part)] = opening.span
                chosen[begin + Int(closing.item.part)] = closing.span
                return true
            }
        }
        return false
    }
}
