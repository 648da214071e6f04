import TermMatching

extension SegmentedScan {
    /// What a new scan finds in `bytes` cut at `cuts`, placed in the whole text.
    static func matches(
        in bytes: [UInt8], cutAt cuts: [Int], _ index: TermIndex, _ buffer: inout MatchBuffer
    ) -> [TermMatch] {
        var scan = SegmentedScan(index)
        return scan.matches(in: bytes, cutAt: cuts, &buffer)
    }

    mutating func matches(in bytes: [UInt8], cutAt cuts: [Int], _ buffer: inout MatchBuffer) -> [TermMatch] {
        restart()
        var found: [TermMatch] = []
        var start = 0
        bytes.withUnsafeBufferPointer { bytes in
            for end in cuts + [bytes.count] {
                let before = Int32(byteCount)
                buffer.removeAll()
                scan(UnsafeBufferPointer(rebasing: bytes[start..<end]), into: &buffer)
                for number in 0..<buffer.count {
                    var match = buffer[number]
                    match.start += before
                    match.end += before
                    found.append(match)
                }
                start = end
            }
        }
        return found
    }
}
