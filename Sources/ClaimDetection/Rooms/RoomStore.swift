public import ClaimRules
public import LiveEvents

/// The rooms of one partition: events in, alerts out.
///
/// ```
///     restore … finishRestore     the changelog, once          flushChangelog     what a restart must know
///     replay …                    the last moments again       replayOffset       from where to replay
///     process …                   each new event ─> alerts
/// ```
/// What a decision depends on lives here and nowhere else. Listings and open windows travel through the changelog; the
/// carry-over is rebuilt by `replay` of the records from `replayOffset` on. Decisions depend on the events of a room in
/// the order taken and on the rule set, never on a clock, a batch or another room, as long as no bound of
/// `DetectionLimits` bites.
///
/// One store is used by one thread.
public final class RoomStore {
    // One value, so that an event takes exclusive access once.
    private var detector: Detector
    private let profile: WorkProfile?

    /// - Parameter profile: Counts the work done for the rules, which are these until the end.
    public init(ruleSet: RuleSet, limits: DetectionLimits = DetectionLimits(), profile: WorkProfile? = nil) {
        detector = Detector(ruleSet, limits, profile)
        self.profile = profile
    }

    /// What happened since it was last reset.
    public var counters: DetectionCounters {
        get { detector.counters }
        set { detector.counters = newValue }
    }

    /// Room sessions held now.
    public var roomCount: Int { detector.roomCount }

    /// Judges one event. Alerts are handed to `publish` in order; it must not call the store.
    public func process(_ event: LiveEvent, origin: RecordOrigin, publish: (Alert) -> Void) {
        guard let profile else { return judge(event, origin, publish) }
        let before = detector.bytesSearched
        judge(event, origin, publish)
        profile.events += 1
        profile.add(detector.bytesSearched - before, to: .terms)
    }

    private func judge(_ event: LiveEvent, _ origin: RecordOrigin, _ publish: (Alert) -> Void) {
        switch event {
        case .transcript(let segment): detector.process(segment, origin, publish)
        case .listing(let listing): detector.process(listing, origin, publish)
        }
    }

    /// Rebuilds the carry-over from a record before the committed offset. Raises nothing, changes no key.
    public func replay(_ event: LiveEvent, origin: RecordOrigin) {
        if case .transcript(let segment) = event { detector.replay(segment, origin) }
    }

    /// Judges by other rules from the next event on. Windows stay: those of a rule that is no longer there rest until it
    /// comes back.
    public func use(_ ruleSet: RuleSet) {
        precondition(profile == nil, "a profile counts the work of one rule set")
        detector.use(ruleSet)
    }

    /// The smallest transcript offset that has to be read again to rebuild the carry-overs, or nil if none has.
    ///
    /// Call it before `flushChangelog`: carry-overs older than `oldestReplay` are spilled into the changelog instead, so
    /// a room that fell silent in mid-sentence does not make every restart read further back. Cost: none while the room whose
    /// carry-over begins first is silent, else a step per room.
    public func replayOffset(noEarlierThan oldestReplay: Int64) -> Int64? {
        detector.replayOffset(noEarlierThan: oldestReplay)
    }

    /// What has to be written to the changelog so that a restart decides alike. One entry per changed key.
    public func flushChangelog(_ write: (StateChange) -> Void) { detector.flushChangelog(write) }

    /// Takes one record of the changelog, in the order of the log; `value` nil deletes the key.
    ///
    /// It is decoded by `finishRestore`, if no later one has its key. Call it before any event.
    public func restore(key: UnsafeBufferPointer<UInt8>, value: UnsafeBufferPointer<UInt8>?) {
        detector.restore(key: key, value: value)
    }

    /// Decodes what `restore` took, and forgets the rooms beyond `maxRooms` that were used longest ago.
    ///
    /// A record that cannot be read is left out and named in the report; its key stays in the changelog. A window of a
    /// rule that is not in the rule set is kept.
    @discardableResult
    public func finishRestore() -> RestoreReport { detector.finishRestore() }
}
