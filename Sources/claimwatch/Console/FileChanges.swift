import ClaimRules
import Foundation

/// Changes of rule files: shown as a difference of lines, written in place.
struct FileChanges {
    private(set) var changes: [(old: PackFile, new: PackFile)] = []

    /// A file that stays as it is changes nothing.
    mutating func add(_ old: PackFile, _ new: PackFile) {
        if old.bytes != new.bytes { changes.append((old, new)) }
    }

    /// Every change, with a line before and behind it, as `diff -u` shows them.
    func lines() -> [StyledLine] {
        changes.flatMap { old, new in
            [
                StyledLine("--- \(DisplayText.printable(old.path))", .bold),
                StyledLine("+++ \(DisplayText.printable(new.path))", .bold),
            ] + LineDifference(Self.lines(old), Self.lines(new)).hunks(context: 1)
        }
    }

    private static func lines(_ file: PackFile) -> [String] {
        String(decoding: file.bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false).map(
            String.init)
    }

    /// Replaces the files whole, each in one step, so that nobody reads half of one.
    /// - Throws: Exit status 74 if a file cannot be written; those before it are.
    func write() throws {
        for (_, new) in changes {
            let url = URL(filePath: new.path).resolvingSymlinksInPath()
            do {
                let mode = try? FileManager.default.attributesOfItem(atPath: url.path)[.posixPermissions]
                try Data(new.bytes).write(to: url, options: .atomic)
                if let mode {
                    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: url.path)
                }
            } catch {
                let path = DisplayText.printable(new.path)
                throw failure(
                    .outputFailed,
                    said(
                        "写不了 \(path)：\(error.localizedDescription)",
                        "cannot write \(path): \(error.localizedDescription)"))
            }
        }
    }
}

/// Two lists of lines side by side.
struct LineDifference {
    private enum Line: Equatable {
        case same(String)
        case removed(String)
        case added(String)
    }
    private var lines: [Line] = []

    init(_ old: [String], _ new: [String]) {
        var (removed, added): (Set<Int>, Set<Int>) = ([], [])
        for change in new.difference(from: old) {
            switch change {
            case .remove(let offset, _, _): removed.insert(offset)
            case .insert(let offset, _, _): added.insert(offset)
            }
        }
        var (before, after) = (0, 0)
        while before < old.count || after < new.count {
            if removed.contains(before) {
                lines.append(.removed(old[before]))
                before += 1
            } else if added.contains(after) {
                lines.append(.added(new[after]))
                after += 1
            } else {
                lines.append(.same(old[before]))
                (before, after) = (before + 1, after + 1)
            }
        }
    }

    /// The changed lines with so many of the others around them; `@@ 12 @@` before each stretch names its first line in the
    /// old list.
    func hunks(context: Int) -> [StyledLine] {
        var shown = [Bool](repeating: false, count: lines.count)
        for (index, line) in lines.enumerated() {
            if case .same = line { continue }
            for near in max(0, index - context)...min(lines.count - 1, index + context) { shown[near] = true }
        }
        var result: [StyledLine] = []
        var number = 1
        for (index, line) in lines.enumerated() {
            if shown[index], index == 0 || !shown[index - 1] { result.append(StyledLine("@@ \(number) @@", .cyan)) }
            switch line {
            case .same(let text):
                if shown[index] { result.append(StyledLine(" \(DisplayText.printable(text))", .dim)) }
                number += 1
            case .removed(let text):
                result.append(StyledLine("-\(DisplayText.printable(text))", .boldRed))
                number += 1
            case .added(let text): result.append(StyledLine("+\(DisplayText.printable(text))", .bold))
            }
        }
        return result
    }
}
