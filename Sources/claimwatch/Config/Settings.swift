import StreamEngine
import StreamShell

/// What `run`, `topics` and `scan` work by: the stream's own configuration, and what only the program needs.
///
/// Each default stands in the struct that holds the value. `ConfigKeys` names the keys, `Settings+Reading` fills this in
/// from flags, environment and file.
struct Settings: Sendable {
    typealias Start = WorkerSettings.Start

    var bootstrapServers = ""
    /// Handed to librdkafka as they are. Secrets read from files are in here too.
    var kafkaProperties: [String: String] = [:]
    /// The path of the file that each of those came from which did, by property. Their values are never shown.
    var secretFiles: [String: String] = [:]
    /// The folders with the rule packs: one rule set.
    var rules = ["rules"]
    /// The folders with the models that rules ask with `screen:`.
    var screens: [String] = []
    /// Everything else. Its `properties` are filled in by `streamConfiguration`.
    var stream = StreamConfiguration()
}
