public import ArgumentParser
public import ClaimRules
public import LiveEvents

// Words of the domain that options take as packs and records write them.
extension Language: ExpressibleByArgument {}
extension Severity: ExpressibleByArgument {}
extension Rule.Target: ExpressibleByArgument {}
extension SpeakerRole: ExpressibleByArgument {}
