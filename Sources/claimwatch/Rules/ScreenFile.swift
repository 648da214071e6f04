import ClaimRules
import ClaimScreen
import Foundation

/// A screen, or a folder of them, that cannot be used, and what to do about it.
struct UnusableScreen: Error, Equatable, CustomStringConvertible {
    private let wording: Wording
    init(_ chinese: String, _ english: String) { wording = Wording(chinese, english) }
    var english: String { wording.english }
    var description: String { wording.text(in: .current) }
}

/// Reads a screen that `claimwatch learn` wrote.
enum ScreenFile {
    /// - Throws: Exit status 78 if it cannot be read or is no screen.
    static func read(_ path: String) throws -> ScreenModel {
        do throws(UnusableScreen) {
            return try load(path)
        } catch {
            throw failure(.badConfiguration, error.description)
        }
    }

    static func load(_ path: String) throws(UnusableScreen) -> ScreenModel {
        let name = DisplayText.printable(path)
        guard let file = FileHandle(forReadingAtPath: path) else {
            throw UnusableScreen(
                "读不了 \(name)：看看文件在不在、这个用户能不能读",
                "cannot read \(name): look whether it is there and this user may read it")
        }
        defer { try? file.close() }
        guard let bytes = try? file.read(upToCount: ScreenModel.mostBytes + 1) ?? Data() else {
            throw UnusableScreen("读不了 \(name)：检查磁盘", "cannot read \(name): check the disk")
        }
        do throws(ScreenFileError) {
            return try ScreenModel(decoding: Array(bytes))
        } catch {
            throw UnusableScreen("\(name)：\(error)", "\(name): \(error)")
        }
    }
}
