/// librdkafka configuration properties by name, in the order given. A later value replaces an earlier one.
///
/// Any property of librdkafka may stand here, TLS and SASL included. Secrets are hidden in `redacted` and
/// `description`; nothing in this module logs a value.
public struct KafkaProperties: Sendable {
    private(set) var pairs: [(name: String, value: String)] = []

    public init(_ pairs: [(String, String)] = []) {
        for (name, value) in pairs { self[name] = value }
    }

    /// Setting `nil` removes the property.
    public subscript(name: String) -> String? {
        get { pairs.last { $0.name == name }?.value }
        set {
            pairs.removeAll { $0.name == name }
            if let newValue { pairs.append((name, newValue)) }
        }
    }

    /// These properties, with those of `other` added and winning.
    public func merging(_ other: KafkaProperties) -> KafkaProperties {
        var merged = self
        for (name, value) in other.pairs { merged[name] = value }
        return merged
    }

    /// The properties as they may be shown, each secret as `********`.
    public var redacted: [(String, String)] {
        pairs.map { ($0.name, Self.isSecret($0.name) ? "********" : $0.value) }
    }

    /// Whether a property of this name can hold a password, a key or a token: its value is never shown.
    public static func isSecret(_ name: String) -> Bool {
        let name = name.lowercased()
        return [
            "password", "secret", "key.pem", "ssl_key", "token", "oauthbearer.config", "assertion.private.key", "jaas",
            "username",
        ].contains { name.contains($0) }
    }

    /// These properties where `other` says nothing.
    func withDefaults(_ defaults: [(String, String)]) -> KafkaProperties {
        KafkaProperties(defaults).merging(self)
    }

    func removing(_ names: [String]) -> KafkaProperties {
        var rest = self
        for name in names { rest[name] = nil }
        return rest
    }
}

extension KafkaProperties: CustomStringConvertible {
    public var description: String { redacted.map { "\($0.0)=\($0.1)" }.joined(separator: " ") }
}
