import ClaimRules
import Foundation

/// The pack files of a folder: every `*.yaml` and `*.yml` in it and in its subfolder `lexicon`, in byte order of their
/// paths.
///
/// Other subfolders, hidden files and other names are skipped, so a README may lie beside the packs and a mounted
/// Kubernetes ConfigMap (with its `..data` links) reads as it should. A ConfigMap has no subfolders: there lexicons lie
/// beside the packs.
enum RulesFolder {
    static let lexicons = Key.lexicon.rawValue

    /// - Parameter path: A folder, or one pack file.
    static func read(_ path: String) throws(RulesFolderError) -> [PackFile] {
        switch try kind(path) {
        case .folder: break
        case .file: return [try readFile(path)]
        case .other:
            throw RulesFolderError(
                "\(path) 既不是文件夹也不是文件：给出放规则包的文件夹",
                "\(path) is neither a folder nor a file: give the folder with the rule packs")
        }
        let folder = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
        var names = try packNames(in: folder)
        let shared = "\(folder)/\(lexicons)"
        if try hasFolder(shared) { names += try packNames(in: shared).map { "\(lexicons)/\($0)" } }
        guard !names.isEmpty else {
            throw RulesFolderError(
                "\(path) 里没有规则包：没有 *.yaml 或 *.yml 文件（子文件夹只看 \(lexicons)）",
                "no rule packs in \(path): it holds no *.yaml or *.yml file "
                    + "(of its subfolders only \(lexicons) is searched)")
        }
        var files: [PackFile] = []
        for name in names.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
            files.append(try readFile("\(folder)/\(name)"))
        }
        return files
    }

    private static func packNames(in folder: String) throws(RulesFolderError) -> [String] {
        do {
            return try FileManager.default.contentsOfDirectory(atPath: folder).filter { name in
                !name.hasPrefix(".") && [".yaml", ".yml"].contains(where: name.lowercased().hasSuffix)
            }
        } catch {
            throw RulesFolderError(
                "列不出 \(folder)：给这个用户读的权限（chmod u+rx）",
                "cannot list \(folder): give this user the right to read it (chmod u+rx)")
        }
    }

    /// No such folder is no error: few have lexicons.
    private static func hasFolder(_ path: String) throws(RulesFolderError) -> Bool {
        var status = stat()
        guard stat(path, &status) == 0 else {
            switch errno {
            case ENOENT: return false
            case let code: throw refusal(path, code)
            }
        }
        return kind(status) == .folder
    }

    private enum Kind { case folder, file, other }

    private static func kind(_ path: String) throws(RulesFolderError) -> Kind {
        var status = stat()
        guard stat(path, &status) == 0 else {
            switch errno {
            case ENOENT, ENOTDIR:
                throw RulesFolderError(
                    "没有文件夹 \(path)：给出放规则包（*.yaml）的文件夹",
                    "there is no folder \(path): give the folder that holds the rule packs (*.yaml)")
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
            throw RulesFolderError(
                "\(path) 不是文件：改名，或从规则包的文件夹里拿走",
                "\(path) is no file: rename it or take it out of the folder with the rule packs")
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
            case EACCES, EPERM: Wording("给这个用户读的权限（chmod u+r）", "give this user the right to read it (chmod u+r)")
            case ELOOP:
                Wording("它的符号链接绕成了圈，改成指向文件", "its symbolic links lead round in a circle; point them to the file")
            case ENOENT:
                Wording("它的符号链接指向不存在的文件：改好，或删掉它", "its symbolic link leads nowhere; point it to the file, or delete it")
            default: Wording("检查磁盘", "check the disk")
            }
        let reason = PosixError(code: code)
        return RulesFolderError(
            "读不了 \(path)（\(reason)）：\(advice.chinese)", "cannot read \(path): \(reason): \(advice.english)")
    }
}

/// A rules folder that cannot be read at all.
struct RulesFolderError: Error, Equatable, CustomStringConvertible {
    private let wording: Wording
    init(_ chinese: String, _ english: String) { wording = Wording(chinese, english) }
    var description: String { wording.text(in: .current) }
}
