import ClaimRules
import LiveEvents

// What the changelog says of each kind of key. A field stands here once, for writing and for reading.

/// A listing on sale.
struct ListingRecord: StateRecord {
    var listing: ActiveListing
    /// When the room was last used, milliseconds; left out by earlier versions.
    var lastUsedMS: Int64?

    mutating func code(with coder: inout some StateCoder & ~Copyable) throws(StateError) {
        try coder.text("id", &listing.about.listingID)
        try coder.text("title", &listing.about.title)
        try coder.text("category", &listing.about.category)
        try coder.text("brand", &listing.about.brand)
        try coder.text("seller", &listing.about.sellerID)
        try coder.text("seller_name", &listing.about.sellerName)
        try coder.text("region", &listing.region)
        try coder.count("order", &listing.order)
        try coder.flag("explaining", &listing.isExplaining)
        // Left out by earlier versions, as is what follows.
        try coder.number("price", &listing.facts.price)
        try coder.number("original", &listing.facts.originalPrice)
        try coder.origin(&listing.facts.source, &listing.facts.timeMS)
        try coder.past(&listing.facts.past)
        try coder.listIfAny("facts", &listing.facts.entries, like: .none) { (coder, entry) throws(StateError) in
            try coder.object { (coder) throws(StateError) in
                try coder.text("name", &entry.name)
                entry.fact = entry.name.flatMap(FactNames.fact)
                try coder.text("text", &entry.text)
                var source: RecordSource? = entry.source
                try coder.origin(&source, &entry.timeMS)
                entry.source = source ?? entry.source
            }
        }
        try coder.number("used_ms", &lastUsedMS)
    }
}

/// What a listing cost before.
struct PriceRecord: StateRecord {
    var history = PriceHistory(past: PastPrices(firstMS: 0, sinceMS: 0), session: "", seenMS: 0)

    mutating func code(with coder: inout some StateCoder & ~Copyable) throws(StateError) {
        var past: PastPrices? = history.past
        try coder.past(&past)
        guard let past else { throw StateError(reason: "the value lacks the number 'first'") }
        history.past = past
        try coder.text("session", &history.session)
        try coder.time("seen", &history.seenMS)
    }
}

extension StateCoder where Self: ~Copyable {
    /// Nil is left out.
    fileprivate mutating func past(_ value: inout PastPrices?) throws(StateError) {
        var first = value?.firstMS
        try number("first", &first)
        guard let first else {
            value = nil
            return
        }
        var past = value ?? PastPrices(firstMS: first, sinceMS: first)
        try time("first", &past.firstMS)
        try number("offer", &past.fen)
        try time("since", &past.sinceMS)
        try listIfAny("days", &past.days, like: .init(day: 0, fen: 0)) { (coder, day) throws(StateError) in
            try coder.object { (coder) throws(StateError) in
                var number = Int64(day.day)
                try coder.number("day", &number)
                day.day = Int32(clamping: number)
                try coder.number("min", &day.fen)
            }
        }
        value = past
    }
}

extension ListingFacts.Entry {
    static let none = ListingFacts.Entry(
        text: "", source: RecordSource(topic: "", partition: 0, offset: 0), timeMS: 0)
}

/// An alert window.
struct WindowRecord: StateRecord {
    var window: AlertWindow
    var lastUsedMS: Int64?

    mutating func code(with coder: inout some StateCoder & ~Copyable) throws(StateError) {
        try coder.count("occurrences", &window.occurrences)
        try coder.count("revision", &window.revision)
        try coder.count("published", &window.published)
        try coder.word("severity", &window.publishedSeverity)
        try coder.number("score", &window.roomScore)
        try coder.number("screen", &window.screened)
        // Left out by earlier versions, and of rules whose alerts are all of one mode.
        try coder.flagIfTrue("live", &window.wasLive)
        try coder.list("evidence", &window.hits, like: KeptHit()) { (coder, hit) throws(StateError) in
            try coder.list(&hit.evidence, like: .none) { (coder, piece) throws(StateError) in
                try coder.object { (coder) throws(StateError) in try piece.code(with: &coder) }
            }
        }
        // Left out by earlier versions, for which each hit counted, and of rules without a threshold.
        var counted = window.echoes.isEmpty ? nil : Int64?(Int64(window.counted))
        try coder.number("counted", &counted)
        window.counted = counted.map { Int(min(max($0, 0), StateReader.mostCounted)) } ?? window.occurrences
        try coder.listIfAny("echoes", &window.echoes, like: .init()) { (coder, echo) throws(StateError) in
            try coder.object { (coder) throws(StateError) in
                try coder.bits("words", &echo.words)
                try coder.time("time", &echo.timeMS)
            }
        }
        // Left out by earlier versions: then the next hit is told at once.
        var told = window.told.map { Told(words: $0) }
        try coder.listIfAny("told", &told, like: Told()) { (coder, told) throws(StateError) in
            try coder.object { (coder) throws(StateError) in try coder.bits("words", &told.words) }
        }
        window.told = told.prefix(AlertWindow.mostTold).map(\.words)
        // Left out by earlier versions, and of rules whose hits all mean the same.
        var claims = window.hits.enumerated().compactMap { number, hit in
            hit.claim.map { ClaimRecord(hit: number, claim: $0) }
        }
        try coder.listIfAny("claims", &claims, like: ClaimRecord()) { (coder, claim) throws(StateError) in
            try coder.object { (coder) throws(StateError) in try claim.code(with: &coder) }
        }
        for record in claims where window.hits.indices.contains(record.hit) {
            window.hits[record.hit].claim = record.claim
        }
        try coder.number("used_ms", &lastUsedMS)
    }
}

/// Words of which a revision told.
private struct Told {
    var words: UInt64 = 0
}

/// The signals that a rule waits for more of.
struct AccumulatorRecord: StateRecord {
    var accumulator: Accumulator
    var lastUsedMS: Int64?

    mutating func code(with coder: inout some StateCoder & ~Copyable) throws(StateError) {
        try coder.text("shape", &accumulator.shape)
        try coder.flag("above", &accumulator.isAbove)
        try coder.list("slots", &accumulator.slots, like: Accumulator.Slot()) { (coder, slot) throws(StateError) in
            try coder.object { (coder) throws(StateError) in
                try coder.count("n", &slot.number)
                try coder.time("time", &slot.timeMS)
                try coder.time("start", &slot.startMS)
                try coder.list("quotes", &slot.chain, like: []) { (coder, signal) throws(StateError) in
                    try coder.list(&signal, like: .none) { (coder, piece) throws(StateError) in
                        try coder.object { (coder) throws(StateError) in try piece.code(with: &coder) }
                    }
                }
            }
        }
        try coder.number("used_ms", &lastUsedMS)
    }
}

/// What a room owes under one rule.
struct ObligationRecord: StateRecord {
    var obligation: Obligation
    var lastUsedMS: Int64?

    mutating func code(with coder: inout some StateCoder & ~Copyable) throws(StateError) {
        try coder.text("shape", &obligation.shape)
        try coder.number("said", &obligation.saidMS)
        try coder.listIfAny("waiting", &obligation.waiting, like: .init()) { (coder, waiting) throws(StateError) in
            try coder.object { (coder) throws(StateError) in
                var listing: [UInt8]? = waiting.listing
                try coder.id("listing", &listing)
                waiting.listing = listing ?? []
                try coder.time("since", &waiting.sinceMS)
                try coder.count("before", &waiting.heardBefore)
                var start = [waiting.start]
                try coder.list("start", &start, like: .none) { (coder, piece) throws(StateError) in
                    try coder.object { (coder) throws(StateError) in try piece.code(with: &coder) }
                }
                waiting.start = start.first ?? .none
            }
        }
        try coder.number("used_ms", &lastUsedMS)
    }
}

/// How much of a room was heard.
struct HearingRecord: StateRecord {
    var hearing = Hearing()
    var lastUsedMS: Int64?

    mutating func code(with coder: inout some StateCoder & ~Copyable) throws(StateError) {
        try coder.flagIfTrue("spoken", &hearing.hasSpoken)
        try coder.id("explained", &hearing.explained)
        try coder.number("until", &hearing.untilMS)
        try coder.count("heard", &hearing.characters)
        try coder.number("used_ms", &lastUsedMS)
    }
}

/// What a hit of a window means, and what that depends on.
struct ClaimRecord: StateRecord {
    /// Which of the window's hits.
    var hit = 0
    var claim = Claim(timeMS: 0, channel: .speech)

    mutating func code(with coder: inout some StateCoder & ~Copyable) throws(StateError) {
        try coder.count("hit", &hit)
        try coder.time("time", &claim.timeMS)
        var channel: Rule.Target? = claim.channel == .speech ? nil : claim.channel
        try coder.word("channel", &channel)
        claim.channel = channel ?? .speech
        var speaker = claim.speaker ?? Speaker()
        try coder.text("speaker", &speaker.id)
        try coder.text("name", &speaker.name)
        var role = speaker.role?.text
        try coder.text("role", &role)
        speaker.role = role.map(OpenEnum.init)
        var isSeller = speaker.isSeller.map { Int64($0 ? 1 : 0) }
        try coder.number("seller", &isSeller)
        speaker.isSeller = isSeller.map { $0 == 1 }
        claim.speaker = speaker == Speaker() ? nil : speaker
        try coder.id("listing", &claim.listingID)
        try coder.text("region", &claim.region)
        try coder.listIfAny("said", &claim.said, like: Claim.Said(name: "", term: "", text: "")) {
            (coder, said) throws(StateError) in
            try coder.object { (coder) throws(StateError) in
                try coder.text("name", &said.name)
                try coder.text("term", &said.term)
                try coder.text("text", &said.text)
            }
        }
        try coder.listIfAny("guards", &claim.guards, like: .init(name: "", action: .known(.mark))) {
            (coder, condition) throws(StateError) in
            try coder.object { (coder) throws(StateError) in
                try coder.text("name", &condition.name)
                var action = condition.action.text
                try coder.text("action", &action)
                condition.action = OpenEnum(action)
            }
        }
        try coder.flagIfTrue("lowered", &claim.isLowered)
        var exemptions = claim.exemptions.map { String?.some($0.rawValue) }
        try coder.listIfAny("exemptions", &exemptions, like: nil) { (coder, word) throws(StateError) in
            try coder.object { (coder) throws(StateError) in try coder.text("name", &word) }
        }
        claim.exemptions = exemptions.compactMap { $0.flatMap(Exemption.init) }
        var binding = claim.reading.binding.map(Int64.init)
        try coder.number("binding", &binding)
        claim.reading.binding = binding.flatMap { (0..<64).contains($0) ? Int($0) : nil }
        // Left out by earlier versions: then it is read again.
        try coder.bits("meaning", &claim.reading.meaning)
        try coder.bits("possible", &claim.reading.possible)
        try coder.bits("unknown", &claim.reading.unknownFacts)
        try coder.flagIfTrue("unresolved", &claim.reading.isUnresolved)
        try coder.flagIfTrue("withdrawn", &claim.reading.isWithdrawn)
        var severity: Severity? = claim.reading.severity
        try coder.word("severity", &severity)
        claim.reading.severity = severity ?? .info
        try coder.id("about", &claim.reading.about)
    }
}

extension Alert.Evidence: StateRecord {
    static let none = Alert.Evidence(
        source: .init(topic: "", partition: 0, offset: 0), field: "", segmentID: nil, startMS: 0, endMS: 0, quote: "",
        span: 0..<0, matched: "", term: "", path: .known(.literal), score: 1)

    mutating func code(with coder: inout some StateCoder & ~Copyable) throws(StateError) {
        try code(&source, with: &coder)
        try coder.text("field", &field)
        try coder.number("segment", &segmentID)
        try coder.time("start_ms", &startMS)
        try coder.time("end_ms", &endMS)
        try coder.text("quote", &quote)
        var (from, to) = (span.lowerBound, span.upperBound)
        try coder.count("from", &from)
        try coder.count("to", &to)
        guard from <= to else { throw StateError(reason: "a match ends before it begins") }
        span = from..<to
        try coder.text("matched", &matched)
        try coder.text("term", &term)
        var word = path.text
        try coder.text("path", &word)
        path = OpenEnum(word)
        // States written before there were disguises leave it out: they have literal and folded matches alone.
        var percent: Int64? = Int64((score * 100).rounded())
        try coder.number("percent", &percent)
        try coder.text("group", &group)
        score = Double(min(max(percent ?? Int64(EvidenceMaker.percent(path: path.word, score: 100)), 0), 100)) / 100
    }

    private func code(_ source: inout RecordSource, with coder: inout some StateCoder & ~Copyable) throws(StateError) {
        try coder.text("topic", &source.topic)
        try coder.partition("partition", &source.partition)
        try coder.offset("offset", &source.offset)
    }
}

extension StateCoder where Self: ~Copyable {
    /// An id as bytes; nil is left out.
    fileprivate mutating func id(_ name: StaticString, _ value: inout [UInt8]?) throws(StateError) {
        var text = value.map { String(decoding: $0, as: UTF8.self) }
        try self.text(name, &text)
        value = text.map { Array($0.utf8) }
    }

    /// The record that said something, and when; left out if it is not known.
    fileprivate mutating func origin(_ source: inout RecordSource?, _ timeMS: inout Int64) throws(StateError) {
        var topic = source?.topic
        try text("topic", &topic)
        guard let topic else {
            source = nil
            return
        }
        var known = source ?? RecordSource(topic: topic, partition: 0, offset: 0)
        known.topic = topic
        try partition("partition", &known.partition)
        try offset("offset", &known.offset)
        try time("time", &timeMS)
        source = known
    }

    fileprivate mutating func partition(_ name: StaticString, _ value: inout Partition) throws(StateError) {
        var number = Int64(value.rawValue)
        try self.number(name, &number)
        guard let partition = Int32(exactly: number) else { throw StateError(reason: "'\(name)' is out of range") }
        value = Partition(partition)
    }

    fileprivate mutating func offset(_ name: StaticString, _ value: inout Offset) throws(StateError) {
        var number = value.rawValue
        try self.number(name, &number)
        value = Offset(number)
    }
}

/// A carry-over too old to be read again.
struct CarryOverRecord: StateRecord {
    struct Piece {
        var topic = ""
        var partition = Partition(0)
        var offset = Offset(0)
        var segmentID: Int64 = 0
        var startMS: Int64 = 0
        var endMS: Int64 = 0
        var textOffset = 0
        var start = 0
    }
    var text = ""
    var speaker = ""
    var pieces: [Piece] = []
    var lastUsedMS: Int64?

    mutating func code(with coder: inout some StateCoder & ~Copyable) throws(StateError) {
        try coder.text("text", &text)
        try coder.text("speaker", &speaker)
        try coder.list("pieces", &pieces, like: Piece()) { (coder, piece) throws(StateError) in
            try coder.object { (coder) throws(StateError) in
                try coder.text("topic", &piece.topic)
                try coder.partition("partition", &piece.partition)
                try coder.offset("offset", &piece.offset)
                try coder.number("segment", &piece.segmentID)
                try coder.time("start_ms", &piece.startMS)
                try coder.time("end_ms", &piece.endMS)
                try coder.count("text_offset", &piece.textOffset)
                try coder.count("start", &piece.start)
            }
        }
        try coder.number("used_ms", &lastUsedMS)
    }
}

extension CarryOverRecord {
    init(_ room: borrowing Room, _ names: SourceNames) {
        let carryOver = room.carryOver
        text = String(decoding: carryOver.text, as: UTF8.self)
        speaker = String(decoding: carryOver.speakerID, as: UTF8.self)
        pieces = carryOver.pieces.map {
            Piece(
                topic: names[$0.topic], partition: $0.partition, offset: $0.offset, segmentID: $0.segmentID ?? 0,
                startMS: $0.startMS, endMS: $0.endMS, textOffset: $0.textOffset, start: $0.start - carryOver.first)
        }
        lastUsedMS = room.knownUseMS
    }

    /// The carry-over as it was.
    func carryOver(_ names: inout SourceNames) throws(StateError) -> CarryOver {
        let bytes = Array(text.utf8)
        guard bytes.isEmpty == pieces.isEmpty, pieces.first?.start ?? 0 == 0 else {
            throw StateError(reason: "a carry-over does not begin with its first piece")
        }
        var last = 0
        for piece in pieces {
            guard piece.start >= last, piece.start <= bytes.count else {
                throw StateError(reason: "a piece of a carry-over lies outside its text")
            }
            last = piece.start
        }
        return CarryOver(
            bytes: bytes,
            pieces: pieces.map {
                CarryOver.Piece(
                    topic: names.number(of: $0.topic), partition: $0.partition, offset: $0.offset,
                    segmentID: $0.segmentID, startMS: $0.startMS, endMS: $0.endMS, textOffset: $0.textOffset,
                    start: $0.start)
            }, speakerID: Array(speaker.utf8))
    }
}
