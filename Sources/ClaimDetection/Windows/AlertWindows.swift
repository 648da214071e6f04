import LiveEvents

/// What one rule has met in one stretch of time in one room.
struct AlertWindow: Equatable {
    /// A number into `RuleNames`.
    var rule: Int32
    /// Epoch milliseconds, a multiple of the rule's window.
    var startMS: Int64
    var occurrences = 0
    /// Of a rule with a threshold: the hits that count towards it, and the words that were said last.
    var counted = 0
    var echoes: [Echo] = []
    /// The words of which a revision told, each by its hash, at most `mostTold`.
    var told: [UInt64] = []
    /// The revision published last; 0 before the first.
    var revision = 0
    /// `occurrences` when it was published.
    var published = 0
    /// The first three hits and the latest; a graver one stays until there is one as grave.
    var hits: [KeptHit] = []
    /// How grave it was when it was published; nil if all its hits weigh the same.
    var publishedSeverity: Severity?
    /// What the signals of the latest hit added up to, in thousandths.
    var roomScore: Int64?
    /// The most that a screen gave a hit, in percent.
    var screened: Int64?
    /// Whether an alert of it was live: then it stays live. Noted only of rules whose alerts may be either.
    var wasLive = false
    /// Whether it changed since the last flush.
    var isChanged = false
    /// The id of its alerts, once one was made.
    var alertID: String?

    /// Alerts show the first hits, which opened the window, and the latest, which shows that it goes on.
    static let keptHits = 4

    mutating func add(_ hit: KeptHit) {
        occurrences = min(occurrences + 1, Int(StateReader.mostCounted))
        if hits.isEmpty { hits.reserveCapacity(Self.keptHits) }
        while hits.count >= Self.keptHits { hits.remove(at: leastNeeded) }
        hits.append(hit)
        isChanged = true
    }

    /// Words that met a rule, and when they did last.
    struct Echo: Equatable {
        var words: UInt64 = 0
        var timeMS: Int64 = 0
    }
    /// A phrase that comes again within this time is the recogniser's, or the host's, who goes round in circles.
    private static let echoMS: Int64 = 60_000
    private static let keptEchoes = 4

    /// Counts a hit towards the rule's threshold: the same words again within a minute count once, also where up to four
    /// phrases take turns.
    mutating func count(_ words: UInt64, at timeMS: Int64) {
        if let place = echoes.firstIndex(where: { $0.words == words }) {
            let isEcho = timeMS - echoes[place].timeMS <= Self.echoMS
            echoes[place].timeMS = max(echoes[place].timeMS, timeMS)
            if isEcho { return }
        } else {
            if echoes.count >= Self.keptEchoes,
                let oldest = echoes.indices.min(by: { echoes[$0].timeMS < echoes[$1].timeMS })
            {
                echoes.remove(at: oldest)
            }
            echoes.append(Echo(words: words, timeMS: timeMS))
        }
        counted = min(counted + 1, Int(StateReader.mostCounted))
    }

    /// After so many different things that were told at once, others wait until the hits have doubled.
    static let mostTold = 8

    /// Whether no revision told of these words yet, and there is room to tell of them without waiting.
    private func isNews(_ words: UInt64) -> Bool { told.count < Self.mostTold && !told.contains(words) }

    /// The latest hit, unless it alone is as grave as the alert says.
    private var leastNeeded: Int {
        let latest = hits.count - 1
        guard let weight = hits[latest].claim?.reading.weight else { return latest }
        let isGravest = hits[..<latest].allSatisfy { hit in
            guard let other = hit.claim?.reading.weight else { return true }
            return other < weight
        }
        return isGravest ? latest - 1 : latest
    }

    /// How grave the gravest hit kept is; nil if all hits weigh what the rule says.
    var severity: Severity? { hits.lazy.compactMap { $0.claim?.reading.weight }.max() }

    /// Whether a listing may change what one of the hits means.
    var isOpen: Bool { hits.contains { $0.claim?.reading.isOpen == true } }

    /// How sure the surest hit kept is; a hit is as sure as its least sure part.
    var score: Double {
        var surest = 0.0
        for hit in hits where !hit.evidence.isEmpty {
            var leastSure = Double.infinity
            for part in hit.evidence { leastSure = min(leastSure, part.score) }
            surest = max(surest, leastSure)
        }
        return surest
    }

    /// Whether no hit kept was met plainly.
    var isDisguised: Bool {
        let literal = OpenEnum.known(EvidencePath.literal)
        return !hits.contains { hit in hit.evidence.allSatisfy { $0.path == literal } }
    }

    /// Publish at the threshold, then each time the hits have doubled: a room that repeats itself a thousand times
    /// makes eleven records, and the count a consumer sees is never off by more than a factor of two. A hit graver than
    /// what was published does not wait, nor does one of other words, which is another claim: of eight at most.
    ///
    /// - Parameter news: The words of the latest hit, where other words do not wait.
    func isDue(threshold: Int, news: UInt64?) -> Bool {
        if revision == 0 { return (threshold > 1 ? counted : occurrences) >= threshold }
        if let news, isNews(news) { return true }
        if let publishedSeverity, let severity, severity > publishedSeverity { return true }
        return occurrences >= 2 * published
    }

    /// Takes the next revision.
    ///
    /// - Parameter news: The words of the latest hit, where other words do not wait.
    mutating func notePublication(news: UInt64? = nil) {
        if let news, isNews(news) { told.append(news) }
        revision = min(revision + 1, Int(StateReader.mostCounted))
        published = occurrences
        publishedSeverity = severity
        isChanged = true
    }
}

/// The tumbling windows of one room, in which hits of a rule become one alert.
///
/// ```
///   event time   600 s      1,200 s     1,800 s
///   rule 3        [ 2 hits   ][ 1 hit    ]            two windows are kept for each rule
///   rule 7                    [ 5 hits   ]
/// ```
/// Windows lie on a fixed grid of event time, so an alert's id does not depend on which hit came first. Two are kept per
/// rule; a hit that is later than both joins the older one, so that no revision is ever issued anew. Windows of rules
/// that are not in use rest untouched.
struct AlertWindows: Equatable {
    /// In order of rule, then start.
    private(set) var all: [AlertWindow] = []
    /// Windows that were closed since the last flush.
    private(set) var closed: [Key] = []

    /// What tells a window from the others of its room.
    struct Key: Equatable {
        /// A number into `RuleNames`.
        var rule: Int32
        var startMS: Int64
    }

    var isChanged: Bool { !closed.isEmpty || all.contains(where: \.isChanged) }

    /// Adds a hit to its window.
    ///
    /// - Parameters:
    ///   - words: `StableHash` of the words that met the rule.
    ///   - tellsNews: Whether a hit of words that no revision told of yet is published at once.
    /// - Returns: The window's index and whether an alert is due. It then has its next revision.
    mutating func add(
        _ hit: KeptHit, words: UInt64 = 0, roomScore: Int? = nil, screened: Int? = nil, of rule: Int32,
        at timeMS: Int64, lengthMS: Int64, threshold: Int, tellsNews: Bool = false
    ) -> (index: Int, isDue: Bool) {
        var first = firstIndex(of: rule)
        var end = first
        while end < all.count, all[end].rule == rule { end += 1 }
        var start = timeMS - Self.modulo(timeMS, lengthMS)
        if end > first {
            start = max(start, all[end - 1].startMS - lengthMS)
            // What is older than the two kept is closed.
            while all[first].startMS < start - lengthMS {
                closed.append(Key(rule: rule, startMS: all[first].startMS))
                all.remove(at: first)
                end -= 1
                if first == end { break }
            }
        }
        while first < end, all[first].startMS < start { first += 1 }
        if first == end || all[first].startMS != start {
            all.insert(AlertWindow(rule: rule, startMS: start), at: first)
        }
        all[first].add(hit)
        if threshold > 1 { all[first].count(words, at: timeMS) }
        if let roomScore { all[first].roomScore = Int64(roomScore) }
        if let screened { all[first].screened = max(all[first].screened ?? 0, Int64(screened)) }
        guard all[first].isDue(threshold: threshold, news: tellsNews ? words : nil) else { return (first, false) }
        all[first].notePublication(news: tellsNews ? words : nil)
        return (first, true)
    }

    /// Has the open hits of a window read again.
    ///
    /// - Parameter read: What a claim means now, and what of the listing bears it out.
    /// - Returns: Whether one of them now means something else.
    mutating func reread(
        at index: Int, _ read: (Claim) -> (reading: ClaimReading, evidence: [Alert.Evidence])
    ) -> Bool {
        var hasChanged = false
        for number in all[index].hits.indices {
            guard let claim = all[index].hits[number].claim, claim.reading.isOpen else { continue }
            let (reading, evidence) = read(claim)
            if reading == claim.reading { continue }
            all[index].hits[number].claim?.reading = reading
            for piece in evidence where !all[index].hits[number].evidence.contains(piece) {
                all[index].hits[number].evidence.append(piece)
            }
            hasChanged = true
        }
        if hasChanged { all[index].isChanged = true }
        return hasChanged
    }

    /// Has claims of a window that were read under other rules say what they mean under those in use.
    ///
    /// - Returns: Whether there were any.
    mutating func translate(at index: Int, _ translated: (Claim) -> ClaimReading?) -> Bool {
        var hasChanged = false
        for number in all[index].hits.indices {
            guard let claim = all[index].hits[number].claim, let reading = translated(claim) else { continue }
            all[index].hits[number].claim?.reading = reading
            hasChanged = true
        }
        if hasChanged { all[index].isChanged = true }
        return hasChanged
    }

    /// Takes the next revision of the window at an index.
    mutating func notePublication(at index: Int) { all[index].notePublication() }

    /// Takes a window back from the changelog, in place of one with the same key.
    mutating func restore(_ window: AlertWindow) {
        var place = firstIndex(of: window.rule)
        while place < all.count, all[place].rule == window.rule, all[place].startMS < window.startMS { place += 1 }
        if place < all.count, all[place].rule == window.rule, all[place].startMS == window.startMS {
            all[place] = window
        } else {
            all.insert(window, at: place)
        }
    }

    /// Has one of the windows written again; false if there is none.
    mutating func noteAny() -> Bool {
        if all.isEmpty { return false }
        all[all.count - 1].isChanged = true
        return true
    }

    /// Keeps the id that alerts of the window at an index have.
    mutating func keep(alertID: String, at index: Int) { all[index].alertID = alertID }

    /// Keeps in mind that the window at an index has a live alert.
    mutating func noteLive(at index: Int) { all[index].wasLive = true }

    mutating func forgetChanges() {
        closed.removeAll(keepingCapacity: true)
        for number in all.indices where all[number].isChanged { all[number].isChanged = false }
    }

    private func firstIndex(of rule: Int32) -> Int {
        var low = 0
        var high = all.count
        while low < high {
            let middle = (low + high) / 2
            if all[middle].rule < rule { low = middle + 1 } else { high = middle }
        }
        return low
    }

    private static func modulo(_ time: Int64, _ length: Int64) -> Int64 {
        let rest = time % length
        return rest < 0 ? rest + length : rest
    }
}
