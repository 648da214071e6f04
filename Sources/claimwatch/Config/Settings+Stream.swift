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
        stream.worker.decoding = decodingLimits
        stream.detection = detectionLimits
        return stream
    }

    var decodingLimits: DecodingLimits {
        var decoding = DecodingLimits()
        decoding.maxRecordBytes = limits.maxRecordBytes
        decoding.maxTextBytes = limits.maxTextBytes
        decoding.maxDepth = limits.maxDepth
        decoding.maxArrayElements = limits.maxArrayElements
        return decoding
    }

    var detectionLimits: DetectionLimits {
        var detection = DetectionLimits()
        detection.maxRooms = limits.maxRooms
        detection.maxListingsPerRoom = limits.maxListingsPerRoom
        detection.maxTailBytes = limits.maxTailBytes
        detection.maxTailPauseMS = Int64(limits.maxTailPauseMS)
        return detection
    }
}
