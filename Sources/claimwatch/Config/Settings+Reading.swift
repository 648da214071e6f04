import Foundation
import LiveEvents
import StreamEngine
import StreamShell

extension Settings {
    /// Settings and what to tell the operator about them.
    struct Reading {
        var settings = Settings()
        /// Not fatal: environment names that mean nothing, and names that keys had before.
        var warnings: [String] = []
    }

    /// What the settings are for.
    enum Use {
        /// All of them count.
        case cluster
        /// Rules, screens and limits count. The rest must be keys that exist and may say what it likes, so that the file of a
        /// cluster does where there is none.
        case files

        func reads(_ key: String) -> Bool {
            self == .cluster || ["rules", "screens"].contains(key) || key.hasPrefix("limits.")
        }
    }

    /// Reads every key, collecting all problems before it gives up.
    static func read(
        file: String?, flags: [String: String], environment: [String: String], for use: Use = .cluster,
        secretFile: (String) -> String? = readSecretFile
    ) throws(ConfigProblems) -> Reading {
        let layers = try ConfigLayers(file: file, flags: flags, environment: environment)
        var reading = Reading()
        var problems = unknownKeys(layers)
        for key in ConfigKeys.all where use.reads(key.name) {
            do throws(ConfigProblems) {
                if let warning = try reading.settings.set(key, from: layers) { reading.warnings.append(warning) }
            } catch {
                problems += error.problems
            }
        }
        if use == .cluster {
            problems += reading.settings.readProperties(layers, secretFile: secretFile)
            problems += reading.settings.namingProblems
        }
        problems += reading.settings.contradictions
        reading.warnings += unknownEnvironment(layers)
        guard problems.isEmpty else { throw ConfigProblems(problems) }
        return reading
    }

    static func readSecretFile(_ path: String) -> String? {
        guard let data = FileManager.default.contents(atPath: path) else { return nil }
        guard var text = String(validating: data, as: UTF8.self) else { return nil }
        while text.hasSuffix("\n") || text.hasSuffix("\r\n") { text.removeLast() }
        return text.isEmpty ? nil : text
    }

    /// - Returns: What to warn the operator of.
    private mutating func set(_ key: SettingKey, from layers: ConfigLayers) throws(ConfigProblems) -> String? {
        if let path = key.folders {
            guard let (folders, layer) = try layers.list(key.name) else { return nil }
            guard !folders.isEmpty, !folders.contains("") else {
                let place = ConfigLayers.place(key.name, in: layer)
                throw ConfigProblems(["\(place): is empty: give a value or leave it out"])
            }
            self[keyPath: path] = folders
            return nil
        }
        guard let (name, text, layer) = try Self.written(key, in: layers) else { return nil }
        let place = ConfigLayers.place(name, in: layer)
        guard !text.isEmpty else { throw ConfigProblems(["\(place): is empty: give a value or leave it out"]) }
        if let expected = key.set(text, in: &self) {
            throw ConfigProblems(["\(place): expected \(expected), found \"\(text)\""])
        }
        if name == key.name { return nil }
        return "\(place): is now called \(key.name). The old name is still read; write the new one"
    }

    /// The value of a key in the first layer that has it, by its name or the one it had before.
    private static func written(
        _ key: SettingKey, in layers: ConfigLayers
    ) throws(ConfigProblems) -> (name: String, text: String, layer: ConfigLayers.Layer)? {
        let current = try layers.text(key.name).map { (key.name, $0.value, $0.layer) }
        guard let formerName = key.formerName, let former = try layers.text(formerName) else { return current }
        guard let current, current.2 >= former.layer else { return (formerName, former.value, former.layer) }
        if current.2 == former.layer {
            throw ConfigProblems(["\(formerName): is now called \(key.name), which is given too; delete the old one"])
        }
        return current
    }

    private mutating func readProperties(_ layers: ConfigLayers, secretFile: (String) -> String?) -> [String] {
        var problems: [String] = []
        let properties = layers.names(under: ConfigKeys.propertyPrefix)
        let fromFiles = layers.names(under: ConfigKeys.secretFilePrefix)
        for name in properties.union(fromFiles).sorted() {
            if let advice = ConfigKeys.reservedProperties[name] {
                problems.append("\(ConfigKeys.propertyPrefix)\(name): ClaimWatch sets this itself; \(advice)")
                continue
            }
            do throws(ConfigProblems) {
                if let property = try layers.text(ConfigKeys.propertyPrefix + name) {
                    if fromFiles.contains(name) {
                        problems.append("\(name): given both as a property and as a secret file; keep one")
                    }
                    kafkaProperties[name] = property.value
                } else if let path = try layers.text(ConfigKeys.secretFilePrefix + name)?.value {
                    if let secret = secretFile(path) {
                        kafkaProperties[name] = secret
                        secretFiles[name] = path
                    } else {
                        problems.append(
                            "\(ConfigKeys.secretFilePrefix)\(name): \(path) cannot be read, is empty or is not UTF-8 text"
                        )
                    }
                }
            } catch {
                problems += error.problems
            }
        }
        return problems
    }

    /// Brokers and topics: what is missing, no name, or the same twice.
    private var namingProblems: [String] {
        var problems: [String] = []
        if bootstrapServers.isEmpty {
            problems.append("kafka.bootstrap_servers: is missing: give the brokers as host:port, separated by commas")
        }
        let named = [
            ("topics.transcripts", stream.worker.transcriptsTopic),
            ("topics.listings", stream.worker.listingsTopic),
            ("topics.alerts", stream.alertsTopic), ("topics.shadow", stream.shadowTopic),
            ("topics.deadletters", stream.deadLettersTopic),
            ("the state topic, which follows from group", stream.stateTopic),
        ]
        for (index, (key, topic)) in named.enumerated() {
            if let (other, _) = named[..<index].first(where: { $0.1 == topic }) {
                problems.append("\(key): \(topic) is already \(other); every topic needs a name of its own")
            }
            let isLegal = topic.utf8.allSatisfy {
                switch $0 {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"):
                    true
                default: false
                }
            }
            if !isLegal || topic.utf8.count > 249 || topic == "." || topic == ".." {
                problems.append(
                    "\(key): \"\(topic)\" is no topic name: use up to 249 of a-z, A-Z, 0-9, '.', '_' and '-'")
            }
        }
        return problems
    }

    /// Numbers that cannot be true at once.
    private var contradictions: [String] {
        var problems: [String] = []
        if stream.worker.decoding.maxTextBytes > stream.worker.decoding.maxRecordBytes {
            problems.append("limits.max_text_bytes: a text cannot be larger than its record (limits.max_record_bytes)")
        }
        if stream.worker.commit.floorMS > stream.worker.commit.intervalMS {
            problems.append(
                "commit.floor_ms: must not be above commit.interval_ms (\(stream.worker.commit.intervalMS))")
        }
        return problems
    }

    private static func unknownKeys(_ layers: ConfigLayers) -> [String] {
        let known = Set(ConfigKeys.all.map(\.name))
        let formerNames = Set(ConfigKeys.all.compactMap(\.formerName))
        return layers.fileKeys.union(layers.flagKeys).sorted().compactMap { key in
            if known.contains(key) || formerNames.contains(key) { return nil }
            for prefix in [ConfigKeys.propertyPrefix, ConfigKeys.secretFilePrefix]
            where key.hasPrefix(prefix) && key.count > prefix.count {
                return nil
            }
            if let below = ConfigKeys.all.first(where: { $0.name.hasPrefix(key + ".") })?.name {
                return "\(key): has keys of its own, such as \(below); write them below it"
            }
            let candidates = known.union([ConfigKeys.propertyPrefix + "…", ConfigKeys.secretFilePrefix + "…"])
            let hint =
                Suggestion.closest(to: key, in: candidates).map { "; did you mean \($0)?" }
                ?? "; `claimwatch run --print-config` shows all there are"
            return "\(key): there is no such key\(hint)"
        }
    }

    /// Unknown names in the environment are no error: Kubernetes puts CLAIMWATCH_SERVICE_HOST and the like there by
    /// itself when a service is called claimwatch.
    private static func unknownEnvironment(_ layers: ConfigLayers) -> [String] {
        func inEnvironment(_ key: String) -> String {
            ConfigLayers.environmentPrefix + ConfigLayers.environmentName(key)
        }
        let known = Set(ConfigKeys.all.map { inEnvironment($0.name) })
        let formerNames = Set(ConfigKeys.all.compactMap { $0.formerName.map(inEnvironment) })
        let prefixes = [ConfigKeys.propertyPrefix, ConfigKeys.secretFilePrefix]
            .map(inEnvironment)
        return layers.environmentNames.sorted().compactMap { name in
            if known.contains(name) || formerNames.contains(name) || prefixes.contains(where: name.hasPrefix) {
                return nil
            }
            guard let close = Suggestion.closest(to: name, in: known) else { return nil }
            return "environment \(name) is not used; did you mean \(close)?"
        }
    }
}

extension ConfigLayers {
    /// What follows the prefix in any layer's keys. librdkafka's names have dots where the environment has "_".
    func names(under prefix: String) -> Set<String> {
        let written = fileKeys.union(flagKeys).filter { $0.hasPrefix(prefix) }.map {
            String($0.dropFirst(prefix.count))
        }
        let environmentPrefix = Self.environmentPrefix + Self.environmentName(prefix)
        let fromEnvironment = environmentNames.filter { $0.hasPrefix(environmentPrefix) }.map {
            $0.dropFirst(environmentPrefix.count).lowercased().replacing("_", with: ".")
        }
        // A property written in the file keeps its own spelling ("ssl_key") when the environment overrides it.
        let spelled = Set(written.map { Self.environmentName($0) })
        return Set(written).union(fromEnvironment.filter { !spelled.contains(Self.environmentName($0)) })
    }
}
