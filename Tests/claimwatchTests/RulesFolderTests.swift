import ClaimRules
import Foundation
import Testing

@testable import claimwatch

@Suite struct `Rules folder` {
    @Test func `reads packs in order of their names and leaves the rest`() throws {
        let folder = try TemporaryFolder()
        for name in ["b.yaml", "a.yml", "C.YAML", ".hidden.yaml", "README.md"] { try folder.write(name, name) }
        try folder.make("sub")
        #expect(
            try RulesFolder.read(folder.path + "/").map { String($0.path.dropFirst(folder.path.count)) }
                == ["/C.YAML", "/a.yml", "/b.yaml"])
        #expect(try RulesFolder.read(folder.path + "/b.yaml").map(\.bytes) == [Array("b.yaml".utf8)])
    }

    @Test func `reads lexicons beside the packs and in a subfolder of theirs`() throws {
        let folder = try TemporaryFolder()
        try folder.make("lexicon")
        try folder.make("lexicon/lexicon")
        for name in ["b.yaml", "lexicon/c.yaml", "lexicon/.d.yaml", "lexicon/lexicon/e.yaml", "z.yaml"] {
            try folder.write(name, name)
        }
        #expect(
            try RulesFolder.read(folder.path).map { String($0.path.dropFirst(folder.path.count)) }
                == ["/b.yaml", "/lexicon/c.yaml", "/z.yaml"])
    }

    @Test func `reads one byte more than a pack may have, so that the loader refuses it`() throws {
        let folder = try TemporaryFolder()
        try folder.write("a.yaml", String(repeating: "#", count: 20 << 20))
        let files = try RulesFolder.read(folder.path)
        #expect(files.map(\.bytes.count) == [(4 << 20) + 1])
        #expect(
            RulePackLoader.load(files).problems.map(\.message)
                == ["the file is larger than 4 MiB. Split it into several packs."])
    }

    enum Content: Sendable {
        case nothing, folder(String), pipe(String), link(String, to: String)

        func put(into folder: TemporaryFolder) throws {
            switch self {
            case .nothing: break
            case .folder(let name): try folder.make(name)
            case .pipe(let name): folder.pipe(name)
            case .link(let name, let target): try folder.link(name, to: target)
            }
        }
    }

    @Test(
        arguments: [
            // What stands in the folder, what of it is given, what the message must say.
            (.nothing, "", "no rule packs in"), (.nothing, "/nothing", "there is no folder"),
            (.link("a.yaml", to: "nowhere"), "", "symbolic link leads nowhere"),
            (.link("a.yaml", to: "a.yaml"), "", "round in a circle"),
            (.link("loop", to: "loop"), "/loop", "in a circle"), (.link("lexicon", to: "lexicon"), "", "in a circle"),
            (.folder("a.yaml"), "", "is no file"), (.pipe("a.yaml"), "", "is no file"),
            (.pipe("p"), "/p", "neither a folder nor a file"),
        ] as [(Content, String, String)])
    func `says what is wrong`(content: Content, given: String, words: String) throws {
        let folder = try TemporaryFolder()
        try content.put(into: folder)
        let error = #expect(throws: RulesFolderError.self) { try RulesFolder.read(folder.path + given) }
        #expect(error?.description.contains(words) == true, "\(String(describing: error))")
    }
}
