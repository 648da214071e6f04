import StreamEngine

/// One key of the configuration: its name, what it may hold, why one would set it, and where its value goes.
///
/// The default is the value in the struct that the key sets, and stands nowhere else. Reading, `--print-config`, the help
/// of `run` and `deploy/claimwatch.yaml` all come from here.
struct SettingKey: Sendable {
    enum Value: Sendable {
        case text(any WritableKeyPath<Settings, String> & Sendable)
        /// Left out unless it is set; `example` stands in the commented file.
        case optionalText(any WritableKeyPath<Settings, String?> & Sendable, example: String)
        /// One folder, or a list of them; in the environment and in flags separated by commas.
        case folders(any WritableKeyPath<Settings, [String]> & Sendable)
        /// Folders likewise, none unless they are set; `example` stands in the commented file.
        case optionalFolders(any WritableKeyPath<Settings, [String]> & Sendable, example: String)
        case number(any WritableKeyPath<Settings, Int> & Sendable, ClosedRange<Int>)
        case milliseconds(any WritableKeyPath<Settings, Int64> & Sendable, ClosedRange<Int>)
        case start(any WritableKeyPath<Settings, Settings.Start> & Sendable)
    }

    /// As in the YAML file, levels joined by dots. In the environment `a.b_c` is `CLAIMWATCH_A_B_C`.
    let name: String
    let value: Value
    /// For the operator who sets it, in one or two sentences. Empty where the key before it says enough.
    let reason: String
    /// A name it had before, which is still read, with a warning.
    let formerName: String?

    init(_ name: String, _ value: Value, _ reason: String = "", formerName: String? = nil) {
        (self.name, self.value, self.reason, self.formerName) = (name, value, reason, formerName)
    }

    /// The mapping that holds the key, or nil at the top level.
    var section: Substring? { name.firstIndex(of: ".").map { name[..<$0] } }
    /// Its name in that mapping.
    var ownName: Substring { name.firstIndex(of: ".").map { name[name.index(after: $0)...] } ?? name[...] }

    /// Sets the value as it was written.
    /// - Returns: What was expected instead, or nil.
    func set(_ text: String, in settings: inout Settings) -> String? {
        switch value {
        case .text(let path): settings[keyPath: path] = text
        case .optionalText(let path, _): settings[keyPath: path] = text
        case .folders, .optionalFolders: preconditionFailure("\(name) is read as a list")
        case .number(let path, let range):
            guard let number = Int(text), range.contains(number) else { return Self.expectation(range) }
            settings[keyPath: path] = number
        case .milliseconds(let path, let range):
            guard let number = Int(text), range.contains(number) else { return Self.expectation(range) }
            settings[keyPath: path] = Int64(number)
        case .start(let path):
            guard let start = Settings.Start(rawValue: text) else { return "earliest or latest" }
            settings[keyPath: path] = start
        }
        return nil
    }

    /// Where the folders go, if it names folders.
    var folders: (any WritableKeyPath<Settings, [String]> & Sendable)? {
        switch value {
        case .folders(let path), .optionalFolders(let path, _): path
        default: nil
        }
    }

    /// The value as it stands in a file; nil if there is none.
    func text(in settings: Settings) -> String? {
        switch value {
        case .text(let path): Self.quoted(settings[keyPath: path])
        case .optionalText(let path, _): settings[keyPath: path].map(Self.quoted)
        case .optionalFolders(let path, _) where settings[keyPath: path].isEmpty: nil
        case .folders(let path), .optionalFolders(let path, _):
            settings[keyPath: path].count == 1
                ? Self.quoted(settings[keyPath: path][0])
                : "[\(settings[keyPath: path].map(Self.quoted).joined(separator: ", "))]"
        case .number(let path, _): String(settings[keyPath: path])
        case .milliseconds(let path, _): String(settings[keyPath: path])
        case .start(let path): settings[keyPath: path].rawValue
        }
    }

    /// What it may hold, in a few words.
    var kind: String {
        switch value {
        case .text, .optionalText: "text"
        case .folders, .optionalFolders: "a folder or a list of folders"
        case .number(_, let range), .milliseconds(_, let range): "\(range.lowerBound) to \(range.upperBound)"
        case .start: "earliest or latest"
        }
    }

    static func quoted(_ text: String) -> String {
        let escaped = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
            .replacing("\n", with: "\\n").replacing("\t", with: "\\t")
        return "\"\(escaped)\""
    }

    private static func expectation(_ range: ClosedRange<Int>) -> String {
        "a whole number from \(range.lowerBound) to \(range.upperBound)"
    }
}
