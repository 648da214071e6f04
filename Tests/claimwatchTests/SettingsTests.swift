import ClaimDetection
import Foundation
import StreamEngine
import StreamShell
import Testing

@testable import claimwatch

@Suite struct `Configuration` {
    @Test func `flags override the environment, which overrides the file`() throws {
        let file = try TemporaryFile("kafka: {bootstrap_servers: 'file:1'}\nworkers: 2\ngroup: a\n")
        let reading = try Settings.read(
            file: file.path, flags: ["workers": "4"],
            environment: ["CLAIMWATCH_WORKERS": "3", "CLAIMWATCH_GROUP": "b", "PATH": "/bin"])
        #expect(reading.settings.stream.workers == 4)
        #expect(reading.settings.stream.group == "b")
        #expect(reading.settings.bootstrapServers == "file:1")
        #expect(reading.warnings.isEmpty)
    }

    @Test(arguments: ConfigKeys.all.indices)
    func `each key is read from the file, the environment and flags, the later winning`(index: Int) throws {
        let (key, value) = (ConfigKeys.all[index].name, ConfigKeys.all[index].value)
        let values: [String] =
            switch value {
            case .text, .optionalText, .folders, .optionalFolders: ["a", "b", "c"]
            case .number(_, let range), .milliseconds(_, let range): (0..<3).map { String(range.lowerBound + $0) }
            case .start: ["latest", "earliest", "latest"]
            }
        // What these keys may not contradict.
        var flags = ["commit.floor_ms": "0", "limits.max_text_bytes": "256", "kafka.bootstrap_servers": "x:1"]
        flags[key] = nil
        let parts = key.split(separator: ".")
        let file = try TemporaryFile(
            parts.count == 1 ? "\(key): \(values[0])\n" : "\(parts[0]): {\(parts[1]): \(values[0])}\n")
        let variable = "CLAIMWATCH_" + key.uppercased().replacing(".", with: "_")

        for layers in 1...3 {
            if layers == 3 { flags[key] = values[2] }
            let settings = try Settings.read(
                file: file.path, flags: flags, environment: layers >= 2 ? [variable: values[1]] : [:]
            ).settings
            let isText =
                switch value {
                case .text, .optionalText, .folders, .optionalFolders: true
                case .number, .milliseconds, .start: false
                }
            let shown = isText ? "\"\(values[layers - 1])\"" : values[layers - 1]
            #expect(
                settings.yaml.split(separator: "\n").contains { $0.hasSuffix("\(parts.last!): \(shown)") },
                "\(key) with \(layers) layers")
        }
    }

    @Test func `rules are one folder or several`() throws {
        func rules(_ text: String, environment: [String: String] = [:], flags: [String: String] = [:]) throws
            -> [String]
        {
            let file = try TemporaryFile("kafka: {bootstrap_servers: x:1}\n" + text)
            let settings = try Settings.read(file: file.path, flags: flags, environment: environment).settings
            // What is printed gives the same again.
            let again = try TemporaryFile(settings.yaml + "\n")
            #expect(try Settings.read(file: again.path, flags: [:], environment: [:]).settings.rules == settings.rules)
            return settings.rules
        }
        #expect(try rules("rules: [a/b, /etc/c]\n") == ["a/b", "/etc/c"])
        #expect(try rules("rules:\n  - a\n") == ["a"])
        #expect(try rules("rules: a,b\n") == ["a,b"])
        #expect(try rules("rules: [a]\n", environment: ["CLAIMWATCH_RULES": "b, c"]) == ["b", "c"])
        #expect(
            try rules("rules: [a]\n", environment: ["CLAIMWATCH_RULES": "b"], flags: ["rules": "d,e"]) == ["d", "e"])
        for text in ["rules: []\n", "rules: [a, '']\n", "rules: ''\n"] {
            let file = try TemporaryFile("kafka: {bootstrap_servers: x:1}\n" + text)
            #expect(problems(file: file.path) == ["rules: is empty: give a value or leave it out"])
        }
    }

    @Test func `a name that a key had before is read with a warning, the higher layer winning`() throws {
        let file = try TemporaryFile(
            "kafka: {bootstrap_servers: x:1}\nlimits: {max_tail_bytes: 60, max_tail_pause_ms: 5}\n")
        let reading = try Settings.read(
            file: file.path, flags: [:], environment: ["CLAIMWATCH_LIMITS_MAX_CARRY_OVER_PAUSE_MS": "7"])
        #expect(reading.settings.stream.detection.maxCarryOverBytes == 60)
        #expect(reading.settings.stream.detection.maxCarryOverPauseMS == 7)
        #expect(
            reading.warnings == [
                """
                limits.max_tail_bytes: is now called limits.max_carry_over_bytes. The old name is still read; write the new \
                one
                """
            ])
        let environment = ["CLAIMWATCH_LIMITS_MAX_TAIL_BYTES": "8", "CLAIMWATCH_LIMITS_MAX_CARRY_OVER_BYTES": "9"]
        #expect(
            problems(file: file.path, environment: environment) == [
                """
                limits.max_tail_bytes: is now called limits.max_carry_over_bytes, which is given too; delete the old one
                """
            ])
        let overridden = try Settings.read(
            file: file.path, flags: [:], environment: ["CLAIMWATCH_LIMITS_MAX_TAIL_BYTES": "8"])
        #expect(overridden.settings.stream.detection.maxCarryOverBytes == 8)
        #expect(overridden.warnings.first?.contains("CLAIMWATCH_LIMITS_MAX_TAIL_BYTES") == true)
    }

    @Test func `every problem is told at once, with a suggestion for unknown keys`() throws {
        let file = try TemporaryFile(
            "kafka: {bootstrap_server: 'a:1', properties: {group.id: x}}\nworker: 2\nlimits: {max_depth: 900}\nstart: now\n"
        )
        let problems = problems(file: file.path)
        #expect(
            problems == [
                "kafka.bootstrap_server: there is no such key; did you mean kafka.bootstrap_servers?",
                "worker: there is no such key; did you mean workers?",
                "start: expected earliest or latest, found \"now\"",
                "limits.max_depth: expected a whole number from 4 to 64, found \"900\"",
                "kafka.properties.group.id: ClaimWatch sets this itself; set group",
                "kafka.bootstrap_servers: is missing: give the brokers as host:port, separated by commas",
            ])
    }

    @Test(arguments: [
        ("no YAML", "{"), ("a list at the top", "- a\n"), ("a list for a value", "group: [a, b]\n"), ("empty", ""),
        ("an empty value", "group:\n"), ("the same topic twice", "topics: {alerts: x, shadow: x}\n"),
        ("an illegal topic name", "topics: {alerts: 'a b'}\n"),
        ("the floor above the interval", "commit: {floor_ms: 2000}\n"),
        ("a text above its record", "limits: {max_text_bytes: 16777216}\n"),
    ])
    func `a value that is missing, or contradicts another, is refused`(what: String, yaml: String) throws {
        let file = try TemporaryFile(yaml)
        #expect(!problems(file: file.path, flags: ["kafka.bootstrap_servers": "a:1"]).isEmpty, "\(what)")
    }

    @Test func `for files only rules, screens and limits count, whatever a cluster needs`() throws {
        let file = try TemporaryFile(
            "kafka: {secret_files: {sasl.password: /nowhere}}\nrules: r\nscreens: [s, t]\nlimits: {max_rooms: 7}\nstart: now\n"
        )
        let settings = try Settings.read(file: file.path, flags: [:], environment: [:], for: .files).settings
        #expect(settings.rules == ["r"])
        #expect(settings.screens == ["s", "t"])
        #expect(settings.stream.detection.maxRooms == 7)
        let misspelt = try TemporaryFile("limit: {max_rooms: 7}\n")
        #expect(throws: ConfigProblems.self) {
            try Settings.read(file: misspelt.path, flags: [:], environment: [:], for: .files)
        }
    }

    @Test func `a file that is not there is one clear problem`() {
        #expect(problems(file: "/nowhere.yaml").map { $0.contains("/nowhere.yaml") } == [true])
    }

    /// A broken line may hold a password, and messages end in logs.
    @Test(arguments: [
        ("kafka: {properties: {sasl.password: hunter2\n", ":2:1: not valid YAML"),
        ("kafka:\n\tsasl.password: hunter2\n", ":2:1: not valid YAML"), ("workers: 1\nworkers: hunter2\n", "twice"),
        ("- hunter2\n", "not a mapping"), ("limits: hunter2\n", "has keys of its own"),
    ])
    func `faults in the YAML are told with their place and without their text`(yaml: String, words: String) throws {
        let file = try TemporaryFile(yaml)
        let found = problems(file: file.path).joined(separator: "\n")
        #expect(found.contains(words), "\(found)")
        #expect(!found.contains("hunter2"))
    }

    @Test func `a value from the environment is named as it was written there`() {
        let error = #expect(throws: ConfigProblems.self) {
            try Settings.read(
                file: nil, flags: ["kafka.bootstrap_servers": "a:1"], environment: ["CLAIMWATCH_WORKERS": "no"])
        }
        #expect(
            error?.problems == [
                "workers (from CLAIMWATCH_WORKERS): expected a whole number from 1 to 256, found \"no\""
            ])
    }

    @Test(arguments: [[], [0x0A], [0xFF, 0x0A]] as [[UInt8]])
    func `a secret file that holds no text is refused`(bytes: [UInt8]) throws {
        let file = try TemporaryFile("")
        try Data(bytes).write(to: URL(fileURLWithPath: file.path))
        #expect(Settings.readSecretFile(file.path) == nil)
    }

    @Test func `properties pass through from file and environment, secrets come from files and are not printed`() throws
    {
        let secret = try TemporaryFile("hunter2\n")
        let file = try TemporaryFile(
            "kafka:\n  bootstrap_servers: a:1\n  properties: {linger.ms: 5, ssl_key: abc}\n"
                + "  secret_files: {sasl.password: \(secret.path)}\n")
        let settings = try Settings.read(
            file: file.path, flags: [:],
            environment: [
                "CLAIMWATCH_KAFKA_PROPERTIES_SECURITY_PROTOCOL": "sasl_ssl",
                "CLAIMWATCH_KAFKA_PROPERTIES_SSL_KEY": "def",
            ]
        ).settings
        #expect(
            settings.kafkaProperties == [
                "linger.ms": "5", "security.protocol": "sasl_ssl", "sasl.password": "hunter2", "ssl_key": "def",
            ])
        #expect(!settings.yaml.contains("hunter2"))
        #expect(settings.yaml.contains("    sasl.password: \"\(secret.path)\""))
        #expect(!settings.yaml.contains("def\""))
    }

    @Test func `what is printed reads back the same`() throws {
        var settings = Settings()
        settings.bootstrapServers = "a:1,b:2"
        settings.stream.instance = "pod \"0\""
        settings.kafkaProperties = ["linger.ms": "5"]
        settings.stream.worker.commit.floorMS = 20
        let file = try TemporaryFile(settings.yaml)
        let again = try Settings.read(file: file.path, flags: [:], environment: [:]).settings
        #expect(again.yaml == settings.yaml)
        #expect(again.stream.worker.commit.floorMS == 20)
    }

    /// `claimwatch run --print-default-config` writes this file.
    @Test func `the shipped file names every key with its reason and default`() throws {
        let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent().path + "/../../deploy/claimwatch.yaml"
        #expect(try String(contentsOfFile: path, encoding: .utf8) == ConfigFile.text)
    }

    @Test func `the shipped file says what is so without it`() throws {
        let file = try TemporaryFile(ConfigFile.text)
        var expected = Settings()
        expected.bootstrapServers = "localhost:9092"
        expected.rules = ["deploy/rules"]
        #expect(try Settings.read(file: file.path, flags: [:], environment: [:]).settings.yaml == expected.yaml)
        for key in ConfigKeys.all {
            #expect(ConfigFile.text.contains("\(key.ownName): "), "\(key.name)")
        }
    }

    @Test func `the names Kubernetes puts into the environment are left alone`() throws {
        let reading = try Settings.read(
            file: nil, flags: ["kafka.bootstrap_servers": "a:1"],
            environment: ["CLAIMWATCH_SERVICE_HOST": "10.0.0.1", "CLAIMWATCH_WORKER": "3"])
        #expect(reading.warnings == ["environment CLAIMWATCH_WORKER is not used; did you mean CLAIMWATCH_WORKERS?"])
    }

    private func problems(file: String?, flags: [String: String] = [:], environment: [String: String] = [:]) -> [String]
    {
        do throws(ConfigProblems) {
            _ = try Settings.read(file: file, flags: flags, environment: environment)
            return []
        } catch {
            return error.problems
        }
    }
}
