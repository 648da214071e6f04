import LiveEvents

extension EventGenerator {
    /// One room: its shop, and how far its host has come.
    struct Room: Sendable {
        /// GB/T 2260 codes of cities.
        private static let regions = ["330100", "310000", "440300", "350200", "510100"]
        private static let platform = "douyin"
        /// A segment takes in sentences until it has this many characters.
        private static let enoughCharacters = 14
        private static let msPerCharacter = 120
        /// Segments before the new session of a room that has one.
        private static let sessionLength: Int64 = 100

        private let id: String
        private let shop: Shop
        private let region: String
        private let hasSecondSession: Bool
        private var session = 1
        private var segmentID: Int64 = 0
        /// The rest of a claim that was cut, and the item it is about.
        private var unfinished: (item: Int, rest: String)?

        init(number: Int, _ random: inout SplitMix64) {
            let digits = String(number)
            id = "room-" + String(repeating: "0", count: Swift.max(0, 5 - digits.count)) + digits
            shop = Shop.all[number % Shop.all.count]
            region = Self.regions[random.next(below: Self.regions.count)]
            // By way of a draw, as a remainder of the number would always meet the same shops.
            hasSecondSession = random.next(below: 8) == 0
        }

        func listing(of item: Int, _ timeMS: Int64) -> ListingEvent {
            let goods = shop.items[item]
            var listing = ListingEvent(
                platform: Self.platform, roomID: id, sessionID: sessionID, listingID: listingID(item),
                action: .listed, timeMS: timeMS)
            listing.title = goods.title
            listing.category = goods.category
            listing.brand = shop.name
            listing.priceCents = goods.priceCents
            listing.seller = ListingEvent.Seller(id: "seller-\(id)", name: shop.name + "旗舰店", region: region)
            return listing
        }

        mutating func speak(_ timeMS: Int64, claimShare: Double, _ random: inout SplitMix64) -> Transcript {
            var item = random.next(below: shop.items.count)
            var text: String
            var isCut = false
            if let (itemBefore, rest) = unfinished {
                (item, text) = (itemBefore, rest)
                unfinished = nil
            } else if random.happens(claimShare) {
                let halves = claim(&random).split(separator: "|").map { filled(String($0), item) }
                isCut = random.happens(0.5)
                text = isCut ? halves[0] : halves.joined()
                if isCut { unfinished = (item, halves[1]) }
            } else {
                text = filled(talk(&random), item)
            }
            // Where a claim is cut, nothing may come between its halves.
            while !isCut, text.unicodeScalars.count < Self.enoughCharacters {
                text += "，" + filled(talk(&random), item)
            }
            return segment(text, item, timeMS)
        }

        private mutating func segment(_ text: String, _ item: Int, _ timeMS: Int64) -> Transcript {
            segmentID += 1
            if hasSecondSession, session == 1, segmentID > Self.sessionLength { (session, segmentID) = (2, 1) }
            var transcript = Transcript(
                platform: Self.platform, roomID: id, sessionID: sessionID, segmentID: segmentID, startMS: timeMS,
                endMS: timeMS + Int64(text.unicodeScalars.count * Self.msPerCharacter), text: text)
            transcript.speaker = Speaker(id: "h1", name: shop.name, role: .known(.host))
            transcript.listingID = listingID(item)
            transcript.region = region
            return transcript
        }

        private func talk(_ random: inout SplitMix64) -> String {
            let index = random.next(below: shop.talk.count + Shop.smallTalk.count)
            return index < shop.talk.count ? shop.talk[index] : Shop.smallTalk[index - shop.talk.count]
        }

        private func claim(_ random: inout SplitMix64) -> String {
            let index = random.next(below: shop.claims.count + Shop.commonClaims.count)
            return index < shop.claims.count ? shop.claims[index] : Shop.commonClaims[index - shop.claims.count]
        }

        private func filled(_ sentence: String, _ item: Int) -> String {
            sentence.replacing("{}", with: shop.items[item].word)
        }

        private var sessionID: String { "s\(session)" }
        private func listingID(_ item: Int) -> String { "L\(item + 1)" }
    }
}
