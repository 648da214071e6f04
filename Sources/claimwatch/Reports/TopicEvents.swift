import ClaimDetection
import Foundation
import KafkaTransport
import LiveEvents
import StreamEngine
import StreamShell

/// The events of the two input topics, read once: no group, no commit, nothing is written.
///
/// Partition after partition; within one, transcripts and listings are merged by the time of their records, as `run` does
/// where it need not wait. What is appended after the read of a partition began is not read.
struct TopicEvents {
    /// Which records are read.
    struct Range {
        /// Epoch milliseconds of the record; `to` is not included.
        var from: Int64?
        var to: Int64?
        /// So many offsets before the end of each partition; nil from its beginning.
        var last: Int64?
    }

    /// Milliseconds that a broker has to answer, or to send the next record.
    private static let patienceMS: Int32 = 15_000

    private let settings: Settings
    private let range: Range
    private let reader: LogReader
    private let wakeup: Wakeup

    init(_ settings: Settings, _ range: Range) throws(KafkaError) {
        (self.settings, self.range) = (settings, range)
        wakeup = try Wakeup()
        reader = try LogReader(settings.properties, wakeup: wakeup)
    }

    /// Lends each event with its place; it is valid until the next.
    /// - Throws: `KafkaError` if a topic is not there or a broker does not answer.
    func read(_ bad: inout BadLines, _ body: (LiveEvent, RecordOrigin) -> Void) throws(KafkaError) {
        let worker = settings.stream.worker
        let topics = [worker.transcriptsTopic, worker.listingsTopic]
        let admin = try AdminClient(settings.properties)
        let counts = try admin.partitionCounts(of: topics, timeoutMS: Self.patienceMS)
        // Offsets are asked for by a consumer, which must have a group; it joins none.
        var properties = settings.properties
        properties["group.id"] = "\(settings.stream.group)-backtest"
        let asker = try Consumer(properties, wakeup: wakeup)
        let decoder = EventDecoder(limits: worker.decoding)
        let partitions = topics.map { (counts[$0] ?? nil) ?? 0 }.max() ?? 0
        for partition in 0..<Int32(partitions) {
            var heads: [Head] = []
            for topic in topics where partition < Int32((counts[topic] ?? nil) ?? 0) {
                heads.append(try head(TopicPartition(topic: topic, partition: partition), asker))
            }
            while true {
                var next: (head: Head, timeMS: Int64)?
                for head in heads {
                    guard let timeMS = try head.timeMS() else { continue }
                    // Listings come last in the list: a tie goes to the listing.
                    if next.map({ timeMS <= $0.timeMS }) ?? true { next = (head, timeMS) }
                }
                guard let head = next?.head else { break }
                head.take { value, offset in
                    let source = RecordSource(
                        topic: head.place.topic, partition: Partition(partition), offset: Offset(offset))
                    do throws(LiveEvents.DecodingError) {
                        body(try decoder.decode(value), RecordOrigin(source: source))
                    } catch {
                        bad.report("\(head.place.topic)/\(partition)", Int(offset), BadLines.reason(error))
                    }
                }
            }
        }
    }

    private func head(_ place: TopicPartition, _ asker: Consumer) throws(KafkaError) -> Head {
        let (low, high) = try asker.watermarks(place, timeoutMS: Self.patienceMS)
        let start = range.last.map { max(low, high - $0) } ?? low
        return Head(
            place, cursor: start < high ? try reader.open(place, from: .at(start)) : nil, end: high, range: range,
            wakeup: wakeup, patienceMS: Self.patienceMS)
    }

    /// One partition that is being read, and its next record.
    private final class Head {
        let place: TopicPartition
        private let cursor: LogCursor?
        private let end: Int64
        private let range: Range
        private let wakeup: Wakeup
        private let patienceMS: Int32
        private var batch = RecordBatch(capacity: 500)
        private var index = 0
        private var isAtEnd = false

        init(
            _ place: TopicPartition, cursor: LogCursor?, end: Int64, range: Range, wakeup: Wakeup, patienceMS: Int32
        ) {
            (self.place, self.cursor, self.end, self.range) = (place, cursor, end, range)
            (self.wakeup, self.patienceMS) = (wakeup, patienceMS)
            isAtEnd = cursor == nil
        }

        /// When the next record was written; nil at the end.
        func timeMS() throws(KafkaError) -> Int64? {
            while true {
                while index < batch.count {
                    let record = batch[index]
                    if record.offset >= end {
                        close()
                        return nil
                    }
                    let timeMS = record.timestampMS
                    if timeMS >= range.from ?? .min, timeMS < range.to ?? .max { return timeMS }
                    index += 1
                }
                batch.removeAll()
                index = 0
                guard !isAtEnd, let cursor else { return nil }
                try fill(cursor)
            }
        }

        /// Lends the next record's value, if it is no tombstone, and goes on.
        func take(_ body: (UnsafeBufferPointer<UInt8>, Int64) -> Void) {
            let record = batch[index]
            if let value = record.value { body(value, record.offset) }
            index += 1
        }

        private func fill(_ cursor: LogCursor) throws(KafkaError) {
            let clock = ContinuousClock()
            let deadline = clock.now + .milliseconds(Int64(patienceMS))
            while clock.now < deadline {
                switch cursor.fetch(into: &batch, max: batch.capacity) {
                case .records: return
                case .endOfPartition:
                    isAtEnd = true
                    return
                case .empty: wakeup.wait(timeoutMS: 50)
                case .failed(let error):
                    // The client itself reconnects.
                    guard error.isTimeout || error.errorClass == .retriable else { throw error }
                }
            }
            throw KafkaError(
                code: -185, name: "_TIMED_OUT", reason: "\(place) sent nothing for \(patienceMS / 1_000) s",
                errorClass: .retriable)
        }

        private func close() {
            batch.removeAll()
            index = 0
            isAtEnd = true
            cursor?.close()
        }
    }
}

/// A point in time as options take it: a day or a minute in China, or ISO 8601 with an offset.
enum PointInTime {
    /// Epoch milliseconds; nil for what is none.
    static func milliseconds(_ text: String) -> Int64? {
        if isDay(text) { return milliseconds("\(text)T00:00:00+08:00") }
        for tail in ["", "+08:00", ":00+08:00"] {
            if let date = try? Date("\(text)\(tail)", strategy: .iso8601) {
                return Int64((date.timeIntervalSince1970 * 1_000).rounded())
            }
        }
        return nil
    }
}
