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
    var roomID: String?
    var speakerID: String?

    private static let room = "sample"
    /// A character takes a host about so long to say.
    private static let msPerCharacter: Int64 = 200

    init(_ sample: SampleRun) { self.init(sample.room, of: nil) }

    /// - Parameters:
    ///   - rule: Without a day of its own, the example is said on the day nearest to `day` on which this rule is in force.
    ///   - day: yyyy-MM-dd; nil is a fixed one.
    init(_ example: Rule.Examples.Example, of rule: Rule?, day: String? = nil) {
        let beginMS = Self.beginMS(example, rule, day: day)
        (role, isSeller, region) = (example.role, example.isSeller, example.region)
        (roomID, speakerID) = (example.roomID, example.speakerID)
        if example.listings.isEmpty {
            listings = Self.past(example, at: beginMS)
            if let listing = Self.listing(example, at: beginMS) { listings.append(listing) }
        } else {
            listings = example.listings.map { goods in
                var listing = Self.listing(goods.id, at: beginMS)
                (listing.title, listing.category) = (goods.title, goods.category)
                listing.priceCents = goods.price?.wholeNumber
                listing.attributes = Self.attributes(goods.attributes)
                listing.seller = Self.seller(example)
                return listing
            }
        }
        guard example.target == .speech else { return }
        let only = Set(listings.map(\.listingID)).count == 1 ? listings[0].listingID : nil
        if example.segments.isEmpty {
            segments = [
                Segment(text: example.text, startMS: beginMS + 1_000, endMS: beginMS + 2_000, listing: only)
            ]
            return
        }
        for (number, said) in example.segments.enumerated() {
            let start = beginMS + 1_000 + said.atMS
            let length = Self.lengthMS(of: said.text)
            if let until = said.untilMS {
                goOn(saying: said, about: said.listing ?? only, until: until, from: beginMS + 1_000)
                continue
            }
            // Nobody speaks over himself.
            let next = number + 1 < example.segments.count ? example.segments[number + 1].atMS - said.atMS : .max
            segments.append(
                Segment(
                    text: said.text, startMS: start, endMS: start + max(0, min(length, next)),
                    listing: said.listing ?? only))
        }
        segments.sort { $0.startMS < $1.startMS }
    }

    /// The same again and again, in segments as long as a host's.
    private mutating func goOn(
        saying said: Rule.Examples.Segment, about listing: String?, until untilMS: Int64, from beginMS: Int64
    ) {
        let length: Int64 = 10_000
        var text = said.text
        while Int64(text.unicodeScalars.count) * Self.msPerCharacter < length { text += "，" + said.text }
        for start in stride(from: said.atMS, to: untilMS, by: Int(length)) {
            segments.append(
                Segment(
                    text: text, startMS: beginMS + start, endMS: beginMS + min(start + length, untilMS),
                    listing: listing))
        }
    }

    /// How long a host takes to say a text.
    static func lengthMS(of text: String) -> Int64 {
        max(1_000, Int64(text.unicodeScalars.count) * msPerCharacter)
    }

    private static func beginMS(_ example: Rule.Examples.Example, _ rule: Rule?, day: String?) -> Int64 {
        if let day = example.day.flatMap(noonMS) { return day }
        let usual = day.flatMap(noonMS) ?? SpokenText.timeMS
        if let from = rule?.from.flatMap(ChinaDay.parse), ChinaDay.beginMS(from) > usual {
            return ChinaDay.beginMS(from)
        }
        if let to = rule?.to.flatMap(ChinaDay.parse), ChinaDay.beginMS(to) < usual {
            return ChinaDay.beginMS(to)
        }
        return usual
    }

    private static func noonMS(_ day: String) -> Int64? { SpokenText.noonMS(of: day) }

    private static func listing(_ id: String, at timeMS: Int64) -> ListingEvent {
        ListingEvent(
            platform: SpokenText.platform, roomID: room, sessionID: "", listingID: id, action: .listed, timeMS: timeMS)
    }

    /// The one listing that an example tells of by its category, price, facts and attributes; nil if it tells of none.
    private static func listing(_ example: Rule.Examples.Example, at timeMS: Int64) -> ListingEvent? {
        let isListing = example.target == .listing
        guard
            isListing || example.category != nil || example.price != nil || !example.facts.isEmpty
                || !example.attributes.isEmpty || example.sellerID != nil
        else { return nil }
        var listing = listing("1", at: timeMS)
        listing.category = example.category
        listing.seller = seller(example)
        listing.priceCents = example.price?.wholeNumber
        listing.attributes = attributes(example.attributes)
        for (fact, text) in example.facts.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            switch fact {
            case .category: listing.category = text
            case .title: listing.title = text
            case .brand: listing.brand = text
            case .price: listing.priceCents = fen(text)
            case .originalPrice: listing.originalPriceCents = fen(text)
            case .price7dMin: break
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

    /// The shop is where the example is.
    private static func seller(_ example: Rule.Examples.Example) -> ListingEvent.Seller? {
        if example.sellerID == nil, example.region == nil { return nil }
        return .init(id: example.sellerID, region: example.region)
    }

    /// The offers of the week before, in a session of their own, of an example that tells of the lowest price.
    private static func past(_ example: Rule.Examples.Example, at timeMS: Int64) -> [ListingEvent] {
        guard let price = example.facts[.price7dMin].flatMap(fen) else { return [] }
        let day: Int64 = 86_400_000
        return [timeMS - 8 * day, timeMS - day].map { timeMS in
            var listing = listing("1", at: timeMS)
            (listing.sessionID, listing.priceCents) = ("-before", price)
            return listing
        }
    }

    private static func fen(_ text: String) -> Int64? {
        (try? NumberSlot(kind: .price, min: text, isBare: true))?.low?.wholeNumber
    }

    private static func attributes(_ named: [String: String]) -> [ListingEvent.Attribute] {
        named.sorted { $0.key < $1.key }.map { .init(name: $0.key, value: $0.value) }
    }
}
