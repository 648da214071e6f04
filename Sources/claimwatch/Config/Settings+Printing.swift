import KafkaTransport

extension Settings {
    /// The effective configuration as a YAML file that would give it again, but for the secrets.
    var yaml: String {
        var lines: [String] = []
        var section: Substring?
        for key in ConfigKeys.all {
            if key.section != section, let opened = key.section { lines.append("\(opened):") }
            section = key.section
            if let text = key.text(in: self) {
                lines.append((section == nil ? "" : "  ") + "\(key.ownName): \(text)")
            }
            if key.name == ConfigKeys.bootstrapServers { lines += propertyLines }
        }
        return lines.joined(separator: "\n")
    }

    private var propertyLines: [String] {
        var lines: [String] = []
        let written = kafkaProperties.filter { secretFiles[$0.key] == nil }
        if !written.isEmpty {
            lines.append("  properties:")
            for (name, value) in written.sorted(by: { $0.key < $1.key }) {
                let shown = KafkaProperties.isSecret(name) ? "\"***\"" : SettingKey.quoted(value)
                lines.append("    \(name): \(shown)")
            }
        }
        if !secretFiles.isEmpty {
            lines.append("  secret_files:")
            for (name, path) in secretFiles.sorted(by: { $0.key < $1.key }) {
                lines.append("    \(name): \(SettingKey.quoted(path))")
            }
        }
        return lines
    }
}
