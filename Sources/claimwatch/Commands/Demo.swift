import ArgumentParser
import ClaimRules
import Foundation
import KafkaTransport
import Logging
import StreamShell
import Synchronization

struct Demo: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: said(
            "看它怎么跑：模拟的直播间、内置的 Kafka、真的流程。", "See it work: simulated rooms, an embedded Kafka, the real pipeline."),
        discussion: """
            Starts a Kafka cluster inside the process, plays rooms that talk and sell into it, runs the pipeline on \
            them and shows each alert as it is published: what the host said with the words that count highlighted, \
            the rule and its severity, the law, the room. The last line counts events, events a second, lag (records \
            not yet read) and alerts. Nothing is installed and nothing leaves the machine.

            The first alerts need some 6 s: a consumer group takes its time to form. Ctrl-C ends it with the summary, \
            a second Ctrl-C at once. Without a terminal, or with TERM=dumb, it prints plain lines; NO_COLOR=1 does \
            without colours.

            EXIT STATUS: 0 the time is over, or it was interrupted; 70 the pipeline failed; 74 the output could not be \
            written; 78 the rules cannot be used.
            """)

    @Option(help: "Seconds to run, 1 to 86400.")
    var seconds = 30

    @Flag(help: "Go on until interrupted.")
    var forever = false

    @Option(help: "Simulated rooms, 1 to 1000.")
    var rooms = 36

    @Option(
        help: "The folder with the rule packs; repeated, they are one rule set (default: deploy/rules).",
        completion: .directory)
    var rules: [String] = []

    func validate() throws {
        guard (1...86_400).contains(seconds) else { throw ValidationError("--seconds must be 1 to 86400") }
        guard (1...1000).contains(rooms) else { throw ValidationError("--rooms must be 1 to 1000") }
    }

    func run() throws {
        let folders = rules.isEmpty ? ["deploy/rules"] : rules
        let ruleSet = try LoadedRules.ruleSet(folders: folders)
        var screen = DemoScreen()
        let length = forever ? "until Ctrl-C" : "for \(seconds) s"
        screen.announce(
            """
            ClaimWatch demo \(length): an embedded Kafka, \(counted(rooms, "simulated room")), \
            \(counted(ruleSet.rules.count, "rule")) from \(folders.joined(separator: ", ")).
            """)
        do {
            let cluster = try EmbeddedCluster()
            try withExtendedLifetime(cluster) { try play(on: cluster, ruleSet: ruleSet, &screen) }
        } catch let error as KafkaError {
            throw failure(.internalError, "the embedded cluster failed: \(error)")
        } catch let error as StartupError {
            throw failure(ExitStatus(rawValue: error.exitCode) ?? .internalError, error.description)
        }
    }

    private func play(on cluster: EmbeddedCluster, ruleSet: RuleSet, _ screen: inout DemoScreen) throws {
        let stage = try DemoStage(cluster: cluster, rooms: rooms)
        // The screen is for alerts; only what goes wrong may interrupt it.
        let logger = Logger(label: "claimwatch") { label in
            var handler = StreamLogHandler.standardError(label: label)
            handler.logLevel = .error
            return handler
        }
        var configuration = stage.settings.streamConfiguration
        configuration.checksStateTopic = false
        let service = try StreamService(configuration, ruleSet: ruleSet, logger: logger)
        let pipeline = BackgroundService(service)
        let interrupted = Interruption()
        let signals = StopSignals { interrupted.happen() }
        defer { withExtendedLifetime(signals) {} }
        let feed = try AlertFeed(stage.settings, partitions: DemoStage.partitions)
        stage.start()

        var figures = try watch(stage, service, pipeline, feed, interrupted, &screen)
        screen.announceEnd()
        stage.stop()
        service.requestStop()
        pipeline.waitUntilFinished()
        for alert in try feed.next(timeoutMS: 500) { screen.show(alert) }
        figures.note(service.statistics, played: stage.eventsPlayed, rooms: rooms, since: .seconds(1))
        screen.summarise(figures)
        if let error = screen.outputFailure { throw outputFailure(error) }
        if let error = pipeline.failure { throw error }
        if let text = stage.playerFailure { throw failure(.internalError, "the simulated rooms stopped: \(text)") }
    }

    private func watch(
        _ stage: DemoStage, _ service: StreamService, _ pipeline: BackgroundService, _ feed: AlertFeed,
        _ interrupted: Interruption, _ screen: inout DemoScreen
    ) throws -> DemoScreen.Figures {
        let clock = ContinuousClock()
        let start = clock.now
        var figures = DemoScreen.Figures()
        figures.seconds = forever ? nil : seconds
        screen.show(figures)
        var lastShown = start
        while forever || start.duration(to: clock.now) < .seconds(seconds) {
            guard !interrupted.hasHappened, pipeline.failure == nil, stage.playerFailure == nil,
                screen.outputFailure == nil
            else { break }
            for alert in try feed.next(timeoutMS: 200) { screen.show(alert) }
            let now = clock.now
            guard lastShown.duration(to: now) >= (screen.hasStatusLine ? .milliseconds(500) : .seconds(5)) else {
                continue
            }
            figures.note(
                service.statistics, played: stage.eventsPlayed, rooms: rooms, since: lastShown.duration(to: now))
            figures.elapsed = start.duration(to: now)
            lastShown = now
            screen.show(figures)
        }
        figures.elapsed = start.duration(to: clock.now)
        return figures
    }
}

/// Whether the person at the keyboard has had enough.
private final class Interruption: Sendable {
    private let flag = Atomic<Bool>(false)
    var hasHappened: Bool { flag.load(ordering: .relaxed) }
    func happen() { flag.store(true, ordering: .relaxed) }
}

/// A service on a thread of its own.
private final class BackgroundService: Sendable {
    private let result = Mutex<StartupError?>(nil)
    private let done = DispatchSemaphore(value: 0)
    var failure: StartupError? { result.withLock { $0 } }

    init(_ service: StreamService) {
        Thread.detachNewThread {
            do throws(StartupError) { try service.run() } catch { self.result.withLock { $0 = error } }
            self.done.signal()
        }
    }

    func waitUntilFinished() { done.wait() }
}
