import Glibc
import KafkaTransport

/// A real broker (noida-db, see `scripts/test-broker`) as a child process on a port of its own, killed with this value.
final class BrokerForTests {
    struct Missing: Error, CustomStringConvertible {
        let description: String
    }

    let bootstrapServers: String
    private let process: pid_t
    private let folder: String
    private let reader: Int32

    init() throws {
        let binary = try Self.binary()
        var template = Array("/tmp/claimwatch-broker.XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw Missing(description: "no temporary folder in /tmp") }
        folder = Self.string(template)
        var output: [Int32] = [0, 0]
        guard pipe(&output) == 0 else { throw Missing(description: "no pipe (errno \(errno))") }
        // Other children must not hold the read end's only writer open, nor the broker its reader.
        for end in output { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        process = try Self.start(
            [binary, "start", "--only", "kafka", "--kafka-port", "0", "--data-dir", folder], output: output[1])
        close(output[1])
        // Open until the end: the broker dies of a print that nobody can read.
        reader = output[0]
        guard let address = Self.address(in: output[0]) else {
            kill(process, SIGKILL)
            throw Missing(description: "the broker printed no address. Run it by hand: \(binary) start --only kafka")
        }
        bootstrapServers = address
    }

    deinit {
        kill(process, SIGKILL)
        var status: Int32 = 0
        waitpid(process, &status, 0)
        close(reader)
        _ = try? Self.start(["/bin/rm", "-rf", folder], output: 2, wait: true)
    }

    /// Settings that make clients quick on it. It answers fetches with whole backlogs, so the response limit is high.
    var properties: KafkaProperties {
        KafkaProperties([
            ("bootstrap.servers", bootstrapServers), ("broker.address.family", "v4"),
            ("receive.message.max.bytes", "1000000000"),
        ])
    }

    private static func binary() throws -> String {
        let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        let candidates = ["/\(root)/.build-broker/noida_db/noida-db", ".build-broker/noida_db/noida-db"]
        guard let found = candidates.first(where: { access($0, X_OK) == 0 }) else {
            throw Missing(
                description: "The broker for tests is missing. Run scripts/test-broker once, then test again.")
        }
        return found
    }

    private static func start(_ arguments: [String], output: Int32, wait: Bool = false) throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, output, 1)
        posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
        var pointers = arguments.map { strdup($0) } + [nil]
        defer { for pointer in pointers { free(pointer) } }
        var process: pid_t = 0
        let result = posix_spawn(&process, arguments[0], &actions, nil, &pointers, environ)
        guard result == 0 else { throw Missing(description: "\(arguments[0]) did not start (error \(result))") }
        if wait {
            var status: Int32 = 0
            waitpid(process, &status, 0)
        }
        return process
    }

    /// The first `127.0.0.1:PORT` it prints.
    private static func address(in descriptor: Int32) -> String? {
        var text: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = read(descriptor, &buffer, buffer.count)
            guard count > 0 else { return nil }
            text += buffer.prefix(count)
            let printed = String(decoding: text, as: UTF8.self)
            if let range = printed.firstRange(of: /127\.0\.0\.1:\d+(?=\D)/) { return String(printed[range]) }
        }
    }

    private static func string(_ buffer: [CChar]) -> String {
        String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}
