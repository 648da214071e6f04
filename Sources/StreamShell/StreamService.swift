public import ClaimRules
public import Logging
public import StreamEngine
import Glibc
import KafkaTransport
import Synchronization

/// The pipeline: Kafka in, claims found, alerts out, `workers` threads of it.
///
/// `run` blocks its thread until `requestStop`, or until a worker fails; then all stop.
public final class StreamService: Sendable {
    private let configuration: StreamConfiguration
    private let logger: Logger
    private let workers: [WorkerThread]
    /// When `requestStop` came first, on the workers' clock; 0 before.
    private let stopRequestedMS = Atomic<Int64>(0)

    public init(
        _ configuration: StreamConfiguration, ruleSet: RuleSet, logger: Logger = Logger(label: "claimwatch")
    ) throws(StartupError) {
        guard (1...999).contains(configuration.workers) else {
            throw StartupError("workers is \(configuration.workers); choose 1 to 999.", exitCode: 78)
        }
        self.configuration = configuration
        self.logger = logger
        do throws(KafkaError) {
            var workers: [WorkerThread] = []
            for number in 0..<configuration.workers {
                workers.append(try WorkerThread(configuration, ruleSet: ruleSet, number: number, logger: logger))
            }
            self.workers = workers
        } catch { throw StartupError("\(error)", exitCode: 70) }
    }

    /// The totals of all workers.
    public var statistics: WorkerStatistics {
        var total = WorkerStatistics()
        for worker in workers { total.add(worker.statistics) }
        return total
    }

    /// Commits what is done and ends `run`. From any thread.
    public func requestStop() {
        _ = stopRequestedMS.compareExchange(
            expected: 0, desired: WorkerThread.nowMS(), ordering: .acquiringAndReleasing)
        for worker in workers { worker.requestStop() }
    }

    private var isStopping: Bool { stopRequestedMS.load(ordering: .acquiring) != 0 }

    /// Checks the cluster, works, and returns after a clean stop.
    /// - Throws: The first failure. After it the process should exit with its code, without waiting for threads.
    public func run() throws(StartupError) {
        let findings = try StartupChecks.run(configuration, isStopping: { self.isStopping })
        for warning in findings.warnings { logger.warning("\(warning)") }
        if isStopping { return }
        for worker in workers { try worker.start(topicLimitBytes: findings.topicLimitBytes) }
        // Steps of 50 ms: nothing here is in the way of a record.
        while !isStopping, workers.allSatisfy({ !$0.isFinished }) { usleep(50_000) }
        requestStop()
        let deadline = stopRequestedMS.load(ordering: .acquiring) + configuration.stopTimeoutMS
        while !workers.allSatisfy(\.isFinished), WorkerThread.nowMS() < deadline { usleep(50_000) }
        if let failure = workers.compactMap(\.outcome).first { throw failure }
        if let (number, worker) = workers.enumerated().first(where: { !$1.isFinished }) {
            throw StartupError(
                "worker \(number) was still \(worker.activity.rawValue) \(configuration.stopTimeoutMS) ms after the stop: "
                    + "the brokers at \(configuration.properties["bootstrap.servers"] ?? "?") do not answer. No alert is "
                    + "lost or doubled: what was not committed is read again at the next start. Check the brokers.",
                exitCode: 69)
        }
    }
}
