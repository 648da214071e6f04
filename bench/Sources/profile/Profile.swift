import CAllocations
import ClaimDetection
import ClaimRules
import Foundation
import LiveEvents
import StreamSimulation
import TermMatching

/// Where does the time of one event go, without Kafka? Each stage does what the one above it does, and a step more.
///
/// Usage: profile [EVENTS.jsonl|- [RULES [ROUNDS [STAGE]]]]
///
/// Without EVENTS, or with -, it reads 200,000 generated events of 2,000 rooms and the rules in deploy/rules.
/// The fastest of ROUNDS (5) counts; the stages take turns, so that what else the machine does falls on all alike. With
/// STAGE (its number) only that stage runs, for a profiler.
@main struct Profile {
    static func main() throws {
        var arguments = Array(CommandLine.arguments.dropFirst())
        let path = arguments.isEmpty ? "-" : arguments.removeFirst()
        let events = path == "-" ? Records.generated : try Records(path: path)
        let rules = try ruleSet(folder: arguments.isEmpty ? "deploy/rules" : arguments.removeFirst())
        let rounds = arguments.isEmpty ? 5 : Int(arguments.removeFirst()) ?? 5
        let only = arguments.first.flatMap { Int($0) }
        var stages = Stage.allCases
        if let only { stages = [stages[only]] }
        var best = [Stage: (time: Duration, allocations: UInt64)]()
        for round in 0..<rounds {
            for stage in stages {
                var work = Work(rules: stage == .rooms ? try RuleSet(rules: [], contentHash: "") : rules)
                let before = allocation_count()
                let begun = cpuTime()
                work.run(stage, events)
                let time = cpuTime() - begun
                let allocations = allocation_count() - before
                if round == 0 || time < best[stage]!.time { best[stage] = (time, allocations) }
                precondition(work.seen > 0, "stage \(stage) saw no event")
            }
        }
        print("\(events.count) events of \(events.bytes.count / events.count) bytes, best of \(rounds)")
        print("stage              ns CPU/event     more   allocations/event")
        var before = 0.0
        for stage in stages {
            let (time, allocations) = best[stage]!
            let nanoseconds = time / .nanoseconds(1) / Double(events.count)
            let below = stage == .match || stage == .rooms ? best[.decode].map { $0.time / .nanoseconds(1) } : nil
            let base = below.map { $0 / Double(events.count) } ?? before
            print(
                "\(stage.title.padding(toLength: 20, withPad: " ", startingAt: 0))"
                    + String(
                        format: "%10.0f%10.0f%20.2f", nanoseconds, nanoseconds - base,
                        Double(allocations) / Double(events.count)))
            before = nanoseconds
        }
    }

    /// CPU time of the process, which other processes disturb less than the wall clock.
    private static func cpuTime() -> Duration {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    }

    private static func ruleSet(folder: String) throws -> RuleSet {
        let names = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".yaml") }
            .sorted()
        let files = try names.map { name in
            PackFile(path: name, bytes: Array(try Data(contentsOf: URL(filePath: "\(folder)/\(name)"))))
        }
        let loaded = RulePackLoader.load(files)
        guard let rules = loaded.ruleSet else { fatalError("\(folder): \(loaded.problems)") }
        return rules
    }
}

enum Stage: CaseIterable {
    case decode, match, rooms, judge, encode, commit

    var title: String {
        switch self {
        case .decode: "decode"
        case .match: "decode, match"
        case .rooms: "decode, rooms"
        case .judge: "all but encoding"
        case .encode: "all but changelog"
        case .commit: "all"
        }
    }
}

/// Events in memory, one after the other.
struct Records {
    let bytes: [UInt8]
    let lines: [Range<Int>]
    var count: Int { lines.count }

    init(path: String) throws { self.init(Array(try Data(contentsOf: URL(filePath: path)))) }

    /// What the other benchmarks read, too.
    static var generated: Records {
        var bytes: [UInt8] = []
        for event in EventGenerator(rooms: 2000, seed: 1, startMS: 1_763_942_400_000).prefix(200_000) {
            bytes.append(contentsOf: event.json)
            bytes.append(UInt8(ascii: "\n"))
        }
        return Records(bytes)
    }

    private init(_ bytes: [UInt8]) {
        self.bytes = bytes
        var lines: [Range<Int>] = []
        var start = 0
        for (position, byte) in bytes.enumerated() where byte == UInt8(ascii: "\n") {
            if position > start { lines.append(start..<position) }
            start = position + 1
        }
        self.lines = lines
    }
}

struct Work: ~Copyable {
    private let decoder = EventDecoder()
    private let store: RoomStore
    private let index: TermIndex
    private var matches = MatchBuffer()
    private var output: [UInt8] = []
    private(set) var seen = 0

    init(rules: RuleSet) {
        store = RoomStore(ruleSet: rules)
        index = rules.index
    }

    mutating func run(_ stage: Stage, _ events: Records) {
        events.bytes.withUnsafeBufferPointer { bytes in
            for (number, line) in events.lines.enumerated() {
                guard let event = try? decoder.decode(UnsafeBufferPointer(rebasing: bytes[line])) else { continue }
                switch stage {
                case .decode: seen += 1
                case .match:
                    if case .transcript(let segment) = event {
                        matches.removeAll()
                        index.scan(segment.text.bytes, into: &matches)
                        seen += 1 + matches.count
                    }
                case .rooms, .judge: store.process(event, origin: origin(number)) { _ in seen += 1 }
                case .encode, .commit:
                    store.process(event, origin: origin(number)) { alert in
                        seen += 1
                        output.removeAll(keepingCapacity: true)
                        alert.encode(into: &output)
                    }
                }
                if stage == .rooms { seen += 1 }
                if stage == .commit, number % Self.eventsPerCommit == 0 { commit(before: number) }
            }
        }
    }

    /// Events in one transaction of a busy worker.
    private static let eventsPerCommit = 2_000

    private mutating func commit(before number: Int) {
        _ = store.replayOffset(noEarlierThan: Int64(number) - 100_000)
        store.flushChangelog { change in seen += change.value == nil ? 0 : 1 }
    }

    private func origin(_ number: Int) -> RecordOrigin {
        RecordOrigin(source: RecordSource(topic: "live.transcripts", partition: 0, offset: Offset(Int64(number))))
    }
}
