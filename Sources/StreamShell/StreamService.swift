public import Logging
public import StreamEngine
import Glibc
import KafkaTransport

/// The pipeline: Kafka in, claims found, alerts out, `workers` threads of it.
///
/// `run` blocks its thread until `requestStop`, or until a worker fails; then all stop.
public final class StreamService: Sendable {
    private let configuration: StreamConfiguration
    private let logger: Logger
    private let workers: [WorkerThread]

    public init(
        _ configuration: StreamConfiguration, logger: Logger = Logger(label: "claimwatch")
    ) throws(StartupError) {
        guard (1...999).contains(configuration.workers) else {
            throw StartupError("workers is \(configuration.workers); choose 1 to 999.", exitCode: 78)
        }
        self.configuration = configuration
        self.logger = logger
        do throws(KafkaError) {
            var workers: [WorkerThread] = []
            for number in 0..<configuration.workers {
                workers.append(try WorkerThread(configuration, number: number, logger: logger))
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
    public func requestStop() { for worker in workers { worker.requestStop() } }

    /// Checks the cluster, works, and returns after a clean stop.
    /// - Throws: The first failure. After it the process should exit with its code.
    public func run() throws(StartupError) {
        if let warning = try StartupChecks.run(configuration) { logger.warning("\(warning)") }
        for worker in workers { try worker.start() }
        // Steps of 50 ms: nothing here is in the way of a record.
        while workers.allSatisfy({ !$0.isFinished }) { usleep(50_000) }
        requestStop()
        var leftMS = configuration.stopTimeoutMS
        while !workers.allSatisfy(\.isFinished), leftMS > 0 {
            usleep(50_000)
            leftMS -= 50
        }
        if let failure = workers.compactMap(\.outcome).first { throw failure }
        guard workers.allSatisfy(\.isFinished) else {
            // What is committed is committed; the rest is read again.
            throw StartupError("a worker did not stop within \(configuration.stopTimeoutMS) ms.", exitCode: 70)
        }
    }
}
