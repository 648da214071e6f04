import ClaimDetection
import ClaimRules
import Glibc
import KafkaTransport
import Logging
import StreamEngine
import Synchronization

/// One consumer, one transactional producer and one engine, on one thread.
///
/// ```
/// init_transactions, subscribe
///   ┌─> events of the group: assign, revoke ─> engine.step ─> nothing to do? wait for the wakeup ─┐
///   └──────────────────────────────────────────────────────────────────────────────── stop? no ──┘
///                                                        yes: engine.finish, close
/// ```
final class WorkerThread: Sendable {
    private let configuration: StreamConfiguration
    private let ruleSet: RuleSet
    private let number: Int
    private let logger: Logger
    private let snapshot = Mutex(WorkerStatistics())
    private let isStopping = Atomic(false)
    private let isDone = Atomic(false)
    private let topicLimitBytes = Atomic(Int.max)
    private let failure = Mutex<StartupError?>(nil)
    private let phase = Mutex(Phase.starting)
    private let wakeup: Wakeup

    /// What a worker is at, for the message when it does not stop.
    enum Phase: String {
        case starting = "taking its transactional id over"
        case restoring = "restoring its partitions"
        case working = "working or committing"
        case finishing = "making its last commit"
        case closing = "leaving the group"
    }

    init(
        _ configuration: StreamConfiguration, ruleSet: RuleSet, number: Int, logger: Logger
    ) throws(KafkaError) {
        self.configuration = configuration
        self.ruleSet = ruleSet
        self.number = number
        self.logger = logger
        wakeup = try Wakeup()
    }

    var statistics: WorkerStatistics { snapshot.withLock { $0 } }
    /// Why it ended, once `isFinished`; nil is a clean stop.
    var outcome: StartupError? { failure.withLock { $0 } }
    var activity: Phase { phase.withLock { $0 } }
    var isFinished: Bool { isDone.load(ordering: .acquiring) }

    func requestStop() {
        isStopping.store(true, ordering: .releasing)
        wakeup.signal()
    }

    /// Starts the thread. It keeps itself alive until it ends.
    /// - Parameter topicLimitBytes: The largest batch that every output topic takes, if that is known.
    func start(topicLimitBytes: Int?) throws(StartupError) {
        self.topicLimitBytes.store(topicLimitBytes ?? .max, ordering: .releasing)
        var thread = pthread_t()
        let code = pthread_create(
            &thread, nil,
            { context in
                Unmanaged<WorkerThread>.fromOpaque(context!).takeRetainedValue().main()
                return nil
            }, Unmanaged.passRetained(self).toOpaque())
        guard code == 0 else {
            throw StartupError("no thread could be started (errno \(code)). Raise the limit.", exitCode: 70)
        }
        pthread_detach(thread)
    }

    private func main() {
        do throws(StreamFailure) { try run() } catch {
            logger.error("worker \(number) stops: \(error)")
            let exitCode: Int32 = if case .unavailable = error { 69 } else { 70 }
            failure.withLock { $0 = StartupError("worker \(number): \(error)", exitCode: exitCode) }
        }
        isDone.store(true, ordering: .releasing)
    }

    static func nowMS() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
    }

    private var suffix: String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, 3 - digits.count)) + digits
    }

    /// Host and process: in containers every process may be number 1, and equal ids fence each other.
    private static func anonymousInstance() -> String {
        var name = [CChar](repeating: 0, count: 256)
        gethostname(&name, name.count - 1)
        let host = String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
        return "\(host)-\(getpid())"
    }

    /// The producer's properties. No record and no batch may be larger than the topics take.
    private var producerProperties: KafkaProperties {
        var properties = configuration.properties.merging(configuration.producerProperties)
        let limit = topicLimitBytes.load(ordering: .acquiring)
        if limit < properties["message.max.bytes"].flatMap({ Int($0) }) ?? 1_000_000 {
            properties["message.max.bytes"] = "\(limit)"
        }
        return properties
    }

    private func run() throws(StreamFailure) {
        var properties = configuration.properties.merging(configuration.consumerProperties)
        properties["group.id"] = configuration.group
        if let instance = configuration.instance { properties["group.instance.id"] = "\(instance)-\(suffix)" }
        // How soon the end of a quiet partition is known, which the other topic of its task waits for.
        if properties["fetch.wait.max.ms"] == nil { properties["fetch.wait.max.ms"] = "50" }
        let identity = "\(configuration.group)-\(configuration.instance ?? Self.anonymousInstance())-\(suffix)"

        let producer = try KafkaStream.call { () throws(KafkaError) in
            try TransactionalProducer(producerProperties, transactionalID: identity)
        }
        defer { producer.close() }
        try KafkaStream.call { () throws(KafkaError) in try producer.initTransactions() }
        let consumer = try KafkaStream.call { () throws(KafkaError) in try Consumer(properties, wakeup: wakeup) }
        defer { consumer.close() }
        try KafkaStream.call { () throws(KafkaError) in
            try consumer.subscribe([configuration.worker.transcriptsTopic, configuration.worker.listingsTopic])
        }

        let stream = try KafkaStream.call { () throws(KafkaError) in
            try KafkaStream(
                configuration, consumer: consumer, producer: producer, wakeup: wakeup,
                isStopping: { self.isStopping.load(ordering: .acquiring) })
        }
        let (ruleSet, limits) = (ruleSet, configuration.detection)
        var settings = configuration.worker
        settings.ruleSetHash = ruleSet.contentHash
        settings.commit.timeoutMS = producer.transactionTimeoutMS
        settings.maxOutputRecordBytes = producer.maxRecordBytes
        let worker = Worker(
            log: stream, settings: settings, makeRooms: { RoomStore(ruleSet: ruleSet, limits: limits) })
        do throws(StreamFailure) { try work(worker, consumer) } catch {
            tell(worker.takeEvents())
            // Records must be given back before their client ends.
            worker.abandon()
            throw error
        }
    }

    private func work(_ worker: Worker<KafkaStream, RoomStore>, _ consumer: Consumer) throws(StreamFailure) {
        var (lagReadMS, tallyTakenMS) = (Self.nowMS(), Self.nowMS())
        enter(.working)
        while !isStopping.load(ordering: .acquiring) {
            while let event = consumer.nextEvent() { try answer(event, worker) }
            let isBusy = try worker.step()
            if worker.isReady { enter(.working) }
            tell(worker.takeEvents())
            let now = Self.nowMS()
            if now - lagReadMS >= 1000 {
                worker.measureLag()
                lagReadMS = now
            }
            if now - tallyTakenMS >= Self.tallyIntervalMS {
                tell(worker.takeTally(), seconds: (now - tallyTakenMS) / 1000)
                tallyTakenMS = now
            }
            snapshot.withLock { $0 = worker.statistics }
            if !isBusy { wakeup.wait(timeoutMS: Int32(clamping: worker.waitMS)) }
        }
        enter(.finishing)
        try worker.finish()
        snapshot.withLock { $0 = worker.statistics }
        tell(worker.takeEvents())
        tell(worker.takeTally(), seconds: max(1, (Self.nowMS() - tallyTakenMS) / 1000))
        enter(.closing)
    }

    /// Milliseconds between two looks at what is only counted.
    private static let tallyIntervalMS: Int64 = 10_000

    private func enter(_ next: Phase) {
        phase.withLock { if $0 != next { $0 = next } }
    }

    private func tell(_ events: [EngineEvent]) {
        guard !events.isEmpty else { return }
        for line in EventLines.lines(events) { write(line) }
    }

    private func tell(_ tally: EngineEvent.Tally, seconds: Int64) {
        for line in EventLines.lines(tally, seconds: seconds) { write(line) }
    }

    private func write(_ line: LogLine) {
        logger.log(level: line.level, "worker \(number): \(line.text)")
    }

    private func answer(_ event: Consumer.Event, _ worker: Worker<KafkaStream, RoomStore>) throws(StreamFailure) {
        switch event {
        case .assign(let partitions):
            enter(.restoring)
            try worker.assign(try numbers(of: partitions))
        case .revoke(_, let lost): try worker.revoke(lost: lost)
        case .error(let error):
            if error.errorClass == .fatal { throw .fatal("\(error)") }
            logger.warning("worker \(number): \(error)")
        }
    }

    /// The partition numbers, each of which must be there for both topics.
    private func numbers(of partitions: [TopicPartition]) throws(StreamFailure) -> [Int32] {
        let speech = Set(
            partitions.filter { $0.topic == configuration.worker.transcriptsTopic }.map(\.partition))
        let listings = Set(partitions.filter { $0.topic == configuration.worker.listingsTopic }.map(\.partition))
        guard speech == listings else {
            throw .fatal(
                "the group gave this worker unequal partitions of the two input topics. Every member must use "
                    + "partition.assignment.strategy=range and the same two topics.")
        }
        return speech.sorted()
    }
}
