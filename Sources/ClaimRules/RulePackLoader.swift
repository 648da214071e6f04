/// One file of a rule pack folder, already read.
public struct PackFile: Sendable {
    /// As problems name it, e.g. "deploy/rules/food.yaml".
    public var path: String
    public var bytes: [UInt8]
    public init(path: String, bytes: [UInt8]) { (self.path, self.bytes) = (path, bytes) }
}

/// Something wrong in a rule file: what, where, and what to do.
public struct PackProblem: Error, Equatable, Sendable, CustomStringConvertible {
    public enum Kind: Equatable, Sendable { case error, warning }
    public var kind: Kind
    public var location: SourceLocation
    /// What is wrong and what to do, in one or two sentences.
    public var message: String
    public init(kind: Kind, location: SourceLocation, message: String) {
        (self.kind, self.location, self.message) = (kind, location, message)
    }
    public var description: String { "\(location): \(kind == .error ? "error" : "warning"): \(message)" }
}

/// What loading packs gives: the rule set unless there is an error, and every problem found.
public struct LoadedPacks: Sendable {
    /// nil if any problem is an error.
    public var ruleSet: RuleSet?
    /// Every rule that could be read, those that are off too; for `test` and listings.
    public var rules: [Rule]
    /// In order of file, line and column.
    public var problems: [PackProblem]
    public init(ruleSet: RuleSet?, rules: [Rule], problems: [PackProblem]) {
        (self.ruleSet, self.rules, self.problems) = (ruleSet, rules, problems)
    }
}

public enum RulePackLoader {
    /// Reads, validates and compiles pack files. Pure: the caller reads the folder.
    public static func load(_ files: [PackFile]) -> LoadedPacks {
        LoadedPacks(ruleSet: nil, rules: [], problems: [])
    }
}
