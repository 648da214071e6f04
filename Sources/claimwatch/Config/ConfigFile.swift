/// The commented file with every key and its default, which ships as `deploy/claimwatch.yaml`.
enum ConfigFile {
    private static let width = 120

    /// What stands in the file instead of the default: it is made for a first start in the project's folder.
    private static let samples = [ConfigKeys.bootstrapServers: "localhost:9092", "rules": "deploy/rules"]

    static var text: String {
        let defaults = Settings()
        var lines = comment(
            """
            The configuration of `claimwatch run` and `claimwatch topics`; `claimwatch scan` takes rules and limits from \
            it. Every key but kafka.bootstrap_servers has a default, which is the value shown (of rules: \
            "\(defaults.rules[0])"). Environment variables override it (CLAIMWATCH_ and the key in capitals, "." as "_": \
            CLAIMWATCH_KAFKA_BOOTSTRAP_SERVERS), flags override both. Unknown keys are errors.
            """, indent: "")
        lines += comment(
            "`claimwatch run --config FILE --print-config` shows what is in effect, with secrets hidden.", indent: "")
        var section: Substring?
        for key in ConfigKeys.all {
            let isNew = key.section != section
            section = key.section
            if section == nil || isNew { lines.append("") }
            if isNew, let section {
                lines += comment(ConfigKeys.sectionReasons[section] ?? "", indent: "")
                lines.append("\(section):")
            }
            let indent = section == nil ? "" : "  "
            lines += comment(key.reason, indent: indent)
            lines.append(indent + line(key, defaults))
            if key.name == ConfigKeys.bootstrapServers { lines += openSections }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func line(_ key: SettingKey, _ defaults: Settings) -> String {
        switch key.value {
        case .optionalText(_, let example), .optionalFolders(_, let example): return "# \(key.ownName): \(example)"
        default: break
        }
        // No default needs its quotes.
        let value = samples[key.name] ?? (key.text(in: defaults) ?? "").replacing("\"", with: "")
        return "\(key.ownName): \(value)"
    }

    private static let openSections = """
          # Any librdkafka property (TLS, SASL, OAuth, buffers), under its own name.
          # properties:
          #   security.protocol: sasl_ssl
          #   sasl.mechanism: SCRAM-SHA-512
          #   sasl.username: claimwatch
          # Properties read from a file, such as a mounted secret. They are never printed.
          # secret_files:
          #   sasl.password: /run/secrets/kafka-password
        """.split(separator: "\n").map(String.init)

    /// Words in lines of `width` columns behind `# `.
    private static func comment(_ words: String, indent: String) -> [String] {
        var lines: [String] = []
        for word in words.split(separator: " ") {
            if let last = lines.last, last.count + 1 + word.count <= width {
                lines[lines.count - 1] += " " + word
            } else {
                lines.append("\(indent)# \(word)")
            }
        }
        return lines
    }
}
