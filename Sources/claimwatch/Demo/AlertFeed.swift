import KafkaTransport
import LiveEvents
import StreamShell

/// The alerts as any consumer of the topics sees them: read committed, in the order of each partition.
/// One owner, one thread.
final class AlertFeed {
    private let consumer: Consumer
    private let wakeup: Wakeup
    private let partitions: [TopicPartition]
    private var batch = RecordBatch(capacity: 256)

    init(_ settings: Settings, partitions count: Int32) throws(KafkaError) {
        wakeup = try Wakeup()
        var properties = settings.properties
        // Required by the client; nothing is committed under it.
        properties["group.id"] = "\(settings.stream.group)-screen"
        consumer = try Consumer(properties, wakeup: wakeup)
        partitions = [settings.stream.alertsTopic, settings.stream.shadowTopic].flatMap { topic in
            (0..<count).map { TopicPartition(topic: topic, partition: $0) }
        }
        // Topics that the demo has just created.
        try consumer.assign(partitions.map { ($0, 0) })
    }

    /// Alerts that came since the last call; waits at most `timeoutMS` for the first.
    /// - Throws: `KafkaError` when a partition cannot be read.
    func next(timeoutMS: Int32) throws(KafkaError) -> [Alert] {
        var alerts = try fetched()
        if alerts.isEmpty {
            wakeup.wait(timeoutMS: timeoutMS)
            alerts = try fetched()
        }
        return alerts
    }

    private func fetched() throws(KafkaError) -> [Alert] {
        var alerts: [Alert] = []
        while case .error(let error)? = consumer.nextEvent() {
            if error.errorClass == .fatal { throw error }
        }
        for partition in partitions {
            switch consumer.fetch(partition, into: &batch, max: batch.capacity) {
            case .records(let count):
                for index in 0..<count {
                    // What is no alert is nobody's here: the topics belong to the demo.
                    guard let value = batch[index].value else { continue }
                    guard let alert = try? Alert(decoding: value) else { continue }
                    alerts.append(alert)
                }
            case .failed(let error) where error.errorClass != .retriable: throw error
            case .empty, .endOfPartition, .failed: break
            }
            batch.removeAll()
        }
        return alerts
    }
}
