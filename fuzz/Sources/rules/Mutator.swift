import StreamSimulation

/// Makes a broken pack out of good ones, the same for the same seed.
struct Mutator {
    private static let maxBytes = 64 << 10
    private var random: SplitMix64

    init(seed: UInt64) { random = SplitMix64(seed: seed) }

    mutating func input() -> [UInt8] {
        var bytes = Array(Seeds.packs.randomElement(using: &random)!.utf8)
        for _ in 0..<Int.random(in: 1...6, using: &random) { mutate(&bytes) }
        return Array(bytes.prefix(Mutator.maxBytes))
    }

    private mutating func mutate(_ bytes: inout [UInt8]) {
        switch Int.random(in: 0..<9, using: &random) {
        case 0: flip(&bytes)
        case 1: swapLines(&bytes)
        case 2: bytes.removeSubrange(stretch(of: bytes))
        case 3: duplicate(&bytes)
        case 4: splice(&bytes)
        case 5, 6: insertToken(&bytes)
        case 7: indent(&bytes)
        default: replaceWord(&bytes)
        }
    }

    private mutating func flip(_ bytes: inout [UInt8]) {
        guard !bytes.isEmpty else { return }
        bytes[Int.random(in: 0..<bytes.count, using: &random)] ^= 1 << UInt8.random(in: 0..<8, using: &random)
    }

    private mutating func swapLines(_ bytes: inout [UInt8]) {
        var lines = bytes.split(separator: 10, omittingEmptySubsequences: false)
        lines.swapAt(Int.random(in: 0..<lines.count, using: &random), Int.random(in: 0..<lines.count, using: &random))
        bytes = Array(lines.joined(separator: [10]))
    }

    private mutating func duplicate(_ bytes: inout [UInt8]) {
        let copy = bytes[stretch(of: bytes)]
        let times = Int.random(in: 0..<8, using: &random) == 0 ? Int.random(in: 1...500, using: &random) : 1
        guard copy.count * times < Mutator.maxBytes else { return }
        for _ in 0..<times { bytes.insert(contentsOf: copy, at: copy.endIndex) }
    }

    private mutating func splice(_ bytes: inout [UInt8]) {
        let other = Array(Seeds.packs.randomElement(using: &random)!.utf8)
        bytes.replaceSubrange(stretch(of: bytes), with: other[stretch(of: other)])
    }

    private mutating func insertToken(_ bytes: inout [UInt8]) {
        let token = Array(Seeds.tokens.randomElement(using: &random)!)
        let times = Int.random(in: 0..<20, using: &random) == 0 ? Int.random(in: 1...5_000, using: &random) : 1
        let place = Int.random(in: 0...bytes.count, using: &random)
        bytes.insert(contentsOf: repeatElement(token, count: times).joined(), at: place)
    }

    private mutating func indent(_ bytes: inout [UInt8]) {
        var lines = bytes.split(separator: 10, omittingEmptySubsequences: false).map(Array.init)
        let line = Int.random(in: 0..<lines.count, using: &random)
        lines[line].insert(contentsOf: repeatElement(32, count: Int.random(in: 1...4, using: &random)), at: 0)
        bytes = Array(lines.joined(separator: [10]))
    }

    private mutating func replaceWord(_ bytes: inout [UInt8]) {
        var words = bytes.split(separator: 32, omittingEmptySubsequences: false)
        words[Int.random(in: 0..<words.count, using: &random)] = words.randomElement(using: &random)!
        bytes = Array(words.joined(separator: [32]))
    }

    /// Mostly short, now and then long.
    private mutating func stretch(of bytes: [UInt8]) -> Range<Int> {
        guard !bytes.isEmpty else { return 0..<0 }
        let start = Int.random(in: 0..<bytes.count, using: &random)
        let longest = Int.random(in: 0..<4, using: &random) == 0 ? bytes.count : 24
        return start..<min(bytes.count, start + Int.random(in: 1...longest, using: &random))
    }
}
