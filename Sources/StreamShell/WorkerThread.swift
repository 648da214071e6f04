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
    func start() throws(StartupError) {
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

    private func run() throws(StreamFailure) {
        var properties = configuration.properties.merging(configuration.consumerProperties)
        properties["group.id"] = configuration.group
        if let instance = configuration.instance { properties["group.instance.id"] = "\(instance)-\(suffix)" }
        // How soon the end of a quiet partition is known, which the other topic of its lane waits for.
        if properties["fetch.wait.max.ms"] == nil { properties["fetch.wait.max.ms"] = "50" }
        let identity = "\(configuration.group)-\(configuration.instance ?? Self.anonymousInstance())-\(suffix)"

        let producer = try KafkaStream.call { () throws(KafkaError) in
            try TransactionalProducer(
                configuration.properties.merging(configuration.producerProperties), transactionalID: identity)
        }
        defer { producer.close() }
        try KafkaStream.call { () throws(KafkaError) in try producer.initTransactions() }
        let consumer = try KafkaStream.call { () throws(KafkaError) in try Consumer(properties, wakeup: wakeup) }
        defer { consumer.close() }
        try KafkaStream.call { () throws(KafkaError) in
            try consumer.subscribe([configuration.worker.transcriptsTopic, configuration.worker.listingsTopic])
        }

        let stream = KafkaStream(configuration, consumer: consumer, producer: producer) {
            self.isStopping.load(ordering: .acquiring)
        }
        let (ruleSet, limits) = (ruleSet, configuration.detection)
        var settings = configuration.worker
        settings.ruleSetHash = ruleSet.contentHash
        let worker = Worker(
            log: stream, settings: settings, nowMS: Self.nowMS(),
            makeBook: { RoomStore(ruleSet: ruleSet, limits: limits) })
        var lagReadMS = Self.nowMS()
        enter(.working)
        while !isStopping.load(ordering: .acquiring) {
            var isBusy = true
            do throws(StreamFailure) {
                while let event = consumer.nextEvent() { try answer(event, worker, stream) }
                isBusy = try worker.step(nowMS: Self.nowMS())
            } catch {
                // What interrupted it is served in the next round.
                guard case .interrupted(let reason) = error else { throw error }
                logger.info("worker \(number) gave a restore up: \(reason)")
            }
            tell(worker.takeNotices())
            let now = Self.nowMS()
            if now - lagReadMS >= 1000 {
                worker.setLag(stream.lag(of: worker.positions))
                lagReadMS = now
            }
            snapshot.withLock { $0 = worker.statistics }
            if !isBusy { wakeup.wait(timeoutMS: Int32(clamping: worker.waitMS(nowMS: now))) }
        }
        enter(.finishing)
        try worker.finish(nowMS: Self.nowMS())
        snapshot.withLock { $0 = worker.statistics }
        enter(.closing)
    }

    private func enter(_ next: Phase) { phase.withLock { $0 = next } }

    /// One line for all lanes that say the same.
    private func tell(_ notices: [LaneNotice]) {
        guard !notices.isEmpty else { return }
        var changed: [[String]: [Int32]] = [:]
        for notice in notices {
            switch notice {
            case .rulesChanged(let partition, let from, let to): changed[[from, to], default: []].append(partition)
            case .foreignCommit, .recordsLost: logger.warning("worker \(number): \(notice)")
            }
        }
        for (sets, partitions) in changed.sorted(by: { $0.value[0] < $1.value[0] }) {
            logger.notice(
                """
                worker \(number): the rules changed since the last commit of partitions \(partitions): rule set \(sets[0]) \
                until then, \(sets[1]) from here on
                """)
        }
    }

    private func answer(
        _ event: Consumer.Event, _ worker: Worker<KafkaStream, RoomStore>, _ stream: KafkaStream
    ) throws(StreamFailure) {
        switch event {
        case .assign(let partitions):
            let lanes = try lanes(of: partitions)
            let before = worker.statistics
            enter(.restoring)
            defer { enter(.working) }
            try stream.hold()
            try worker.assign(lanes)
            let (restored, kept) = (
                worker.statistics.restores - before.restores, worker.statistics.reused - before.reused
            )
            logger.info(
                "worker \(number) took partitions \(lanes) over: \(restored) restored, \(kept) kept as they were")
        case .revoke(_, let lost):
            try worker.revoke(lost: lost, nowMS: Self.nowMS())
            logger.info("worker \(number) gave its partitions back\(lost ? ", lost" : "")")
        case .error(let error):
            if error.errorClass == .fatal { throw .fatal("\(error)") }
            logger.warning("worker \(number): \(error)")
        }
    }

    /// The partition numbers, each of which must be there for both topics.
    private func lanes(of partitions: [TopicPartition]) throws(StreamFailure) -> [Int32] {
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
