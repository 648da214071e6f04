import ClaimRules
import LiveEvents

/// What a listing says of its goods, as far as rules may ask: the attributes whose names `FactNames` or a rule knows,
/// certificates, prices.
///
/// Kept as the seller wrote it, so that rules to come can ask other things of it, at most `maxBytes` a listing.
struct ListingFacts: Equatable {
    /// An attribute or a certificate.
    struct Entry: Equatable {
        /// The attribute's name; nil for a certificate.
        var name: String?
        /// Nil for a certificate.
        var fact: Fact?
        var text: String
        /// The record that said it.
        var source: RecordSource
        var timeMS: Int64

        var bytes: Int { (name?.utf8.count ?? 0) + text.utf8.count }
    }

    /// UTF-8 bytes of names and texts.
    static let maxBytes = 2_048
    static let maxEntries = 24

    var entries: [Entry] = []
    /// Fen.
    var price: Int64?
    var originalPrice: Int64?
    /// What it cost before, if a rule asks.
    var past: PastPrices?
    /// The record that said title, category, brand or price last.
    var source: RecordSource?
    var timeMS: Int64 = 0

    /// Takes in what an event says; what it does not say stays.
    ///
    /// - Parameters:
    ///   - isDescribed: Whether it changes title, category or brand.
    ///   - asked: The attributes that rules ask for whatever fact they tell.
    /// - Returns: false if something was left out to keep the bounds.
    mutating func take(
        _ event: ListingEvent, from source: RecordSource, isDescribed: Bool, asked: AskedAttributes = .none
    )
        -> Bool
    {
        let prices = (event.priceCents ?? price, event.originalPriceCents ?? originalPrice)
        if isDescribed || prices != (price, originalPrice) {
            (self.source, timeMS) = (source, event.timeMS)
            (price, originalPrice) = prices
        }
        for attribute in event.attributes {
            let fact = FactNames.fact(attribute.name)
            guard fact != nil || asked.contains(attribute.name) else { continue }
            let entry = Entry(
                name: attribute.name, fact: fact, text: attribute.value, source: source, timeMS: event.timeMS)
            if let known = entries.firstIndex(where: { $0.name?.utf8.elementsEqual(attribute.name.utf8) == true }) {
                if !entries[known].text.utf8.elementsEqual(entry.text.utf8) { entries[known] = entry }
            } else {
                entries.append(entry)
            }
        }
        let certificates = entries.filter { $0.name == nil }.map(\.text)
        if !event.certificates.isEmpty, certificates != event.certificates {
            entries.removeAll { $0.name == nil }
            for text in event.certificates {
                entries.append(Entry(name: nil, fact: nil, text: text, source: source, timeMS: event.timeMS))
            }
        }
        return keepBounds()
    }

    private mutating func keepBounds() -> Bool {
        var isWhole = true
        var room = Self.maxBytes
        if entries.count > Self.maxEntries || entries.reduce(0, { $0 + $1.bytes }) > Self.maxBytes {
            // What no row of the names knows gives way first.
            entries =
                entries.filter { $0.fact != nil || $0.name == nil }
                + entries.filter { $0.fact == nil && $0.name != nil }
        }
        for (number, entry) in entries.enumerated() {
            room -= entry.name?.utf8.count ?? 0
            if room <= 0 || number >= Self.maxEntries {
                entries.removeSubrange(number...)
                return false
            }
            if entry.text.utf8.count > room {
                entries[number].text = entry.text.cut(toBytes: room)
                isWhole = false
            }
            room -= entries[number].text.utf8.count
        }
        return isWhole
    }
}

/// Attributes that rules ask for whatever fact they tell.
struct AskedAttributes: Equatable {
    /// Folded.
    var names: Set<String> = []
    /// A rule asks for all of them.
    var all = false

    static let none = AskedAttributes()

    func contains(_ name: String) -> Bool { all || !names.isEmpty && names.contains(FactNames.folded(name)) }
}

/// A text in which a fact is told.
struct FactText: Equatable {
    /// As evidence names it: "title", "attributes.材质", "certificates".
    var field: String
    var text: String
    var source: RecordSource?
    var timeMS: Int64
    /// UTF-8 bytes at its beginning that are no part of what the field says.
    var labelBytes = 0
}

extension ActiveListing {
    /// The texts that tell a fact at a time; none if the listing does not say.
    ///
    /// - Parameter name: Of an attribute that is asked for by name, folded.
    func texts(of fact: Fact, named name: String? = nil, at timeMS: Int64) -> [FactText] {
        func own(_ field: String, _ text: String?) -> [FactText] {
            guard let text, !text.isEmpty else { return [] }
            return [FactText(field: field, text: text, source: facts.source, timeMS: facts.timeMS)]
        }
        func entries(_ isAsked: (ListingFacts.Entry) -> Bool) -> [FactText] {
            facts.entries.filter { isAsked($0) && !$0.text.isEmpty }.map {
                FactText(
                    field: $0.name.map { "attributes.\($0)" } ?? "certificates", text: $0.text, source: $0.source,
                    timeMS: $0.timeMS)
            }
        }
        switch fact {
        case .title: return own("title", about.title)
        case .category: return own("category", about.category)
        case .brand: return own("brand", about.brand)
        case .certificates: return entries { $0.name == nil }
        case .approvalNo: return entries { $0.name == nil || $0.fact == .approvalNo }
        case .weight:
            let written = entries { $0.fact == .weight }
            return written.isEmpty ? own("title", about.title) : written
        case .price: return own("price_cents", facts.price.map(String.init))
        case .attribute: return entries { $0.name.map(FactNames.folded) == name }
        case .said: return []
        case .price7dMin: return own(fact.rawValue, facts.past?.minimum(before: timeMS).map { String($0.fen) })
        case .originalPrice: return own("original_price_cents", facts.originalPrice.map(String.init))
        case .attributes: return entries { _ in true }
        case .entries:
            return facts.entries.compactMap { entry in
                guard let name = entry.name, !entry.text.isEmpty else { return nil }
                let label = FactNames.folded(name) + ":"
                return FactText(
                    field: "attributes.\(name)", text: label + entry.text, source: entry.source, timeMS: entry.timeMS,
                    labelBytes: label.utf8.count)
            }
        case .listing: return own("title", about.title) + own("category", about.category) + entries { _ in true }
        case .sellerRegion: return own("seller.region", region.flatMap(ChinaProvinces.name(of:)))
        case .date, .age: return entries { $0.fact == .date }
        case .material, .origin, .grade, .registeredFunction, .suitableFor, .unsuitableFor, .standard, .kind, .process,
            .condition, .share, .warranty, .validity, .shelfLife, .vintage:
            return entries { $0.fact == fact }
        }
    }
}
