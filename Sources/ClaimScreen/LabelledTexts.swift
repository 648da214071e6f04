/// Texts that a person judged, as a model learns from them.
///
/// Of a text only its features are kept, 4 bytes each: 5,000 lines of 300 characters are 25 MB.
public struct LabelledTexts: ~Copyable {
    /// What becomes of a text in cross-validation: it is learned from in all folds but one.
    static let folds = 5

    public let bits: Int
    private var features: ScreenFeatures
    /// The buckets of all texts, one after the other, and where those of each text end.
    private(set) var buckets: [UInt32] = []
    private(set) var ends: [Int] = []
    /// Whether it was confirmed.
    private(set) var labels: [Bool] = []
    /// Characters.
    private var lengths: [Int] = []
    /// In which fold it is asked about.
    private(set) var fold: [UInt8] = []

    public init(bits: Int = 18) {
        self.bits = bits
        features = ScreenFeatures(bits: bits)
    }

    public var count: Int { labels.count }
    public var confirmed: Int { labels.count { $0 } }
    /// Characters of the text that is longer than half of them, within `ScreenModel.lengths`.
    var usualLength: Int {
        let middle = lengths.isEmpty ? 0 : lengths.sorted()[lengths.count / 2]
        return min(max(middle, ScreenModel.lengths.lowerBound), ScreenModel.lengths.upperBound)
    }

    /// - Parameter isConfirmed: Whether a reviewer found in it what the screen is for.
    public mutating func add(_ text: UnsafeBufferPointer<UInt8>, isConfirmed: Bool) {
        features.read(text)
        buckets.append(contentsOf: features.buckets)
        ends.append(buckets.count)
        labels.append(isConfirmed)
        lengths.append(text.count { $0 & 0xC0 != 0x80 })
        // Rooms repeat their scripts. Texts that share most of their features share the least number among them, mostly,
        // and so the fold: else a model is asked about what it has seen.
        let least = features.buckets.lazy.map { Self.scattered($0) }.min() ?? 0
        fold.append(UInt8(least % UInt64(Self.folds)))
    }

    func range(_ text: Int) -> Range<Int> { (text == 0 ? 0 : ends[text - 1])..<ends[text] }

    private static func scattered(_ bucket: UInt32) -> UInt64 {
        var mixed = (UInt64(bucket) &+ 1) &* 0xBF58_476D_1CE4_E5B9
        mixed ^= mixed >> 31
        mixed &*= 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 29
    }
}
