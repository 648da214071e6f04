import LiveEvents

/// A listing as detection needs it.
struct ActiveListing: Equatable {
    /// By bytes: é and e with an accent are two ids, as they are two keys of the changelog.
    var id: [UInt8]
    var about: Alert.Listing
    var category: CategoryPath
    /// The order in which listings came; the smallest is the oldest.
    var order: Int64
    var isExplaining: Bool
    var region: String?
    var facts = ListingFacts()

    static let none = ActiveListing(
        id: [], about: Alert.Listing(listingID: ""), category: .none, order: 0, isExplaining: false, region: nil)
}

/// What a room has on sale, in the order in which it came.
struct ActiveListings {
    private(set) var all: [ActiveListing] = []
    private var nextOrder: Int64 = 0
    /// Ids of listings that came, changed or went since the last flush; some stand twice.
    private(set) var changed: [[UInt8]] = []
    /// Which rules fit one of the listings, as far as was asked since they last changed.
    private var fits: [(rule: Int32, fits: Bool)] = []
    /// What holds of all listings, by the number of the question, as far as was asked since they last changed.
    private var agreements: [Int32: Truth] = [:]
    /// Words that rules look for in the facts of listings, by the listing's order, as far as was asked since.
    private var foundWords: [Int64: [FactTests.Found]] = [:]

    /// The listing with an id.
    func index(of id: UnsafeBufferPointer<UInt8>) -> Int? {
        all.firstIndex { listing in listing.id.withUnsafeBufferPointer { ByteView($0).holds(id) } }
    }

    func index(of id: [UInt8]) -> Int? { id.withUnsafeBufferPointer { index(of: $0) } }

    var explained: Int? { all.firstIndex { $0.isExplaining } }

    /// Whether a listing passes `test`, asked once for each rule and state of the listings.
    mutating func fitsAny(rule: Int, _ test: (ActiveListing) -> Bool) -> Bool {
        if let known = fits.first(where: { $0.rule == rule }) { return known.fits }
        let answer = all.contains(where: test)
        fits.append((Int32(truncatingIfNeeded: rule), answer))
        return answer
    }

    /// What holds of all listings, asked once for each question and state of the listings.
    mutating func agreement(on question: Int32, _ truth: (ActiveListing) -> Truth) -> Truth {
        if let known = agreements[question] { return known }
        let answer = all.agreement(truth)
        agreements[question] = answer
        return answer
    }

    /// The words that were found in the facts of a listing, searched once for each state of the listings.
    mutating func foundWords(in number: Int, _ search: (ActiveListing) -> [FactTests.Found]) -> [FactTests.Found] {
        let order = all[number].order
        if let known = foundWords[order] { return known }
        let found = search(all[number])
        foundWords[order] = found
        return found
    }

    /// Takes a listing event in.
    ///
    /// - Parameters:
    ///   - source: The record that it came in, for evidence.
    ///   - past: What the listing cost before, if a rule asks.
    ///   - asked: The attributes that rules ask for whatever fact they tell.
    /// - Returns: How many listings were forgotten to keep the bound, and whether all facts were kept.
    mutating func apply(
        _ event: ListingEvent, from source: RecordSource, past: PastPrices? = nil, asked: AskedAttributes = .none,
        limits: DetectionLimits,
        _ categories: inout CategoryCache
    ) -> (forgotten: Int, areFactsWhole: Bool) {
        let id = Array(event.listingID.utf8)
        let known = index(of: id)
        if event.action == .delisted {
            if let known { remove(known) }
            return (0, true)
        }
        var listing =
            known.map { all[$0] }
            ?? ActiveListing(
                id: id, about: Alert.Listing(listingID: event.listingID), category: .none, order: nextOrder,
                isExplaining: false, region: nil)
        let before = listing.about
        listing.take(event, maxBytes: limits.maxListingTextBytes, &categories)
        let areFactsWhole = listing.facts.take(event, from: source, isDescribed: listing.about != before, asked: asked)
        if let past { listing.facts.past = past }
        if event.action == .explaining {
            for number in all.indices where all[number].isExplaining && number != known {
                all[number].isExplaining = false
                note(all[number].id)
            }
            listing.isExplaining = true
        }
        if let known {
            guard listing != all[known] else { return (0, areFactsWhole) }
            all[known] = listing
        } else {
            all.append(listing)
            nextOrder = min(nextOrder + 1, StateReader.mostCounted)
        }
        note(id)
        guard all.count > limits.maxListingsPerRoom else { return (0, areFactsWhole) }
        remove(0)
        return (1, areFactsWhole)
    }

    /// Takes a listing back from the changelog.
    mutating func restore(_ listing: ActiveListing) {
        forgetFits()
        if let known = index(of: listing.id) { all.remove(at: known) }
        nextOrder = max(nextOrder, min(listing.order + 1, StateReader.mostCounted))
        let place = all.firstIndex { $0.order > listing.order } ?? all.count
        all.insert(listing, at: place)
    }

    /// Has one of the listings written again; false if there is none.
    mutating func noteAny() -> Bool {
        guard let first = all.first else { return false }
        changed.append(first.id)
        return true
    }

    /// Forgets the oldest beyond a bound that a restart may have lowered.
    mutating func forget(beyond most: Int) -> Int {
        let excess = max(0, all.count - most)
        for _ in 0..<excess { remove(0) }
        return excess
    }

    mutating func forgetChanges() { changed.removeAll(keepingCapacity: true) }

    /// The rules are others now, or look at other products.
    mutating func forgetFits() {
        fits.removeAll(keepingCapacity: true)
        if !agreements.isEmpty { agreements.removeAll(keepingCapacity: true) }
        if !foundWords.isEmpty { foundWords.removeAll() }
    }

    private mutating func remove(_ number: Int) { note(all.remove(at: number).id) }

    private mutating func note(_ id: [UInt8]) {
        forgetFits()
        changed.append(id)
    }
}

extension ActiveListing {
    /// An event may carry only what changed, so what it does not name stays.
    fileprivate mutating func take(_ event: ListingEvent, maxBytes: Int, _ categories: inout CategoryCache) {
        if let title = event.title { about.title = title.cut(toBytes: maxBytes) }
        if let text = event.category {
            about.category = text.cut(toBytes: maxBytes)
            category = categories.path(about.category ?? "")
        }
        if let brand = event.brand { about.brand = brand.cut(toBytes: maxBytes) }
        if let seller = event.seller {
            if let id = seller.id { about.sellerID = id.cut(toBytes: maxBytes) }
            if let name = seller.name { about.sellerName = name.cut(toBytes: maxBytes) }
            if let code = seller.region { region = code.cut(toBytes: maxBytes) }
        }
    }
}
