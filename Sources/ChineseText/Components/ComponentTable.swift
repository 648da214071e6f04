/// The parts a character is written as when it is split to hide it: 胖 as 月半, 治 as 氵台.
///
/// For the standard characters of the mainland (通用规范汉字表), two or three parts each. A radical is there in the form it
/// has in the character and as the character of its own (亻 and 人, 疒 and 病), since people type either. The data does not
/// tell whether parts stand side by side, above one another or around, so all are listed: people split 花 into 艹化 too.
/// Many sequences are ordinary words or neighbours in ordinary text (女子, 日月), so a match needs a second look.
///
/// Keys and parts are folded. Decoded once, on first use, from 80 kB in `ComponentData` in under a millisecond of a release
/// build. Some 170 kB.
public struct ComponentTable: Sendable {
    public static let shared = ComponentTable()

    /// In ascending order.
    private var characters: [UInt32] = []
    /// Where the sequences of each character begin in `sequences`, and where the last ones end.
    private var starts: [UInt32] = []
    /// Each its length and its parts.
    private var sequences: [UInt32] = []

    private init() {
        characters.reserveCapacity(ComponentData.recordCount)
        starts.reserveCapacity(ComponentData.recordCount + 1)
        var packed = PackedNumbers(ComponentData.records)
        let parts = (0..<ComponentData.partCount).map { _ in UInt32(packed.number()) }
        var character = 0
        for _ in 0..<ComponentData.recordCount {
            character += packed.number()
            characters.append(UInt32(character))
            starts.append(UInt32(sequences.count))
            for _ in 0..<packed.number() {
                let length = packed.number()
                sequences.append(UInt32(length))
                for _ in 0..<length { sequences.append(parts[packed.number()]) }
            }
        }
        starts.append(UInt32(sequences.count))
    }

    /// The sequences of folded scalars that a folded character is split into, as the dictionary lists them first and
    /// with other forms of radicals after that; empty for what it does not split.
    ///
    /// At most twelve, of two or three parts. Allocates: for compiling terms, not for reading a text.
    public func sequences(of codePoint: UInt32) -> [[UInt32]] {
        guard let index = index(of: codePoint) else { return [] }
        var found: [[UInt32]] = []
        var next = Int(starts[index])
        while next < starts[index + 1] {
            let end = next + 1 + Int(sequences[next])
            found.append(Array(sequences[next + 1..<end]))
            next = end
        }
        return found
    }

    private func index(of codePoint: UInt32) -> Int? {
        var low = 0
        var high = characters.count
        while low < high {
            let middle = (low + high) / 2
            if characters[middle] < codePoint { low = middle + 1 } else { high = middle }
        }
        return low < characters.count && characters[low] == codePoint ? low : nil
    }
}
