import ChineseText
import LiveEvents
import TermMatching

/// A listing as detection needs it.
struct ActiveListing: Equatable {
    var alertListing: Alert.Listing
    /// The components of the category path, folded; empty when the listing has none.
    var categories: [String]
    /// The order in which listings came; the smallest is the oldest.
    var order: Int64
    var isExplaining: Bool
    var region: String?
}

/// What one rule has met in one stretch of time in one room.
struct AlertWindow: Equatable {
    var startMS: Int64
    var occurrences: Int
    /// The revision published last; 0 before the first.
    var revision: Int
    /// `occurrences` when it was published.
    var published: Int
    /// The evidence of the first three hits and of the latest, a list per hit.
    var evidence: [[Alert.Evidence]]

    /// Alerts show the first hits, which opened the window, and the latest, which shows that it goes on.
    static let keptHits = 4

    mutating func add(_ hit: [Alert.Evidence]) {
        occurrences += 1
        if evidence.count == Self.keptHits { evidence.removeLast() }
        evidence.append(hit)
    }

    /// How sure the surest hit kept is; a hit is as sure as its least sure part.
    var score: Double { evidence.compactMap { $0.map(\.score).min() }.max() ?? 0 }

    /// Publish at the threshold, then each time the hits have doubled: a room that repeats itself a thousand times
    /// makes eleven records, and the count a consumer sees is never off by more than a factor of two.
    func isDue(threshold: Int) -> Bool {
        revision == 0 ? occurrences >= threshold : occurrences >= 2 * published
    }
}

/// One session of one room: what is on sale, what was just said, which alerts are open.
final class Room {
    let hash: UInt64
    /// Platform, room and session one after the other: to tell a room by its ids, one place in memory is read.
    private let ids: [UInt8]
    private let platformEnd: Int
    private let roomEnd: Int
    var platform: ArraySlice<UInt8> { ids[..<platformEnd] }
    var roomID: ArraySlice<UInt8> { ids[platformEnd..<roomEnd] }
    var sessionID: ArraySlice<UInt8> { ids[roomEnd...] }

    var listings: [String: ActiveListing] = [:]
    var nextOrder: Int64 = 0
    /// By rule index: the latest window and the one before it.
    var windows: [Int: [AlertWindow]] = [:]
    var tail = CarryOver()

    /// The tail's version that stands in the state topic, or nil if none does.
    var spilledVersion: Int?
    var changedListings: Set<String> = []
    var changedWindows: Set<WindowKey> = []
    var isTailChanged = false
    var isChanged: Bool { !changedListings.isEmpty || !changedWindows.isEmpty || isTailChanged }

    struct WindowKey: Hashable {
        var rule: Int
        var startMS: Int64
    }

    init(
        platform: UnsafeBufferPointer<UInt8>, roomID: UnsafeBufferPointer<UInt8>,
        sessionID: UnsafeBufferPointer<UInt8>, hash: UInt64
    ) {
        ids = Array(platform) + roomID + sessionID
        platformEnd = platform.count
        roomEnd = platform.count + roomID.count
        self.hash = hash
    }

    func matches(
        _ platform: UnsafeBufferPointer<UInt8>, _ room: UnsafeBufferPointer<UInt8>,
        _ session: UnsafeBufferPointer<UInt8>
    ) -> Bool {
        guard platform.count == platformEnd, room.count == roomEnd - platformEnd, session.count == ids.count - roomEnd
        else { return false }
        return ids.withUnsafeBufferPointer { ids in
            ByteView(room).holds(UnsafeBufferPointer(rebasing: ids[platformEnd..<roomEnd]))
                && ByteView(session).holds(UnsafeBufferPointer(rebasing: ids[roomEnd...]))
                && ByteView(platform).holds(UnsafeBufferPointer(rebasing: ids[..<platformEnd]))
        }
    }

    /// Takes a listing event in. Returns the number of listings forgotten to keep the bound.
    func apply(_ event: ListingEvent, maxListings: Int) -> Int {
        if event.action == .delisted {
            if listings.removeValue(forKey: event.listingID) != nil { changedListings.insert(event.listingID) }
            return 0
        }
        let before = listings[event.listingID]
        var shelf =
            before
            ?? ActiveListing(
                alertListing: Alert.Listing(listingID: event.listingID), categories: [], order: nextOrder,
                isExplaining: false, region: nil)
        if before == nil { nextOrder += 1 }
        // An event may carry only what changed, so what it does not name stays.
        if let title = event.title { shelf.alertListing.title = title }
        if let category = event.category {
            shelf.alertListing.category = category
            shelf.categories = CategoryPath.components(of: category)
        }
        if let brand = event.brand { shelf.alertListing.brand = brand }
        if let seller = event.seller {
            if let id = seller.id { shelf.alertListing.sellerID = id }
            if let name = seller.name { shelf.alertListing.sellerName = name }
            if let region = seller.region { shelf.region = region }
        }
        if event.action == .explaining {
            for (id, other) in listings where other.isExplaining && id != event.listingID {
                listings[id]!.isExplaining = false
                changedListings.insert(id)
            }
            shelf.isExplaining = true
        }
        if shelf != before {
            listings[event.listingID] = shelf
            changedListings.insert(event.listingID)
        }
        guard listings.count > maxListings else { return 0 }
        let oldest = listings.values.min { $0.order < $1.order }!.alertListing.listingID
        listings[oldest] = nil
        changedListings.insert(oldest)
        return 1
    }
}

/// A category path such as "食品/水产/冻虾", compared by whole components: 保健食品 is not 食品.
enum CategoryPath {
    static func components(of path: String) -> [String] {
        path.split(whereSeparator: { "/>|＞／›".contains($0) })
            .map { FoldedText(String($0)).text.filter { !$0.isWhitespace } }.filter { !$0.isEmpty }
    }
}
