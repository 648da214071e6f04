import ArgumentParser
import Foundation
import StreamSimulation

/// Hidden: it is for benchmarks, tests and those who want to fill the topics of a cluster on trial.
struct GenerateEvents: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: said(
            "写出模拟直播间的事件（JSON 行），按时间顺序。", "Write events of simulated rooms as JSON lines, in the order of their time."),
        discussion: """
            The same arguments give the same bytes. Listings come first, three a room, then transcript segments; an event \
            has about 340 bytes. Half of the claims are cut across two segments of their room.

            EXIT STATUS: 0 written; 74 the output could not be written.

            EXAMPLE:
              claimwatch generate-events --events 20000 | claimwatch scan --rules deploy/rules
            """,
        shouldDisplay: false)

    @Option(help: "How many events, 1 to 1000000000.")
    var events = 200_000

    @Option(help: "How many rooms speak at once, 1 to 100000.")
    var rooms = 400

    @Option(help: "The seed of all that is random.")
    var seed: UInt64 = 1

    @Option(help: "The share of the segments that begin a claim, 0 to 1.")
    var claims = 0.03

    @Option(help: "Where event time begins, epoch milliseconds (default: midnight UTC, as brokers delete what is old).")
    var startMs: Int64?

    func validate() throws {
        guard (1...1_000_000_000).contains(events) else { throw ValidationError("--events must be 1 to 1000000000") }
        guard (1...100_000).contains(rooms) else { throw ValidationError("--rooms must be 1 to 100000") }
        guard (0...1).contains(claims) else { throw ValidationError("--claims must be 0 to 1") }
        guard startMs.map({ (0...Self.maxStartMS).contains($0) }) ?? true else {
            throw ValidationError("--start-ms must be 0 to \(Self.maxStartMS)")
        }
    }

    func run() throws {
        let generator = EventGenerator(
            rooms: rooms, seed: seed, claimShare: claims, startMS: startMs ?? Self.midnightMS)
        var output = StandardOutput()
        for event in generator.prefix(events) {
            guard output.failure == nil else { break }
            output.append { bytes in
                bytes.append(contentsOf: event.json)
                bytes.append(UInt8(ascii: "\n"))
            }
        }
        output.flush()
        if let error = output.failure { throw outputFailure(error) }
    }

    /// The end of the year 9999: room for the events behind it.
    private static let maxStartMS: Int64 = 253_402_300_799_000

    private static var midnightMS: Int64 {
        let dayMS: Int64 = 86_400_000
        return Int64(Date().timeIntervalSince1970 * 1000) / dayMS * dayMS
    }
}
