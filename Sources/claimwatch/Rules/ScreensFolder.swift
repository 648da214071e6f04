import ArgumentParser
import ClaimRules
import ClaimScreen
import Foundation

/// The learned screens of folders: every `*.bin` file in each. A model's name stands in the file, whatever the file is called.
///
/// Packs may bring screens of their own, which lie beside them. What a site learned from its own reviews takes the place of a
/// model of the same name that came with the packs.
enum ScreensFolder {
    /// Models in one place at most: each may have 16 MiB.
    static let mostFiles = 64

    /// - Parameter paths: Folders, or files of single models.
    /// - Throws: Exit status 78 if one cannot be read, is no screen, or has the name of another in its place.
    static func read(_ paths: [String]) throws -> Screens {
        try usable { () throws(UnusableScreen) in try load(paths) }
    }

    /// These and those that lie beside packs: of one name these count, then those of the last folder.
    /// - Throws: As `read`.
    static func joining(_ screens: Screens, beside packs: [String]) throws -> Screens {
        try usable { () throws(UnusableScreen) in try join(screens, beside: packs) }
    }

    private static func usable(_ read: () throws(UnusableScreen) -> Screens) throws -> Screens {
        do throws(UnusableScreen) {
            return try read()
        } catch {
            throw failure(.badConfiguration, error.description)
        }
    }

    static func join(_ screens: Screens, beside packs: [String]) throws(UnusableScreen) -> Screens {
        var screens = screens
        for folder in packs.reversed() {
            let lying = try load(besidePacks(folder))
            for name in lying.names { screens.add(name, of: lying) }
        }
        return screens
    }

    static func load(_ paths: [String]) throws(UnusableScreen) -> Screens {
        var screens = Screens()
        var places: [String: String] = [:]
        for path in paths {
            for file in try files(path) {
                let model = try ScreenFile.load(file)
                guard screens.add(model) else {
                    let (name, first) = (DisplayText.printable(file), DisplayText.printable(places[model.name] ?? ""))
                    throw UnusableScreen(
                        "\(name) 和 \(first) 都叫 '\(model.name)'：删掉一个，或用 claimwatch learn --name 另起名字",
                        "\(name) and \(first) both hold a screen called '\(model.name)': delete one, or learn it again "
                            + "with another --name")
                }
                places[model.name] = file
            }
        }
        return screens
    }

    private static func files(_ path: String) throws(UnusableScreen) -> [String] {
        let name = DisplayText.printable(path)
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw UnusableScreen(
                "没有 \(name)：给出放筛子（*.bin）的文件夹", "there is no \(name): give the folder that holds the screens (*.bin)")
        }
        guard isFolder.boolValue else { return [path] }
        guard let all = try? FileManager.default.contentsOfDirectory(atPath: path) else {
            throw UnusableScreen(
                "列不出 \(name)：给这个用户读的权限（chmod u+rx）",
                "cannot list \(name): give this user the right to read it (chmod u+rx)")
        }
        let found = try models(among: all, in: path)
        guard !found.isEmpty else {
            throw UnusableScreen(
                "\(name) 里没有筛子（*.bin）：用 claimwatch learn 学一个，或去掉这一项",
                "there are no screens (*.bin) in \(name): learn one with `claimwatch learn`, or leave the folder out")
        }
        return found
    }

    /// The models in a folder of packs, if there are any. Whether the folder can be read is for the packs to say.
    private static func besidePacks(_ folder: String) throws(UnusableScreen) -> [String] {
        try models(among: (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [], in: folder)
    }

    private static func models(among names: [String], in folder: String) throws(UnusableScreen) -> [String] {
        let found = names.filter { !$0.hasPrefix(".") && $0.hasSuffix(".bin") }
        guard found.count <= mostFiles else {
            let name = DisplayText.printable(folder)
            throw UnusableScreen(
                "\(name) 里有 \(found.count) 个筛子，最多 \(mostFiles) 个：分出去，只留规则要问的",
                "\(name) holds \(found.count) screens, and \(mostFiles) are the most: keep those that rules ask")
        }
        return found.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
            .map { folder.hasSuffix("/") ? folder + $0 : "\(folder)/\($0)" }
    }
}

/// Where the screens are that rules ask.
struct ScreensOption: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            optionHelp(
                "规则 `screen:` 要问的模型（claimwatch learn 学出的 *.bin）所在的文件夹；可重复。"
                    + "规则包旁边的不用写，同名的以这里的为准。",
                "The folder with the models that rules ask with `screen:` (*.bin, from claimwatch learn); may be repeated. Models "
                    + "beside the packs need not be named; of equal names these count."),
            valueName: "folder"),
        completion: .directory)
    var screens: [String] = []

    /// - Throws: Exit status 78 if one cannot be read.
    func read() throws -> Screens { try ScreensFolder.read(screens) }
}
