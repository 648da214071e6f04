import ClaimRules
import ClaimScreen
import Foundation
import Testing

@testable import claimwatch

private func model(_ name: String, learning confirmed: String = "断根") -> [UInt8] {
    var texts = LabelledTexts(bits: 10)
    for (text, isConfirmed) in [(confirmed, true), ("发货", false)] {
        var text = text
        text.withUTF8 { texts.add($0, isConfirmed: isConfirmed) }
    }
    return ScreenModel.learn(name: name, from: texts).encoded()
}

extension TemporaryFolder {
    fileprivate func write(_ name: String, _ bytes: [UInt8]) throws {
        try Data(bytes).write(to: URL(fileURLWithPath: "\(path)/\(name)"))
    }
}

@Suite struct `Folders of screens` {
    @Test func `give each model by the name in its file`() throws {
        let (one, two) = (try TemporaryFolder(), try TemporaryFolder())
        try one.write("a.bin", model("health-live"))
        try one.write("a.json", "{}")
        try one.write(".hidden.bin", "no model")
        try two.write("b.bin", model("price"))
        #expect(try ScreensFolder.load([one.path, two.path + "/"]).names == ["health-live", "price"])
        #expect(try ScreensFolder.load([two.path + "/b.bin"]).names == ["price"])
        #expect(try ScreensFolder.load([]).names == [])
    }

    @Test func `lie beside packs, too, where the site's own of the same name counts`() throws {
        let (packs, site, own) = (try TemporaryFolder(), try TemporaryFolder(), try TemporaryFolder())
        try packs.write("talk.bin", model("talk", learning: "祛湿"))
        try packs.write("health.bin", model("health"))
        try own.write("mine.bin", model("talk", learning: "断根"))
        func score(_ screens: Screens) -> Double { screens["talk"]?.score("祛湿") ?? -1 }
        let shipped = try ScreensFolder.join(Screens(), beside: [packs.path, site.path])
        #expect(shipped.names == ["health", "talk"])
        #expect(score(shipped) > 0.5)
        #expect(score(try ScreensFolder.join(ScreensFolder.load([own.path]), beside: [packs.path])) < score(shipped))
        try site.write("talk.bin", model("talk", learning: "断根"))
        #expect(score(try ScreensFolder.join(Screens(), beside: [packs.path, site.path])) < score(shipped))
        #expect(try ScreensFolder.join(Screens(), beside: [own.path + "/nowhere"]).names == [])
    }

    enum Fault: CaseIterable { case clash, damaged, foreign, empty, missing }

    @Test(arguments: Fault.allCases)
    func `are refused as a whole, with what to do, where one cannot be used`(fault: Fault) throws {
        let folder = try TemporaryFolder()
        var path = folder.path
        switch fault {
        case .clash:
            try folder.write("a.bin", model("m"))
            try folder.write("b.bin", model("m"))
        case .damaged:
            var bytes = model("m")
            bytes[bytes.count / 2] ^= 1
            try folder.write("a.bin", bytes)
        case .foreign: try folder.write("a.bin", "PK")
        case .empty: break
        case .missing: path += "/nowhere"
        }
        let wanted =
            switch fault {
            case .clash: "both hold a screen called 'm': delete one"
            case .damaged: "damaged or cut: copy it again"
            case .foreign: "is no screen: give a file that 'claimwatch learn' wrote"
            case .empty: "no screens (*.bin) in"
            case .missing: "there is no"
            }
        let error = try #require(throws: UnusableScreen.self) { try ScreensFolder.load([path]) }
        #expect(error.english.contains(wanted), "\(error.english)")
    }
}
