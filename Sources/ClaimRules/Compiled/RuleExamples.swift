public import ChineseText
public import LiveEvents

extension Rule {
    /// Texts that show what a rule finds and what it leaves alone.
    public struct Examples: Equatable, Sendable {
        public var match: [Example]
        public var clear: [Example]
        public init(match: [Example], clear: [Example]) { (self.match, self.clear) = (match, clear) }

        public enum State: String, Sendable, CaseIterable {
            case firm
            case toVerify = "to_verify"
        }
    }
}

extension Rule.Examples {
    /// A text and the room in which it is said.
    public struct Example: Equatable, Sendable {
        /// What is said; of several segments, all of them one behind the other.
        public var text: String
        /// The category of the product on sale, if the example names one.
        public var category: String?
        /// speech unless the example says `listing`.
        public var target: Rule.Target
        public var location: SourceLocation
        /// Several segments, in order of time; empty where `text` is the only one.
        public var segments: [Segment] = []
        /// The goods of the room; empty where there are none but those that `category`, `price`, `facts` and `attributes` tell of.
        public var listings: [Listing] = []
        /// Facts of the listing, as text.
        public var facts: [Fact: String] = [:]
        /// By the names that the listing gives them.
        public var attributes: [String: String] = [:]
        /// In fen.
        public var price: NumberValue?
        public var role: SpeakerRole?
        public var isSeller: Bool?
        /// The room, the shop whose goods are on sale and the speaker, as events number them; nil is one that nothing is
        /// known of.
        public var roomID: String?
        public var sellerID: String?
        public var speakerID: String?
        public var region: String?
        /// The day on which it is said (yyyy-MM-dd, in China).
        public var day: String?
        /// What must come of it besides the alert.
        public var expected = Expectation()

        public init(text: String, category: String?, target: Rule.Target, location: SourceLocation) {
            (self.text, self.category, self.target, self.location) = (text, category, target, location)
        }
    }

    public struct Segment: Equatable, Sendable {
        /// Milliseconds from the beginning.
        public var atMS: Int64
        public var text: String
        /// The listing that is explained, by its `id`.
        public var listing: String?
        /// Milliseconds from the beginning up to which it goes on being said; nil: it is said once.
        public var untilMS: Int64?

        public init(atMS: Int64, text: String, listing: String?, untilMS: Int64? = nil) {
            (self.atMS, self.text, self.listing, self.untilMS) = (atMS, text, listing, untilMS)
        }
    }

    public struct Listing: Equatable, Sendable {
        public var id: String
        public var title: String?
        public var category: String?
        /// In fen.
        public var price: NumberValue?
        public var attributes: [String: String]
    }

    /// What an alert must say; nil does not matter.
    public struct Expectation: Equatable, Sendable {
        public var severity: Severity?
        /// The taxonomy id.
        public var category: String?
        /// As alerts name them: "exempt:usage".
        public var exemptions: [String]?
        public var guards: [String]?
        /// What was said, by the names of `as`.
        public var captures: [String: String] = [:]
        public var state: State?
        public init() {}
    }
}
