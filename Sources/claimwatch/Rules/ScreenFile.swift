import ClaimScreen
import Foundation

/// Reads a screen that `claimwatch learn` wrote.
enum ScreenFile {
    /// - Throws: Exit status 78 if it cannot be read or is no screen.
    static func read(_ path: String) throws -> ScreenModel {
        let name = DisplayText.printable(path)
        guard let file = FileHandle(forReadingAtPath: path) else {
            throw failure(
                .badConfiguration,
                said(
                    "读不了 \(name)：看看文件在不在、这个用户能不能读",
                    "cannot read \(name): look whether it is there and this user may read it"))
        }
        defer { try? file.close() }
        do {
            let bytes = try file.read(upToCount: ScreenModel.mostBytes + 1) ?? Data()
            return try ScreenModel(decoding: Array(bytes))
        } catch let error as ScreenFileError {
            throw failure(.badConfiguration, "\(name): \(error)")
        } catch {
            throw failure(.badConfiguration, said("读不了 \(name)", "cannot read \(name)"))
        }
    }
}
