import Foundation
import LiveEvents
import Testing

/// The examples in schemas/, which an independent validator reads too (scripts/check-schemas).
private let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../schemas/examples").standardizedFileURL

private func names(in folder: URL) -> [String] {
    let all = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return all.filter { $0.hasPrefix("transcript-") || $0.hasPrefix("listing-") }.sorted()
}

@Suite struct `Schema examples` {
    @Test func `are there`() {
        #expect(names(in: folder).count >= 6)
        #expect(names(in: folder.appending(path: "invalid")).count >= 12)
    }

    @Test(arguments: names(in: folder)) func `decode`(name: String) throws {
        let bytes = Array(try Data(contentsOf: folder.appending(path: name)))
        let decoder = EventDecoder()
        try bytes.withUnsafeBufferPointer { _ = try decoder.decode($0) }
    }

    @Test(arguments: names(in: folder.appending(path: "invalid"))) func `are refused`(name: String) throws {
        let bytes = Array(try Data(contentsOf: folder.appending(path: "invalid/\(name)")))
        let decoder = EventDecoder()
        #expect(throws: DecodingError.self) { try bytes.withUnsafeBufferPointer { _ = try decoder.decode($0) } }
    }
}
