/// A question of law that the author of a rule leaves to a person. It changes no decision.
public struct OpenQuestion: Hashable, Sendable {
    public var text: String
    /// Whether all rules of the pack ask it.
    public var isOfPack: Bool
    /// Where it is written.
    public var location: SourceLocation

    public init(_ text: String, isOfPack: Bool = false, location: SourceLocation) {
        self.text = text
        self.isOfPack = isOfPack
        self.location = location
    }
}
