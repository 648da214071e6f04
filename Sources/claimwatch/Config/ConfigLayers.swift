import Configuration
import Foundation
import Synchronization

/// Flags over environment over file: the first that has a key decides.
struct ConfigLayers {
    enum Layer: String { case flag, environment, file }

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
            throw ConfigProblems(["cannot read \(path): give an existing configuration file with --config"])
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
            throw ConfigProblems(["\(path): not usable YAML: \(error)"])
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
