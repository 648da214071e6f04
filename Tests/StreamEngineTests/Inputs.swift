import StreamEngine
import StreamSimulation

/// Inputs of the simulations, from a seed.
enum Inputs {
    /// Two partitions of speech and listings with gaps between offsets; now and then a broken record.
    static func make(seed: UInt64, records: Int = 120) -> SimulatedBroker {
        var random = SplitMix64(seed: seed)
        var broker = SimulatedBroker()
        for partition in Int32(0)..<2 {
            var time: Int64 = 0
            for number in 0..<records {
                time += Int64(random.next() % 3)
                let room = "room-\(partition)-\(random.next() % 3)"
                let isSpeech = random.next() % 4 != 0
                let isBroken = random.next() % 20 == 0
                let text = isSpeech ? speech(room, number, "t\(number)") : listing(room, number)
                let gap = random.next() % 8 == 0 ? Int64(1) : 0
                broker.append(
                    isSpeech ? .transcripts : .listings, partition, timestampMS: time,
                    key: random.next() % 40 == 0 ? nil : Array(room.utf8),
                    value: isBroken ? Array("{".utf8) : Array(text.utf8), gap: gap)
            }
        }
        return broker
    }

    static func speech(_ room: String, _ number: Int, _ text: String) -> String {
        #"{"schema":"transcript.v1","platform":"p","room_id":"\#(room)","session_id":"s","segment_id":\#(number),"is_final":true,"start_ms":\#(number * 1000),"end_ms":\#(number * 1000 + 900),"text":"\#(text)"}"#
    }

    static func listing(_ room: String, _ number: Int, title: String = "x", category: String = "食品/蜂蜜") -> String {
        #"{"schema":"listing.v1","platform":"p","room_id":"\#(room)","session_id":"s","listing_id":"l\#(number % 3)","action":"listed","time_ms":\#(number * 1000),"title":"\#(title)","category":"\#(category)"}"#
    }
}

extension Worker {
    /// Steps until the assignment is taken over, at most so often.
    func takeOver(steps: Int = 200) throws {
        for _ in 0..<steps where !isReady { _ = try step() }
    }
}
