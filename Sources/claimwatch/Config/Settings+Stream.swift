import ClaimDetection
import ClaimRules
import KafkaTransport
import LiveEvents
import StreamEngine
import StreamShell

extension Settings {
    /// These settings as the stream takes them.
    func stream(ruleSet: RuleSet) -> StreamConfiguration {
        var stream = StreamConfiguration(properties: properties, ruleSet: ruleSet)
        stream.group = group
        stream.instance = instance
        stream.workers = workers
        stream.alertsTopic = topics.alerts
        stream.shadowTopic = topics.shadow
        stream.deadLettersTopic = topics.deadLetters
        stream.worker.transcriptsTopic = topics.transcripts
        stream.worker.listingsTopic = topics.listings
        stream.worker.start = start == .earliest ? .earliest : .latest
        stream.worker.commitFloorMS = Int64(commitFloorMS)
        stream.worker.commitIntervalMS = Int64(commitIntervalMS)
        stream.worker.decoding.maxRecordBytes = limits.maxRecordBytes
        stream.worker.decoding.maxTextBytes = limits.maxTextBytes
        stream.worker.decoding.maxDepth = limits.maxDepth
        stream.worker.decoding.maxArrayElements = limits.maxArrayElements
        stream.detection.maxRooms = limits.maxRooms
        stream.detection.maxListingsPerRoom = limits.maxListingsPerRoom
        stream.detection.maxTailBytes = limits.maxTailBytes
        stream.detection.maxTailPauseMS = Int64(limits.maxTailPauseMS)
        return stream
    }
}
