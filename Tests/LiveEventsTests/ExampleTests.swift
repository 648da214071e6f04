import Foundation
import LiveEvents
import Testing

/// The examples in schemas/, which an independent validator reads too (scripts/check-schemas).
private let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../schemas/examples").standardizedFileURL

private func names(in folder: URL, _ kinds: String...) -> [String] {
    let all = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return all.filter { name in kinds.contains { name.hasPrefix($0 + "-") } }.sorted()
}
private func bytes(of name: String) throws -> [UInt8] { Array(try Data(contentsOf: folder.appending(path: name))) }

@Suite struct `Schema examples` {
    @Test func `are there`() {
        #expect(names(in: folder, "transcript", "listing").count >= 6)
        #expect(names(in: folder.appending(path: "invalid"), "transcript", "listing").count >= 12)
        #expect(names(in: folder, "alert", "deadletter").count >= 4)
    }

    @Test(arguments: names(in: folder, "transcript", "listing")) func `decode`(name: String) throws {
        let bytes = try bytes(of: name)
        let decoder = EventDecoder()
        try bytes.withUnsafeBufferPointer { _ = try decoder.decode($0) }
    }

    @Test(arguments: names(in: folder.appending(path: "invalid"), "transcript", "listing")) func `are refused`(
        name: String
    ) throws {
        let bytes = try bytes(of: "invalid/\(name)")
        let decoder = EventDecoder()
        #expect(throws: DecodingError.self) { try bytes.withUnsafeBufferPointer { _ = try decoder.decode($0) } }
    }

    @Test(arguments: names(in: folder, "alert", "deadletter")) func `of what we publish are read back`(name: String)
        throws
    {
        try bytes(of: name).withUnsafeBufferPointer {
            if name.hasPrefix("alert-") { _ = try Alert(decoding: $0) } else { _ = try DeadLetter(decoding: $0) }
        }
    }
}
