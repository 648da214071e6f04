import Configuration
import Foundation
import Synchronization
import Yams

/// Flags over environment over file: the first that has a key decides.
struct ConfigLayers {
    /// In order: what is greater decides.
    enum Layer: Int, Comparable {
        case file, environment, flag
        static func < (left: Layer, right: Layer) -> Bool { left.rawValue < right.rawValue }
    }

    private let layers: [(layer: Layer, snapshot: any ConfigSnapshot)]
    /// Keys in the file, for those that are unknown.
    let fileKeys: Set<String>
    /// Keys given as flags.
    let flagKeys: Set<String>
    /// Names in the environment that start with `CLAIMWATCH_`.
    let environmentNames: Set<String>

    static let environmentPrefix = "CLAIMWATCH_"

    /// - Parameters:
    ///   - file: The path of the YAML file; nil goes by flags and environment alone.
    ///   - flags: Values by key.
    init(file: String?, flags: [String: String], environment: [String: String]) throws(ConfigProblems) {
        let own = environment.filter { $0.key.hasPrefix(Self.environmentPrefix) }
        environmentNames = Set(own.keys)
        flagKeys = Set(flags.keys)
        let stripped = own.map { (String($0.key.dropFirst(Self.environmentPrefix.count)), $0.value) }
        var layers: [(Layer, any ConfigSnapshot)] = [
            // A provider of values that are all text, like flags are.
            (.flag, Self.textSnapshot(flags.map { (Self.environmentName($0.key), $0.value) })),
            (.environment, Self.textSnapshot(stripped)),
        ]
        guard let file else {
            (self.layers, fileKeys) = (layers, [])
            return
        }
        let (snapshot, keys) = try Self.read(file)
        layers.append((.file, snapshot))
        (self.layers, fileKeys) = (layers, keys)
    }

    /// The value of a key as it was written, and where.
    /// - Throws: `ConfigProblems` if it is a list.
    func text(_ key: String) throws(ConfigProblems) -> (value: String, layer: Layer)? {
        for (layer, snapshot) in layers {
            do {
                let found = try snapshot.value(forKey: AbsoluteConfigKey(ConfigKey(key)), type: .string)
                if case .string(let text)? = found.value?.content { return (text, layer) }
            } catch {
                throw ConfigProblems(["\(key): expected one value, found a list"])
            }
        }
        return nil
    }

    /// The values of a key that may be a list, and where. In a file a text is one value; elsewhere commas separate them.
    /// - Throws: `ConfigProblems` if one of them is no text.
    func list(_ key: String) throws(ConfigProblems) -> (values: [String], layer: Layer)? {
        for (layer, snapshot) in layers {
            let name = AbsoluteConfigKey(ConfigKey(key))
            if case .stringArray(let values)? = try? snapshot.value(forKey: name, type: .stringArray).value?.content,
                layer == .file
            {
                return (values, layer)
            }
            guard case .string(let text)? = try? snapshot.value(forKey: name, type: .string).value?.content else {
                continue
            }
            if layer == .file { return ([text], layer) }
            return (
                text.split(separator: ",", omittingEmptySubsequences: false).map {
                    $0.trimmingCharacters(in: .whitespaces)
                }, layer
            )
        }
        return nil
    }

    /// The key as its reader wrote it: in the environment it has another name.
    static func place(_ key: String, in layer: Layer) -> String {
        switch layer {
        case .file: key
        case .flag: "\(key) (from a flag)"
        case .environment: "\(key) (from \(environmentPrefix)\(environmentName(key)))"
        }
    }

    static func environmentName(_ key: String) -> String {
        key.uppercased().replacing(".", with: "_").replacing("-", with: "_")
    }

    private static func textSnapshot(_ values: [(String, String)]) -> any ConfigSnapshot {
        EnvironmentVariablesProvider(
            environmentVariables: Dictionary(values, uniquingKeysWith: { _, last in last })
        ).snapshot()
    }

    private static func read(_ path: String) throws(ConfigProblems) -> (any ConfigSnapshot, Set<String>) {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw ConfigProblems(["the file \(path) cannot be read: give an existing configuration file with --config"])
        }
        let bytes = Array(data)
        // The parser asks for every key whether it is secret: the one place where it names them all.
        let collector = KeyCollector()
        do {
            let snapshot = try YAMLSnapshot(
                data: bytes.span.bytes, providerName: path,
                parsingOptions: .init(
                    secretsSpecifier: .dynamic { key, _ in
                        collector.keys.withLock { _ = $0.insert(key) }
                        return true
                    }))
            return (snapshot, collector.keys.withLock { $0 })
        } catch {
            throw ConfigProblems([fault(of: error, in: path)])
        }
    }

    /// What is wrong with the YAML, without the line it stands in: that may hold a password.
    private static func fault(of error: any Error, in path: String) -> String {
        switch error as? YamlError {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            return """
                \(path):\(mark.line):\(mark.column): not valid YAML: \(problem). Look for a missing quote, bracket or colon \
                here or in the line before; indent with spaces.
                """
        case .duplicatedKeysInMapping(let keys, _):
            return "\(path): the key \(keys.first ?? "") stands in it twice; delete one of them"
        case .reader, .dataCouldNotBeDecoded:
            return "\(path): not UTF-8 text; save it as UTF-8"
        default:
            return
                "\(path): not a mapping of keys; begin it with kafka: and, indented below, bootstrap_servers: host:port"
        }
    }

    private final class KeyCollector: Sendable {
        let keys = Mutex<Set<String>>([])
    }
}

/// Everything that is wrong with a configuration, each with what to do.
struct ConfigProblems: Error, Equatable {
    var problems: [String]
    init(_ problems: [String]) { self.problems = problems }
}
