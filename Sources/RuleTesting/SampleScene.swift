import ChineseText
import ClaimDetection
import ClaimRules
import LiveEvents

/// A room made up for a text: what is on sale, and what is said there when.
struct SampleScene {
    struct Segment {
        var text: String
        var startMS: Int64
        var endMS: Int64
        var listing: String?
    }

    /// In the order in which they are listed. All are there before the first word.
    var listings: [ListingEvent] = []
    var segments: [Segment] = []
    var role: SpeakerRole?
    var isSeller: Bool?
    var region: String?

    private static let room = "sample"
    /// A character takes a host about so long to say.
    private static let msPerCharacter: Int64 = 200

    init(_ sample: SampleRun) {
        if sample.category != nil || sample.target == .listing {
            var listing = Self.listing("1", at: SpokenText.timeMS)
            listing.category = sample.category
            if sample.target == .listing { listing.title = sample.text }
            listings = [listing]
        }
        if sample.target == .speech {
            let start = SpokenText.timeMS + 1_000
            segments = [
                Segment(text: sample.text, startMS: start, endMS: start + 1_000, listing: listings.first?.listingID)
            ]
        }
    }

    /// - Parameter rule: Without a day of its own, the example is said on one on which the rule is in force.
    init(_ example: Rule.Examples.Example, of rule: Rule) {
        let beginMS = Self.beginMS(example, rule)
        (role, isSeller, region) = (example.role, example.isSeller, example.region)
        if example.listings.isEmpty {
            if let listing = Self.listing(example, at: beginMS) { listings = [listing] }
        } else {
            listings = example.listings.map { goods in
                var listing = Self.listing(goods.id, at: beginMS)
                (listing.title, listing.category) = (goods.title, goods.category)
                listing.priceCents = goods.price?.wholeNumber
                listing.attributes = Self.attributes(goods.attributes)
                return listing
            }
        }
        guard example.target == .speech else { return }
        if example.segments.isEmpty {
            let only = listings.count == 1 ? listings[0].listingID : nil
            segments = [
                Segment(text: example.text, startMS: beginMS + 1_000, endMS: beginMS + 2_000, listing: only)
            ]
            return
        }
        for (number, said) in example.segments.enumerated() {
            let start = beginMS + 1_000 + said.atMS
            let length = max(1_000, Int64(said.text.unicodeScalars.count) * Self.msPerCharacter)
            // Nobody speaks over himself.
            let next = number + 1 < example.segments.count ? example.segments[number + 1].atMS - said.atMS : .max
            segments.append(
                Segment(
                    text: said.text, startMS: start, endMS: start + max(0, min(length, next)),
                    listing: said.listing ?? (listings.count == 1 ? listings[0].listingID : nil)))
        }
    }

    private static func beginMS(_ example: Rule.Examples.Example, _ rule: Rule) -> Int64 {
        if let day = example.day.flatMap(ChinaDay.parse) { return ChinaDay.beginMS(day) + 12 * 3_600_000 }
        if let from = rule.from.flatMap(ChinaDay.parse), ChinaDay.beginMS(from) > SpokenText.timeMS {
            return ChinaDay.beginMS(from)
        }
        if let to = rule.to.flatMap(ChinaDay.parse), ChinaDay.beginMS(to) < SpokenText.timeMS {
            return ChinaDay.beginMS(to)
        }
        return SpokenText.timeMS
    }

    private static func listing(_ id: String, at timeMS: Int64) -> ListingEvent {
        ListingEvent(
            platform: "text", roomID: room, sessionID: "", listingID: id, action: .listed, timeMS: timeMS)
    }

    /// The one listing that an example tells of by its category, price, facts and attributes; nil if it tells of none.
    private static func listing(_ example: Rule.Examples.Example, at timeMS: Int64) -> ListingEvent? {
        let isListing = example.target == .listing
        guard
            isListing || example.category != nil || example.price != nil || !example.facts.isEmpty
                || !example.attributes.isEmpty
        else { return nil }
        var listing = listing("1", at: timeMS)
        listing.category = example.category
        listing.priceCents = example.price?.wholeNumber
        listing.attributes = attributes(example.attributes)
        for (fact, text) in example.facts.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            switch fact {
            case .category: listing.category = text
            case .title: listing.title = text
            case .brand: listing.brand = text
            case .price: listing.priceCents = fen(text)
            case .originalPrice: listing.originalPriceCents = fen(text)
            case .certificates: listing.certificates.append(text)
            default:
                if let name = FactNames.usualName(of: fact) {
                    listing.attributes.append(.init(name: name, value: text))
                }
            }
        }
        if isListing { listing.title = example.text }
        return listing
    }

    private static func fen(_ text: String) -> Int64? {
        (try? NumberSlot(kind: .price, min: text, isBare: true))?.low?.wholeNumber
    }

    private static func attributes(_ named: [String: String]) -> [ListingEvent.Attribute] {
        named.sorted { $0.key < $1.key }.map { .init(name: $0.key, value: $0.value) }
    }
}
