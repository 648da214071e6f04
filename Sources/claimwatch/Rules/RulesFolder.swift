import ClaimRules
import Foundation

/// The pack files of a folder: every `*.yaml` and `*.yml` in it, in byte order of their names.
///
/// Subfolders, hidden files and other names are skipped, so a README may lie beside the packs and a mounted
/// Kubernetes ConfigMap (with its `..data` links) reads as it should.
enum RulesFolder {
    /// - Parameter path: A folder, or one pack file.
    static func read(_ path: String) throws(RulesFolderError) -> [PackFile] {
        switch try kind(path) {
        case .folder: break
        case .file: return [try readFile(path)]
        case .other:
            throw RulesFolderError("\(path) is neither a folder nor a file: give the folder with the rule packs")
        }
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: path)
        } catch {
            throw RulesFolderError("cannot list \(path): give this user the right to read it (chmod u+rx)")
        }
        let packs = names.filter { name in
            !name.hasPrefix(".") && [".yaml", ".yml"].contains(where: name.lowercased().hasSuffix)
        }
        guard !packs.isEmpty else {
            throw RulesFolderError(
                "no rule packs in \(path): it holds no *.yaml or *.yml file (subfolders are not searched)")
        }
        let folder = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
        var files: [PackFile] = []
        for name in packs.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
            files.append(try readFile("\(folder)/\(name)"))
        }
        return files
    }

    private enum Kind { case folder, file, other }

    private static func kind(_ path: String) throws(RulesFolderError) -> Kind {
        var status = stat()
        guard stat(path, &status) == 0 else {
            switch errno {
            case ENOENT, ENOTDIR:
                throw RulesFolderError("there is no folder \(path): give the folder that holds the rule packs (*.yaml)")
            case let code: throw refusal(path, code)
            }
        }
        return kind(status)
    }

    private static func kind(_ status: stat) -> Kind {
        switch status.st_mode & S_IFMT {
        case S_IFDIR: .folder
        case S_IFREG: .file
        default: .other
        }
    }

    /// At most one byte more than a pack may have: the loader then says that it is too large, whatever its size.
    private static func readFile(_ path: String) throws(RulesFolderError) -> PackFile {
        // Not to wait for a writer if it is a pipe.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw refusal(path, errno) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw refusal(path, errno) }
        guard kind(status) == .file else {
            throw RulesFolderError("\(path) is no file: rename it or take it out of the folder with the rule packs")
        }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 64 << 10)
        while bytes.count <= PackLimits.fileBytes {
            let count = Foundation.read(descriptor, &chunk, min(chunk.count, PackLimits.fileBytes + 1 - bytes.count))
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw refusal(path, errno) }
            guard count > 0 else { break }
            bytes += chunk[..<count]
        }
        return PackFile(path: path, bytes: bytes)
    }

    private static func refusal(_ path: String, _ code: Int32) -> RulesFolderError {
        let advice =
            switch code {
            case EACCES, EPERM: "give this user the right to read it (chmod u+r)"
            case ELOOP: "its symbolic links lead round in a circle; point them to the file"
            case ENOENT: "its symbolic link leads nowhere; point it to the file, or delete it"
            default: "check the disk"
            }
        return RulesFolderError("cannot read \(path): \(PosixError(code: code)): \(advice)")
    }
}

/// A rules folder that cannot be read at all.
struct RulesFolderError: Error, Equatable, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}
