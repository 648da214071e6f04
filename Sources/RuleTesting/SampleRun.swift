import ClaimDetection
public import ClaimRules
public import LiveEvents

/// What is said in a room made up for it, or what a listing says there, to be put through the real detection.
public struct SampleRun: Sendable {
    /// The room, as examples of rules tell it. What must come of it (`expected`) means nothing here.
    public var room: Rule.Examples.Example

    /// - Parameter category: Of the product on sale; nil leaves the room without a listing.
    public init(text: String, category: String? = nil, target: Rule.Target = .speech) {
        self.init(.init(text: text, category: category, target: target, location: Self.nowhere))
    }

    public init(_ room: Rule.Examples.Example) { self.room = room }

    /// Segments that follow one another: the text is what the detection reads as one, as far as it does.
    ///
    /// A segment without a time begins as the one before ends.
    public init(segments: [(atMS: Int64?, text: String)], target: Rule.Target = .speech) {
        var said: [Rule.Examples.Segment] = []
        var nextMS: Int64 = 0
        for segment in segments {
            let start = segment.atMS ?? nextMS
            said.append(.init(atMS: start, text: segment.text, listing: nil))
            nextMS = start + SampleScene.lengthMS(of: segment.text)
        }
        self.init(text: segments.count == 1 ? segments[0].text : Self.joined(said), target: target)
        if segments.count > 1 { room.segments = said }
    }

    public var text: String {
        get { room.text }
        set { room.text = newValue }
    }

    /// Of the product on sale, as far as it is told.
    public var category: String? { room.category ?? room.facts[.category] }
    public var target: Rule.Target { room.target }

    /// The alerts it raises in a fresh room. Of many texts, `SampleRooms` compiles the rules once.
    /// - Throws: `DecodingError` if a text breaks a bound of the records.
    public func alerts(_ ruleSet: RuleSet) throws(LiveEvents.DecodingError) -> [Alert] {
        try SampleRooms(ruleSet).alerts(self)
    }

    private static let nowhere = SourceLocation(file: "", line: 1, column: 1)
    /// One behind the other, as a carry-over holds them: without the marks at the end of one that the next follows closely,
    /// and with a line break, which ends a sentence, where the pause is too long.
    private static func joined(_ segments: [Rule.Examples.Segment]) -> String {
        let limits = DetectionLimits()
        var text = ""
        for (number, segment) in segments.enumerated() {
            text += segment.text
            guard number + 1 < segments.count else { break }
            let pause = segments[number + 1].atMS - segment.atMS - SampleScene.lengthMS(of: segment.text)
            if pause > limits.maxCarryOverPauseMS {
                text += "\n"
            } else if pause <= limits.maxSoftPauseMS {
                text = text.withUTF8 { bytes in
                    String(decoding: bytes[..<Sentence.endBeforeMarks(in: bytes, from: 0)], as: UTF8.self)
                }
            }
        }
        return text
    }
}
