import CTermScan
import ChineseText
import Testing

@testable import TermMatching

/// The prefilter must never report a false negative: what it drops is never looked at again.
@Suite struct PrefilterTests {
    static let terms = [
        "国家级", "根治", "糖尿病", "最好", "第一", "kg", "vx", "减肥药", "100%", "头发", "学习机", "万能药水", "a1", "治愈率高",
    ]

    /// The code points of the basic plane that fold to each scalar, itself first.
    private static let spellings: [UInt32: [UInt32]] = {
        var spellings: [UInt32: [UInt32]] = [:]
        FoldingTable.shared.forEachFolded { codePoint, folding in
            guard codePoint < 0x10000, case .one(let scalar) = folding else { return }
            spellings[scalar, default: [scalar]].append(codePoint)
        }
        return spellings
    }()

    /// Every way to write a term with other spellings of its last three characters, up to a limit.
    private static func writings(of term: String) -> [String] {
        let scalars = FoldedText(term).text.unicodeScalars.map(\.value)
        var written: [[UInt32]] = [Array(scalars.dropLast(3))]
        for scalar in scalars.suffix(3) {
            let ways = spellings[scalar] ?? [scalar]
            written = written.flatMap { before in ways.map { before + [$0] } }
        }
        return written.prefix(20_000).map { String(String.UnicodeScalarView($0.compactMap(Unicode.Scalar.init))) }
    }

    @Test(arguments: terms, [false, true])
    func `every spelling of a term passes it`(_ term: String, isLarge: Bool) throws {
        let index = try TermIndex(Self.terms.map { Term($0) }, kernel: .best, isLarge: isLarge)
        for writing in Self.writings(of: term) {
            // Behind enough of other characters for the text to be brief, and not.
            for before in [0, 7, 120] {
                let text = Array((String(repeating: "的", count: before) + writing).utf8)
                for kernel in ScanKernel.available where kernel != .general {
                    let passes = text.withUnsafeBufferPointer { Self.lastPasses($0, index, kernel) }
                    #expect(passes, "\(writing) for \(term) behind \(before) characters, read by \(kernel)")
                }
            }
        }
    }

    /// Whether the last symbol of a text is a candidate, or the text is one for the general reader, which asks no filter.
    private static func lastPasses(_ bytes: UnsafeBufferPointer<UInt8>, _ index: TermIndex, _ kernel: ScanKernel)
        -> Bool
    {
        var text = DecodedText()
        let reader = TermIndex(index, kernel: kernel)
        guard reader.readPacked(bytes, &text) else { return true }
        var memory = text.kernelText
        let candidates = reader.narrow(&memory, 0, text.count, text.count, text)
        return (0..<candidates).contains { text.candidates[$0] == UInt32(text.count - 1) }
    }
}
