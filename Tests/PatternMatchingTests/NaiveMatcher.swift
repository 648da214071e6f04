import PatternMatching
import Testing

/// Finds terms by trying every one at every place, straight from the definition of a match.
enum NaiveMatcher {
    static func scan(_ bytes: [UInt8], _ terms: [String]) -> [TermMatch] {
        let text = bytes.withUnsafeBufferPointer { FoldedText(utf8: $0) }.symbols
        let folded = terms.map { FoldedText($0).symbols.map(\.scalar) }
        var matches: [TermMatch] = []
        for (index, term) in folded.enumerated() {
            for start in text.indices where text[start].isFirst && start + term.count <= text.count {
                let part = text[start..<start + term.count]
                guard part.last!.isLast, part.map(\.scalar) == term else { continue }
                matches.append(
                    TermMatch(
                        term: Int32(index), start: Int32(part.first!.raw.lowerBound),
                        end: Int32(part.last!.raw.upperBound)))
            }
        }
        return matches.sorted { ($0.end, $0.start, $0.term) < ($1.end, $1.start, $1.term) }
    }
}

/// The same terms behind each kernel that this machine can run.
struct EveryKernel {
    let indexes: [(kernel: ScanKernel, index: TermIndex)]

    init(_ terms: [String]) throws {
        indexes = try ScanKernel.available.map { ($0, try TermIndex(terms, kernel: $0)) }
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
