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
    /// The same as bits: a first half and a second half that have one in common are a filler.
    static let secondHalves: [UInt32: UInt16] = Set(double.values).sorted().enumerated().reduce(into: [:]) {
        $0[$1.element] = 1 << UInt16($1.offset)
    }
    static let firstHalves: [UInt32: UInt16] = double.mapValues { secondHalves[$0] ?? 0 }
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
