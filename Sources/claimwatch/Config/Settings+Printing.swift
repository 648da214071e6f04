import KafkaTransport

extension Settings {
    /// The effective configuration as a YAML file that would give it again, but for the secrets.
    var yaml: String {
        var lines = ["kafka:", "  bootstrap_servers: \(quoted(bootstrapServers))"]
        let written = kafkaProperties.filter { secretFiles[$0.key] == nil }
        if !written.isEmpty {
            lines.append("  properties:")
            for (name, value) in written.sorted(by: { $0.key < $1.key }) {
                let shown = KafkaProperties.isSecret(name) ? "\"***\"" : quoted(value)
                lines.append("    \(name): \(shown)")
            }
        }
        if !secretFiles.isEmpty {
            lines.append("  secret_files:")
            for (name, path) in secretFiles.sorted(by: { $0.key < $1.key }) {
                lines.append("    \(name): \(quoted(path))")
            }
        }
        var section = "kafka"
        for (name, value) in ConfigKeys.all.dropFirst() {
            guard let text = text(of: value) else { continue }
            let parts = name.split(separator: ".", maxSplits: 1).map(String.init)
            if parts.count == 1 {
                lines.append("\(name): \(text)")
                continue
            }
            if parts[0] != section {
                section = parts[0]
                lines.append("\(section):")
            }
            lines.append("  \(parts[1]): \(text)")
        }
        return lines.joined(separator: "\n")
    }

    private func text(of value: ConfigKeys.Value) -> String? {
        switch value {
        case .text(let path): quoted(self[keyPath: path])
        case .optionalText(let path): self[keyPath: path].map(quoted)
        case .number(let path, _): String(self[keyPath: path])
        case .start: start.rawValue
        }
    }

    private func quoted(_ text: String) -> String {
        let escaped = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
            .replacing("\n", with: "\\n").replacing("\t", with: "\\t")
        return "\"\(escaped)\""
    }
}
