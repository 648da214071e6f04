import ChineseText
import Foundation

/// Two questions to `NumberReader`:
///
///     numbers speed [FILE]   how many MB/s of FILE (or standard input), beside a plain scan of the same bytes
///     numbers read           each line of standard input: its mentions, as `start end low high`, tab-separated
@main
enum Numbers {
    static func main() {
        switch CommandLine.arguments.dropFirst().first {
        case "speed": measure(readAll())
        case "read": echo(readAll())
        default:
            print("usage: numbers speed [FILE] | numbers read < LINES")
            exit(64)
        }
    }

    private static func readAll() -> [UInt8] {
        guard CommandLine.arguments.count > 2 else { return Array(FileHandle.standardInput.readDataToEndOfFile()) }
        guard let data = FileManager.default.contents(atPath: CommandLine.arguments[2]) else {
            print("\(CommandLine.arguments[2]) cannot be read: name a text file")
            exit(66)
        }
        return Array(data)
    }

    private static func echo(_ bytes: [UInt8]) {
        var buffer = NumberBuffer()
        for line in bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
            buffer.removeAll()
            line.withUnsafeBufferPointer { NumberReader.read($0, into: &buffer) }
            let mentions = (0..<buffer.count).map { index in
                let mention = buffer[index]
                return
                    "\(mention.start) \(mention.end) \(mention.low?.description ?? "?") \(mention.high?.description ?? "?")"
            }
            print(mentions.joined(separator: "\t"))
        }
    }

    /// The best of nine rounds each, in turn, so that a busy machine slows both alike.
    private static func measure(_ bytes: [UInt8]) {
        let lines = bytes.split(separator: 0x0A)
        var buffer = NumberBuffer(capacity: 4096)
        var best = (reading: Double.infinity, scanning: Double.infinity, checking: Double.infinity)
        var count = 0
        var sum = 0
        let clock = ContinuousClock()
        func seconds(_ work: () -> Void) -> Double {
            let time = clock.measure(work).components
            return Double(time.seconds) + Double(time.attoseconds) * 1e-18
        }
        for _ in 0..<9 {
            count = 0
            let reading = seconds {
                for line in lines {
                    buffer.removeAll()
                    line.withUnsafeBufferPointer { NumberReader.read($0, into: &buffer) }
                    count += buffer.count
                }
            }
            // Byte by byte, as a loop that looks for one value.
            let scanning = seconds {
                for line in lines { for byte in line where byte == 0x07 { sum += 1 } }
            }
            let checking = seconds {
                bytes.withUnsafeBytes { if memchr($0.baseAddress!, 0x07, $0.count) != nil { sum += 1 } }
            }
            best = (min(best.reading, reading), min(best.scanning, scanning), min(best.checking, checking))
        }
        func rate(_ seconds: Double) -> String { String(format: "%8.0f MB/s", Double(bytes.count) / seconds / 1e6) }
        print("\(lines.count) texts, \(bytes.count) bytes, \(count) numbers, \(sum) bytes 07")
        print("reading numbers  \(rate(best.reading))")
        print(
            "byte loop        \(rate(best.scanning))   \(String(format: "%.1f", best.reading / best.scanning)) times as fast"
        )
        print(
            "memchr           \(rate(best.checking))   \(String(format: "%.0f", best.reading / best.checking)) times as fast"
        )
    }
}
