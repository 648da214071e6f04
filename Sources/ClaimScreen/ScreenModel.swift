/// A learned opinion of how likely a text is one that reviewers would confirm: a weight for each bucket of `ScreenFeatures`
/// and one for itself.
///
/// It knows no law and no reasons. It is asked about a text in which a rule has found something, and can only say that the
/// text reads like those that were confirmed, or like those that were dismissed.
public struct ScreenModel: Sendable {
    /// What a rule calls it: lower-case letters, digits, dots, hyphens.
    public let name: String
    public let bits: Int
    /// Characters of the texts that it learned from: it knows stretches of that size, and in one ten times as long the words
    /// that it would know are drowned.
    public let length: Int
    /// What `length` may be.
    public static let lengths = 1...4_000
    let bias: Float
    let weights: [Float]

    init(name: String, bits: Int, length: Int, bias: Float, weights: [Float]) {
        precondition(weights.count == 1 << bits, "one weight for each bucket")
        precondition(Self.lengths.contains(length), "characters of a text")
        (self.name, self.bits, self.length, self.bias, self.weights) = (name, bits, length, bias, weights)
    }

    /// From 0 to 1; of a text without a character that counts, what the model thinks of texts in general. O(features).
    ///
    /// - Parameter features: Of `bits` bits, with a text read.
    public func score(_ features: borrowing ScreenFeatures) -> Double {
        var sum: Float = 0
        for bucket in features.buckets { sum += weights[Int(bucket)] }
        let count = features.buckets.count
        return Logistic.sigmoid(Double(bias) + (count > 0 ? Double(sum) / Double(count).squareRoot() : 0))
    }

    /// Of a whole text; for tools. O(n log n).
    public func score(_ text: String) -> Double {
        var features = ScreenFeatures(bits: bits)
        var text = text
        text.withUTF8 { features.read($0) }
        return score(features)
    }
}
