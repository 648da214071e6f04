/// Syllables that say nothing: speech recognition keeps them, and hosts put them into a word that they must not say.
///
/// One or two characters. 某 and the like also stand in place of a syllable. Measured in `matcher-peers` on disguised
/// speech: skipping them found 17 % of the hidden words and no other.
enum Fillers {
    static let single: Set<UInt32> = [
        "某", "啊", "呃", "嗯", "呢", "嘛", "哈", "噢", "哦", "哎", "诶", "唉", "呀", "吧", "小", "姆", "抹", "猛",
    ].scalars
    static let double: [UInt32: UInt32] = [
        ("什", "么"), ("那", "个"), ("这", "个"), ("就", "是"),
    ].reduce(into: [:]) { $0[$1.0.scalar] = $1.1.scalar }
    private static let doubles = InlineArray<4, UInt64> { place in
        let filler = double.sorted { $0.key < $1.key }[place]
        return UInt64(filler.key) << 32 | UInt64(filler.value)
    }

    /// Whether two folded scalars are a filler.
    @inline(__always)
    static func isDouble(_ first: UInt32, _ second: UInt32) -> Bool {
        let both = UInt64(first) << 32 | UInt64(second)
        for place in 0..<doubles.count where doubles[place] == both { return true }
        return false
    }

    /// Every character of a filler.
    static let all: Set<UInt32> = single.union(masking).union(double.keys).union(double.values)
    /// Those that stand in place of a syllable.
    static let masking: Set<UInt32> = ["某"].scalars
}

extension [String] {
    fileprivate var scalars: Set<UInt32> { Set(map(\.scalar)) }
}

extension String {
    fileprivate var scalar: UInt32 { unicodeScalars.first!.value }
}
