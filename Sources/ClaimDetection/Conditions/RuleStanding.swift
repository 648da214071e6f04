import ClaimRules
import LiveEvents

/// Regions by their codes, or the beginnings of codes.
struct RegionScope {
    private let codes: [[UInt8]]

    init(_ codes: [String]) { self.codes = codes.map { Array($0.utf8) } }

    var isEverywhere: Bool { codes.isEmpty }

    /// A region that is not known counts as within.
    func contains(_ region: String?) -> Bool {
        guard !codes.isEmpty, let region, !region.isEmpty else { return true }
        return codes.contains { region.utf8.starts(with: $0) }
    }
}

/// What a rule counts for at a time and place: what its pack and the site's overlays say, and what campaigns add.
struct RuleStanding {
    private let status: Rule.Status
    private let phases: [Phase]

    private struct Phase {
        var campaign: String
        var days: DayRange
        var regions: RegionScope
        var status: Rule.Status?
        var raise: Int
        var bindings: [Int]?

        func concerns(_ binding: Int?) -> Bool {
            guard let bindings else { return true }
            return binding.map(bindings.contains) ?? false
        }
    }

    init(_ rule: Rule) {
        status = rule.status
        phases = rule.phases.map {
            Phase(
                campaign: $0.campaign, days: DayRange(from: $0.from, to: $0.to), regions: RegionScope($0.jurisdictions),
                status: $0.status, raise: $0.raise, bindings: $0.bindings)
        }
    }

    /// Whether no campaign means the rule.
    var isConstant: Bool { phases.isEmpty }
    var mayRaise: Bool { phases.contains { $0.raise > 0 } }

    private func phases(at timeMS: Int64, in region: String?) -> some Sequence<Phase> {
        let day = ChinaDay.of(timeMS)
        return phases.lazy.filter { $0.days.contains(day) && $0.regions.contains(region) }
    }

    /// The rule's own status, or what a campaign says if that is more.
    func status(at timeMS: Int64, in region: String?) -> Rule.Status {
        if phases.isEmpty { return status }
        return phases(at: timeMS, in: region).reduce(status) { known, phase in
            guard let own = phase.status, own.rank > known.rank else { return known }
            return own
        }
    }

    /// Steps by which a claim is graver, of the campaign that raises it most.
    func raise(at timeMS: Int64, in region: String?, binding: Int?) -> Int {
        if phases.isEmpty { return 0 }
        return phases(at: timeMS, in: region).reduce(0) { most, phase in
            guard phase.raise > most, phase.concerns(binding) else { return most }
            return phase.raise
        }
    }

    /// The campaigns in which a claim lies, in the order of their files.
    func campaigns(at timeMS: Int64, in region: String?, binding: Int?) -> [String] {
        if phases.isEmpty { return [] }
        return phases(at: timeMS, in: region).filter { $0.concerns(binding) }.map(\.campaign)
    }
}
