import ClaimRules
import Foundation
import Testing

/// The packs of `deploy/rules` as they are read.
enum ShippedPacks {
    static let loaded: LoadedPacks = {
        let folder = URL(filePath: #filePath).appending(path: "../../../deploy/rules").standardized
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        let files = names.filter { $0.hasSuffix(".yaml") }.compactMap { name in
            FileManager.default.contents(atPath: folder.appending(path: name).path).map {
                PackFile(path: name, bytes: Array($0))
            }
        }
        // Nothing is compiled where one file has an error: that takes longest, and what is read is known without.
        return RulePackLoader.load(files + [PackFile(path: broken, bytes: Array("pack: [".utf8))])
    }()
    static let broken = "no-pack.yaml"
}

@Suite struct `The shipped packs` {
    /// Every command tells warnings of every pack, so each one stands in the way of what a site has to see of its own.
    @Test func `are read without an error or a warning`() {
        #expect(ShippedPacks.loaded.rules.count > 150)
        let told = ShippedPacks.loaded.problems.filter { $0.location.file != ShippedPacks.broken }
        #expect(told.map { $0.description(in: .english) } == [])
    }
}
