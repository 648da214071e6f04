import ClaimRules
import Foundation

/// The pack files of a folder: every `*.yaml` and `*.yml` in it, in byte order of their names.
///
/// Subfolders, hidden files and other names are skipped, so a README may lie beside the packs and a mounted
/// Kubernetes ConfigMap (with its `..data` links) reads as it should.
enum RulesFolder {
    /// Beyond this a file is refused unread.
    static let maxFileBytes = 16 << 20

    /// - Parameter path: A folder, or one pack file.
    static func read(_ path: String) throws(RulesFolderError) -> [PackFile] {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw RulesFolderError("no folder \(path): give the folder that holds the rule packs (*.yaml)")
        }
        guard isFolder.boolValue else { return [try readFile(path)] }
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: path)
        } catch {
            throw RulesFolderError("cannot list \(path): check that it may be read by this user")
        }
        let packs = names.filter { !$0.hasPrefix(".") && ($0.hasSuffix(".yaml") || $0.hasSuffix(".yml")) }
        guard !packs.isEmpty else {
            throw RulesFolderError("no rule packs in \(path): it holds no *.yaml or *.yml file")
        }
        let folder = path.hasSuffix("/") ? String(path.dropLast()) : path
        var files: [PackFile] = []
        for name in packs.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
            files.append(try readFile("\(folder)/\(name)"))
        }
        return files
    }

    private static func readFile(_ path: String) throws(RulesFolderError) -> PackFile {
        let data: Data
        do {
            data = try Data(contentsOf: URL(fileURLWithPath: path))
        } catch {
            throw RulesFolderError("cannot read \(path): check that it is a file and may be read by this user")
        }
        guard data.count <= maxFileBytes else {
            throw RulesFolderError("\(path) has \(data.count) bytes, more than \(maxFileBytes): split the pack")
        }
        return PackFile(path: path, bytes: Array(data))
    }
}

/// A rules folder that cannot be read at all.
struct RulesFolderError: Error, Equatable, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}
