import LiveEvents

/// A room that talks and sells on its own: records for the input topics, one after the other, from a seed.
struct SimulatedRoom {
    enum Topic { case transcripts, listings }
    struct Record {
        var topic: Topic
        var value: [UInt8]
    }

    let roomID: String
    private let shop: Shop
    private var random: SplitMix64
    /// Epoch milliseconds of what is said next.
    private var timeMS: Int64
    private var segmentID: Int64 = 0
    /// Segments of a claim that is being said.
    private var pending: [String] = []
    private var item = 0
    private var announced: Set<Int> = []
    /// Claims in this room per hundred sentences; most hosts are honest.
    private let claimPercent: Int

    init(number: Int, startMS: Int64, seed: UInt64 = 0x2026) {
        random = SplitMix64(seed: seed &+ UInt64(number) &* 7919)
        shop = Shop.all[number % Shop.all.count]
        roomID = "room-\(String(number + 1))"
        timeMS = startMS
        claimPercent = [0, 2, 4, 8].randomElement(using: &random)!
    }

    /// What happens next in the room. Time goes on by a few seconds.
    mutating func next() -> Record {
        if !pending.isEmpty { return say(pending.removeFirst()) }
        if !announced.contains(item) { return announce() }
        switch Int.random(in: 0..<100, using: &random) {
        case ..<claimPercent:
            pending = shop.claims.randomElement(using: &random)!
            return say(pending.removeFirst())
        case 96...:
            item = Int.random(in: shop.items.indices, using: &random)
            return announced.contains(item) ? say(Shop.smallTalk.randomElement(using: &random)!) : announce()
        case 60..<96:
            return say(shop.talk.randomElement(using: &random)!)
        default:
            return say(Shop.smallTalk.randomElement(using: &random)!)
        }
    }

    private mutating func say(_ text: String) -> Record {
        segmentID += 1
        let duration = Int64(text.unicodeScalars.count) * 180 + 300
        var transcript = Transcript(
            platform: "demo", roomID: roomID, sessionID: "1", segmentID: segmentID, startMS: timeMS,
            endMS: timeMS + duration, text: text)
        transcript.speaker = Alert.Speaker(id: "host-\(roomID)", name: shop.name, role: "host", isSeller: true)
        transcript.listingID = listingID
        timeMS += duration + Int64.random(in: 200..<900, using: &random)
        var value: [UInt8] = []
        transcript.encode(into: &value)
        return Record(topic: .transcripts, value: value)
    }

    private mutating func announce() -> Record {
        announced.insert(item)
        let wares = shop.items[item]
        var listing = ListingEvent(
            platform: "demo", roomID: roomID, sessionID: "1", listingID: listingID, action: .listed, timeMS: timeMS)
        listing.title = wares.title
        listing.category = wares.category
        listing.priceCents = wares.priceCents
        listing.seller = ListingEvent.Seller(id: "seller-\(roomID)", name: shop.name)
        timeMS += 500
        var value: [UInt8] = []
        listing.encode(into: &value)
        return Record(topic: .listings, value: value)
    }

    private var listingID: String { "item-\(item + 1)" }
}
