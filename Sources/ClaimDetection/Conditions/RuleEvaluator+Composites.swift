import ClaimRules

/// Sequences and neighbourhoods: which stretches hold one span of each part, as tight as can be.
///
/// Each is found in one direction, for each end the latest start. The other half, for each start the earliest end, is the
/// same in the mirror: places are negated, and what began ends.
extension RuleEvaluator {
    /// A span with its places in characters, mirrored or not.
    struct Item {
        var start: Int32
        var end: Int32
        var startCharacter: Int32
        var endCharacter: Int32
        /// Where the latest chain that ends with this span begins.
        var opening: Int32
        var part: Int32 = 0
    }

    private func item(_ span: Span, isMirrored: Bool) -> Item {
        let (first, last) = (layout.characters(before: span.start), layout.characters(before: span.end))
        return isMirrored
            ? Item(
                start: -span.end, end: -span.start, startCharacter: -last, endCharacter: -first, opening: -span.end)
            : Item(start: span.start, end: span.end, startCharacter: first, endCharacter: last, opening: span.start)
    }

    private func fits(_ node: Program.Node, _ start: Int32, _ end: Int32) -> Bool {
        layout.characters(before: end) - layout.characters(before: start) <= node.within
            && layout.unit(node.unit, at: start) == layout.unit(node.unit, at: end - 1)
    }

    /// The latest start of each end and the earliest end of each start, of what is in `found`: first what was found forward,
    /// then, from `forward` on, what was found in the mirror.
    private mutating func keepTight(forward: Int) -> Range<Int> {
        found.sortInPlace(0..<forward) { ($0.end, $1.start) < ($1.end, $0.start) }
        found.sortInPlace(forward..<found.count) { ($0.start, $0.end) < ($1.start, $1.end) }
        var kept = 0
        for place in 0..<forward where kept == 0 || found[kept - 1].end != found[place].end {
            found[kept] = found[place]
            kept += 1
        }
        let begin = kept
        for place in forward..<found.count where kept == begin || found[kept - 1].start != found[place].start {
            found[kept] = found[place]
            kept += 1
        }
        found.removeLast(found.count - kept)
        return keepFound(isComposite: true)
    }

    /// Appends to `found` the stretch that ends with an item and begins with its chain, if the node allows it.
    private mutating func note(_ item: Item, _ node: Program.Node, isMirrored: Bool) {
        let (start, end) = isMirrored ? (-item.end, -item.opening) : (item.opening, item.end)
        if fits(node, start, end) { found.append(Span(start: start, end: end, meaning: -1)) }
    }

    // MARK: Sequences

    mutating func sequence(_ node: Program.Node) -> Range<Int> {
        var work = 0
        for child in node.children {
            let list = spans(program.children[child])
            if list.isEmpty { return 0..<0 }
            work += list.count
        }
        for gap in 0..<node.children.count - 1 where program.gaps[node.firstGap + gap].without >= 0 {
            work += spans(program.gaps[node.firstGap + gap].without).count
        }
        guard spend(node.isBothWays ? 4 * work : 2 * work) else { return 0..<0 }
        needLayout()
        found.removeAll(keepingCapacity: true)
        link(node, isTurned: false, isMirrored: false)
        if node.isBothWays { link(node, isTurned: true, isMirrored: false) }
        let forward = found.count
        link(node, isTurned: false, isMirrored: true)
        if node.isBothWays { link(node, isTurned: true, isMirrored: true) }
        return found.isEmpty ? 0..<0 : keepTight(forward: forward)
    }

    /// Chains of one direction: for each end of one, its latest start.
    ///
    /// A chain is lengthened by the next part's spans in order of start. Those of the part before that end far enough
    /// before it wait in a queue, the latest opening in front; both limits of the gap only move on, so each is put in and
    /// taken out once. A start that the whole's bounds do not allow cannot be saved by an earlier one, so they are asked last.
    ///
    /// - Parameter isTurned: Of a sequence of two that goes both ways, the second part first.
    private mutating func link(_ node: Program.Node, isTurned: Bool, isMirrored: Bool) {
        let count = node.children.count
        let isBackwards = isTurned != isMirrored
        items.removeAll(keepingCapacity: true)
        for step in 0..<count {
            let part = isBackwards ? count - 1 - step : step
            nextItems.removeAll(keepingCapacity: true)
            let list = spans(program.children[node.children.lowerBound + part])
            if isMirrored {
                for place in list.reversed() { nextItems.append(item(arena[place], isMirrored: true)) }
            } else {
                for place in list { nextItems.append(item(arena[place], isMirrored: false)) }
            }
            if step > 0 {
                let gap = program.gaps[node.firstGap + (isBackwards ? count - 1 - step : step - 1)]
                nextItems.sortInPlace(0..<nextItems.count) { $0.start < $1.start }
                extend(over: gap, isMirrored: isMirrored)
            }
            if nextItems.isEmpty { return }
            swap(&items, &nextItems)
            items.sortInPlace(0..<items.count) { $0.end < $1.end }
        }
        var place = 0
        while place < items.count {
            var latest = items[place]
            place += 1
            while place < items.count, items[place].end == latest.end {
                latest.opening = max(latest.opening, items[place].opening)
                place += 1
            }
            note(latest, node, isMirrored: isMirrored)
        }
    }

    /// Leaves in `nextItems` those that one of `items` reaches over the gap, with the latest opening.
    private mutating func extend(over gap: Program.Gap, isMirrored: Bool) {
        forbidden.removeAll(keepingCapacity: true)
        if gap.without >= 0 {
            for place in spans(gap.without) { forbidden.append(item(arena[place], isMirrored: isMirrored)) }
            forbidden.sortInPlace(0..<forbidden.count) { $0.end < $1.end }
        }
        queue.removeAll(keepingCapacity: true)
        var (front, next, nextForbidden, kept) = (0, 0, 0, 0)
        var lastForbidden = Int32.min
        for number in nextItems.indices {
            var item = nextItems[number]
            while next < items.count, items[next].end <= item.start,
                item.startCharacter - items[next].endCharacter >= gap.low
            {
                while queue.count > front, queue[queue.count - 1].opening <= items[next].opening { queue.removeLast() }
                queue.append(items[next])
                next += 1
            }
            while nextForbidden < forbidden.count, forbidden[nextForbidden].end <= item.start {
                lastForbidden = max(lastForbidden, forbidden[nextForbidden].start)
                nextForbidden += 1
            }
            while front < queue.count,
                item.startCharacter - queue[front].endCharacter > gap.high || queue[front].end <= lastForbidden
            { front += 1 }
            guard front < queue.count else { continue }
            item.opening = queue[front].opening
            nextItems[kept] = item
            kept += 1
        }
        nextItems.removeLast(nextItems.count - kept)
    }

    // MARK: Neighbourhoods

    /// Parts of a neighbourhood of which each has its own characters. Choosing them apart costs twice as much for each part
    /// more, so of longer ones two parts may be met by the same characters.
    static let maxPartsApart = 6

    mutating func neighbourhood(_ node: Program.Node) -> Range<Int> {
        var work = 0
        for child in node.children {
            let list = spans(program.children[child])
            if list.isEmpty { return 0..<0 }
            work += min(list.count, Self.maxSpansPerNode)
        }
        let factor = node.children.count <= Self.maxPartsApart ? 1 << node.children.count : node.children.count
        guard spend(2 * work * factor) else { return 0..<0 }
        needLayout()
        found.removeAll(keepingCapacity: true)
        gather(node, isMirrored: false)
        let forward = found.count
        gather(node, isMirrored: true)
        return found.isEmpty ? 0..<0 : keepTight(forward: forward)
    }

    private mutating func gather(_ node: Program.Node, isMirrored: Bool) {
        items.removeAll(keepingCapacity: true)
        for (part, child) in node.children.enumerated() {
            let list = spans(program.children[child])
            if list.count > Self.maxSpansPerNode { isCutShort = true }
            for place in list.prefix(Self.maxSpansPerNode) {
                var item = item(arena[place], isMirrored: isMirrored)
                item.part = Int32(part)
                items.append(item)
            }
        }
        if node.children.count <= Self.maxPartsApart {
            gatherApart(node, isMirrored: isMirrored)
        } else {
            gatherAny(node, isMirrored: isMirrored)
        }
    }

    /// For each set of parts, the latest opening of a chain of spans that lie apart, one of each part of the set.
    private mutating func gatherApart(_ node: Program.Node, isMirrored: Bool) {
        let size = 1 << node.children.count
        let full = size - 1
        items.sortInPlace(0..<items.count) { ($0.start, $0.end, $0.part) < ($1.start, $1.end, $1.part) }
        byEnd.removeAll(keepingCapacity: true)
        for number in items.indices { byEnd.append(Int32(number)) }
        items.withUnsafeBufferPointer { items in
            byEnd.sortInPlace(0..<byEnd.count) { (items[Int($0)].end, $0) < (items[Int($1)].end, $1) }
        }
        // By item and set: of chains that end with the item. By set: of those that end at or before the item at hand.
        masks.removeAll(keepingCapacity: true)
        masks.append(contentsOf: repeatElement(.min, count: items.count * size))
        bestMasks.removeAll(keepingCapacity: true)
        bestMasks.append(contentsOf: repeatElement(.min, count: size))
        var finished = 0
        for number in items.indices {
            let item = items[number]
            while finished < byEnd.count, items[Int(byEnd[finished])].end <= item.start {
                let own = Int(byEnd[finished]) * size
                for set in 1..<size { bestMasks[set] = max(bestMasks[set], masks[own + set]) }
                finished += 1
            }
            let (own, bit) = (number * size, 1 << Int(item.part))
            masks[own + bit] = item.start
            for set in 1..<size where set & bit == 0 && bestMasks[set] != .min {
                masks[own + (set | bit)] = bestMasks[set]
            }
            guard masks[own + full] != .min else { continue }
            var whole = item
            whole.opening = masks[own + full]
            note(whole, node, isMirrored: isMirrored)
        }
    }

    /// The same without asking that they lie apart: of the span that ends last and the latest spans of the other parts the
    /// earliest start.
    private mutating func gatherAny(_ node: Program.Node, isMirrored: Bool) {
        items.sortInPlace(0..<items.count) { ($0.end, $0.start, $0.part) < ($1.end, $1.start, $1.part) }
        bestMasks.removeAll(keepingCapacity: true)
        bestMasks.append(contentsOf: repeatElement(.min, count: node.children.count))
        var place = 0
        while place < items.count {
            var next = place
            while next < items.count, items[next].end == items[place].end {
                bestMasks[Int(items[next].part)] = max(bestMasks[Int(items[next].part)], items[next].start)
                next += 1
            }
            for number in place..<next {
                var item = items[number]
                for part in bestMasks.indices where part != Int(item.part) {
                    item.opening = min(item.opening, bestMasks[part])
                }
                if item.opening != .min { note(item, node, isMirrored: isMirrored) }
            }
            place = next
        }
    }
}
