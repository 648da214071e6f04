import TermMatching
import Testing

/// The same terms behind each kernel that this machine can run, filtered as a small set and as a large one.
struct EveryKernel {
    let indexes: [(kernel: ScanKernel, index: TermIndex)]

    init(_ terms: [String]) throws {
        indexes = try [false, true].flatMap { isLarge in
            let index = try TermIndex(terms, kernel: .best, isLarge: isLarge)
            return ScanKernel.available.map { ($0, TermIndex(index, kernel: $0)) }
        }
    }

    /// What all kernels find. They must agree.
    func matches(in bytes: [UInt8], with buffer: inout MatchBuffer) -> [TermMatch] {
        var first: [TermMatch]?
        for (kernel, index) in indexes {
            let found = index.matches(in: bytes, with: &buffer)
            if let first, first != found {
                Issue.record("\(kernel) finds \(found), \(indexes[0].kernel) finds \(first) in \(bytes)")
            }
            first = first ?? found
        }
        return first ?? []
    }

    func matches(in bytes: [UInt8]) -> [TermMatch] {
        var buffer = MatchBuffer(capacity: 16)
        return matches(in: bytes, with: &buffer)
    }
}

extension TermIndex {
    func matches(in bytes: [UInt8], with buffer: inout MatchBuffer) -> [TermMatch] {
        buffer.removeAll()
        bytes.withUnsafeBufferPointer { scan($0, into: &buffer) }
        return (0..<buffer.count).map { buffer[$0] }
    }
}
