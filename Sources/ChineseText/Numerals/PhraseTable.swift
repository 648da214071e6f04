/// Short phrases and what each stands for, found at one place of a text, the longest first.
///
/// A trie whose edges lie in one open-addressed table, key (node, scalar), so a step costs one probe or two. Built once
/// from literals; the memory is only read afterwards.
final class PhraseTable: Sendable {
    /// A phrase in simplified characters, what it stands for, and the characters of which none may follow it.
    typealias Entry = (phrase: String, meaning: UInt8, notBefore: String)

    private struct Node {
        var meaning: UInt8 = 0
        var notBefore: Range<Int32> = 0..<0
    }

    private let nodes: [Node]
    private let excluded: [Unicode.Scalar]
    /// Node, scalar and the node led to, 21 bits each; 0 is free, as no edge leads to the root.
    private let edges: [UInt64]
    private let mask: Int

    /// - Parameter entries: Meanings are above zero.
    init(_ entries: [Entry]) {
        var nodes = [Node()]
        var excluded: [Unicode.Scalar] = []
        var children: [UInt64: Int] = [:]
        for entry in entries {
            var node = 0
            for scalar in entry.phrase.unicodeScalars {
                let key = UInt64(node) << 21 | UInt64(scalar.value)
                if let child = children[key] {
                    node = child
                } else {
                    children[key] = nodes.count
                    node = nodes.count
                    nodes.append(Node())
                }
            }
            let first = Int32(excluded.count)
            excluded += entry.notBefore.unicodeScalars
            nodes[node] = Node(meaning: entry.meaning, notBefore: first..<Int32(excluded.count))
        }
        var size = 64
        while size < children.count * 3 { size *= 2 }
        var edges = [UInt64](repeating: 0, count: size)
        for (key, child) in children {
            var slot = Self.hash(key) & (size - 1)
            while edges[slot] != 0 { slot = (slot + 1) & (size - 1) }
            edges[slot] = key << 21 | UInt64(child)
        }
        self.nodes = nodes
        self.excluded = excluded
        self.edges = edges
        mask = size - 1
    }

    /// The longest phrase that begins at `cursor`, ends at a code point border and may stand before what follows.
    func longest(at cursor: NumberCursor) -> (meaning: UInt8, after: NumberCursor)? {
        var found: (UInt8, NumberCursor)?
        var cursor = cursor
        var node = 0
        while let child = child(of: node, along: cursor.scalar) {
            cursor.advance()
            node = child
            let state = nodes[node]
            if state.meaning != 0, cursor.isAtBorder,
                !state.notBefore.contains(where: { excluded[Int($0)] == cursor.scalar })
            {
                found = (state.meaning, cursor)
            }
        }
        return found
    }

    private func child(of node: Int, along scalar: Unicode.Scalar) -> Int? {
        let key = UInt64(node) << 21 | UInt64(scalar.value)
        var slot = Self.hash(key) & mask
        while edges[slot] != 0 {
            if edges[slot] >> 21 == key { return Int(edges[slot] & 0x1F_FFFF) }
            slot = (slot + 1) & mask
        }
        return nil
    }

    private static func hash(_ key: UInt64) -> Int {
        Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 40)
    }
}
