public import ClaimRules
public import LiveEvents

/// One text put through the real detection, in a room made up for it.
public struct SampleRun: Sendable {
    public var text: String
    /// The category of the product on sale; nil leaves the room without a listing.
    public var category: String?
    public var target: Rule.Target

    public init(text: String, category: String? = nil, target: Rule.Target = .speech) {
        (self.text, self.category, self.target) = (text, category, target)
    }

    /// The alerts the text raises in a fresh room. Of many texts, `SampleRooms` compiles the rules once.
    /// - Throws: `DecodingError` if the text breaks a bound of the records.
    public func alerts(_ ruleSet: RuleSet) throws(LiveEvents.DecodingError) -> [Alert] {
        try SampleRooms(ruleSet).alerts(self)
    }
}
