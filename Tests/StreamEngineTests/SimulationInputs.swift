enum SimulationInputs {
    /// Two lanes of speech and listings with gaps between offsets; now and then a broken record.
    static func make(seed: UInt64) -> SimulatedLog.Broker {
        var random = SplitMix64(seed: seed)
        var broker = SimulatedLog.Broker()
        for partition in Int32(0)..<2 {
            var time: Int64 = 0
            var next: (Int64, Int64) = (0, 0)
            for number in 0..<120 {
                time += Int64(random.next() % 3)
                let room = "room-\(partition)-\(random.next() % 3)"
                let isSpeech = random.next() % 4 != 0
                let isBroken = random.next() % 20 == 0
                let text =
                    isSpeech
                    ? #"{"schema":"transcript.v1","platform":"p","room_id":"\#(room)","session_id":"s","segment_id":\#(number),"is_final":true,"start_ms":1,"end_ms":2,"text":"t\#(number)"}"#
                    : #"{"schema":"listing.v1","platform":"p","room_id":"\#(room)","session_id":"s","listing_id":"l","action":"listed","time_ms":1,"title":"x"}"#
                let gap = random.next() % 8 == 0 ? Int64(1) : 0
                let record = SimulatedLog.Record(
                    offset: (isSpeech ? next.0 : next.1) + gap, timestampMS: time,
                    key: random.next() % 40 == 0 ? nil : Array(room.utf8),
                    value: isBroken ? Array("{".utf8) : Array(text.utf8))
                if isSpeech { next.0 = record.offset + 1 } else { next.1 = record.offset + 1 }
                broker.inputs[.init(isSpeech: isSpeech, partition: partition), default: []].append(record)
            }
        }
        return broker
    }
}
