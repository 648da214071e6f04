import LiveEvents

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The seed in work, for the signal handler.
nonisolated(unsafe) private var seedInWork: UInt64 = 0

@main struct Decoder {
    static func main() {
        let arguments = CommandLine.arguments.dropFirst().compactMap(UInt64.init)
        let count = arguments.first ?? 1_000_000
        let first = arguments.dropFirst().first ?? 1
        for number in [SIGILL, SIGTRAP, SIGSEGV, SIGABRT, SIGBUS, SIGALRM] {
            _ = signal(number) { number in
                print("signal \(number) at seed \(seedInWork)")
                _exit(1)
            }
        }
        let decoder = EventDecoder()
        var outcomes: [String: Int] = [:]
        var bytesRead = 0
        for seed in first..<(first + count) {
            seedInWork = seed
            let input = mutated(seed)
            alarm(10)
            input.withUnsafeBufferPointer { record in
                do throws(DecodingError) {
                    // Reading every view shows one that points outside the parser's buffer.
                    switch try decoder.decode(record) {
                    case .transcript(let segment):
                        for view in [segment.text, segment.roomID, segment.speakerName, segment.asrEngine] {
                            for byte in view.bytes { bytesRead &+= Int(byte & 1) }
                        }
                        outcomes["transcript", default: 0] += 1
                    case .listing: outcomes["listing", default: 0] += 1
                    }
                } catch { outcomes[error.reason.rawValue, default: 0] += 1 }
            }
        }
        print("\(count) inputs from seed \(first): no crash, no hang")
        for (outcome, times) in outcomes.sorted(by: { $0.value > $1.value }) { print("  \(outcome): \(times)") }
        if bytesRead < 0 { print("") }
    }

    private static let seeds: [[UInt8]] = [
        #"{"schema":"transcript.v1","platform":"p","room_id":"r","session_id":"s","segment_id":7,"is_final":true,"start_ms":1,"end_ms":2,"text":"根治\u0000\ud83d\ude00","speaker":{"id":"u","role":"host","is_seller":true},"asr":{"engine":"e","confidence":0.9}}"#,
        #"{"schema":"listing.v1","platform":"p","room_id":"r","session_id":"s","listing_id":"l","action":"listed","time_ms":5,"title":"蜂蜜","price_cents":990,"attributes":{"材质":"棉"},"certificates":["SC1"],"seller":{"id":"i"}}"#,
    ].map { Array($0.utf8) }
    private static let tokens: [[UInt8]] = [
        "{", "}", "[", "]", ",", ":", "\"", "\\u0000", "\\ud83d", "\\", "null", "true", "1e999", "-0",
        "9223372036854775808",
        "\"text\":1,", "\"seller\":{},", "[[[[[[[[[[[[[[[[[[[[", "\u{FEFF}",
    ].map { Array($0.utf8) }

    private static func mutated(_ seed: UInt64) -> [UInt8] {
        var state = seed
        func next(_ bound: Int) -> Int {
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = state
            mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return Int((mixed ^ (mixed >> 31)) % UInt64(bound))
        }
        var bytes = seeds[next(seeds.count)]
        for _ in 0..<next(5) {
            let place = next(bytes.count + 1)
            switch next(6) {
            case 0 where place < bytes.count: bytes[place] = UInt8(next(256))
            case 1 where place < bytes.count: bytes[place] ^= 1 << UInt8(next(8))
            case 2: bytes.removeSubrange(place..<min(bytes.count, place + 1 + next(12)))
            case 3: bytes.insert(contentsOf: tokens[next(tokens.count)], at: place)
            case 4: bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + 24)], at: next(bytes.count + 1))
            default: bytes.insert(UInt8(next(256)), at: place)
            }
        }
        return bytes
    }
}
