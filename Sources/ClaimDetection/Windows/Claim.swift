import ClaimRules
import LiveEvents

/// Something said or written that met a rule, with all that decides what it means under that rule: so it can be decided
/// again when the listing that it is about turns up.
///
/// Only rules whose hits can mean different things make claims; of the others every hit means what the rule says.
struct Claim: Equatable {
    /// Event time, epoch milliseconds.
    var timeMS: Int64
    var channel: Rule.Target
    var speaker: Speaker?
    /// The listing that the segment names, or that was being explained; nil if neither.
    var listingID: [UInt8]?
    /// Of the segment.
    var region: String?
    /// What was said under the names that the rule's facts compare.
    var said: [Said] = []
    /// What around the words lowers or marks the claim.
    var guards: [Alert.Guard] = []
    /// Whether one of the guards lowers it.
    var isLowered = false
    var exemptions: [Exemption] = []
    var reading = ClaimReading()

    /// A part of a hit that its rule remembers.
    struct Said: Equatable {
        var name: String
        /// The rule's term, or nothing if it is a number.
        var term: String
        /// As it was said, at most `maxBytes`.
        var text: String

        static let maxBytes = 256
    }

    /// Parts that a rule may remember.
    static let maxSaid = 4
    /// Guards that an alert names.
    static let maxGuards = 8

    var track: LegalTrack { LegalTrack(channel: channel, speaker: speaker) }
}

/// What a claim means, as far as the listings tell.
struct ClaimReading: Equatable {
    /// `ClaimResolver.meaning(ofRule:)` of the rule that it was read under: what follows are numbers into that rule.
    var meaning: UInt64 = 0
    /// Index into the rule's bindings; nil: what the rule itself says.
    var binding: Int?
    /// A bit for each binding that may be meant, if it cannot be told which.
    var possible: UInt64 = 0
    /// A bit for each of the rule's `facts` that the listing does not tell.
    var unknownFacts: UInt64 = 0
    /// Whether the category of the goods, or what it depends on, is not known.
    var isUnresolved = false
    /// The listing turned out to be one that the rule does not speak of.
    var isWithdrawn = false
    /// Of the binding, less what lowers it.
    var severity = Severity.info
    /// The listing it is about, if that can be told.
    var about: [UInt8]?

    /// Whether another listing event may change it.
    var isOpen: Bool { !isWithdrawn && (isUnresolved || unknownFacts != 0) }

    /// What a window weighs it by; nil if it is withdrawn.
    var weight: Severity? { isWithdrawn ? nil : severity }
}

/// A hit that its window keeps, to be shown.
struct KeptHit: Equatable {
    var evidence: [Alert.Evidence] = []
    /// Nil of a rule whose hits all mean the same.
    var claim: Claim?
}

extension LegalTrack {
    /// The track that follows from where and by whom a claim is made: a listing; the seller, or its clerk; a host who
    /// sells for others.
    init(channel: Rule.Target, speaker: Speaker?) {
        switch channel {
        case .listing: self = .label
        case .speech:
            self = speaker?.isSeller == true || speaker?.role?.word == .assistant ? .aucl : .adLaw
        }
    }
}

extension Severity {
    /// So many steps less, down to info.
    func lowered(by steps: Int) -> Severity {
        let all = Severity.allCases
        return all[max(0, (all.firstIndex(of: self) ?? 0) - steps)]
    }
}
