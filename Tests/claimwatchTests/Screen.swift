import Foundation
import Testing

/// What a command shows, word for word, in a file of `Screens` that can be read as it stands.
///
/// `CLAIMWATCH_WRITE_SCREENS=1 swift test --filter claimwatchTests` writes the files anew; the difference is then there to
/// be read before it is committed.
enum Screen {
    static func expect(_ text: String, is name: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Screens/\(name)")
        let text = text.hasSuffix("\n") ? text : text + "\n"
        if ProcessInfo.processInfo.environment["CLAIMWATCH_WRITE_SCREENS"] != nil {
            try Data(text.utf8).write(to: file)
        }
        let expected = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
        #expect(
            text == expected, "the screen is not that of Tests/claimwatchTests/Screens/\(name)",
            sourceLocation: sourceLocation)
    }
}
