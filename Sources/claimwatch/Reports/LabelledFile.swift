import ClaimRules
import Foundation
import LiveEvents
import RuleTesting

/// The lines of a file of labelled texts, one at a time.
///
/// ```
///     label<TAB>text
///     label<TAB>group[:kind[:category]]<TAB>text
///     label<TAB>group[:kind]<TAB>category<TAB>text     between category and text more columns may stand; they are not read
///     {"schema": "review.v1", …}                       what a reviewing desk exports: the decision is the label
///     {"id": …, "segments": […], "truth": […]}         a whole room with ground truth
/// ```
/// A kind `listing` makes the text the title of a listing; a category is a path such as 食品/蜂蜜. Other kinds, and what
/// should be a category and has nothing but ASCII, are notes of whoever wrote the file.
///
/// Blank lines are skipped, and so is a first line that names its columns. Memory stays bounded however large the file or a
/// line of it is.
struct LabelledFile: ~Copyable {
    /// What came of a line.
    enum Line {
        case labelled(LabelledLine)
        case room(number: Int, LabelledRoom)
        /// It cannot be used: why, and what to do.
        case wrong(number: Int, reason: String)
    }

    /// UTF-8 bytes of a line: a room of some thousand segments, or one text of 64 KiB.
    static let maxLineBytes = 1 << 20
    /// A label is a word; what is longer is a text in the wrong column.
    static let maxLabelBytes = 64
    private static let headings: Set = ["label", "labels", "标签", "标注"]
    /// How files begin that are not text yet: xz, gzip, zstd, UTF-16.
    private static let disguises: [(start: [UInt8], advice: @Sendable (String) -> String)] = [
        ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], { unpack("xz", "xz -dc", $0) }),
        ([0x1F, 0x8B], { unpack("gzip", "gzip -dc", $0) }),
        ([0x28, 0xB5, 0x2F, 0xFD], { unpack("zstd", "zstd -dc", $0) }),
        ([0xFF, 0xFE], { utf16($0) }), ([0xFE, 0xFF], { utf16($0) }),
    ]

    private let reader: LineReader
    private let path: String
    /// Every line is a text, and this is its label.
    private let onlyLabel: String?

    /// - Parameter path: "-" is standard input.
    init(path: String, onlyLabel: String? = nil) throws(PosixError) {
        (self.path, self.onlyLabel) = (path, onlyLabel)
        reader = try LineReader(path: path, maxLineBytes: Self.maxLineBytes)
    }

    /// The next line that is not blank; nil at the end.
    /// - Throws: `LabelledFileError` for a file that is no text, `PosixError` if it cannot be read.
    func next() throws -> Line? {
        while let line = try reader.next() {
            let number = reader.number
            guard case .bytes(var bytes) = line else {
                return .wrong(
                    number: number,
                    reason: said(
                        "超过 \(Self.maxLineBytes) 字节，跳过。把它分成几行。",
                        "longer than \(Self.maxLineBytes) bytes: skipped. Cut it into lines."))
            }
            if number == 1 {
                if let disguise = Self.disguises.first(where: { bytes.starts(with: $0.start) }) {
                    throw LabelledFileError(description: disguise.advice(path))
                }
                if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes = .init(rebasing: bytes.dropFirst(3)) }
            }
            if bytes.last == 0x0D { bytes = .init(rebasing: bytes.dropLast()) }
            if bytes.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) { continue }
            guard let text = String(validating: bytes, as: UTF8.self) else {
                return .wrong(
                    number: number,
                    reason: said(
                        "不是 UTF-8。用 iconv -f GB18030 -t UTF-8 转换整个文件。",
                        "not UTF-8. Convert the file: iconv -f GB18030 -t UTF-8."))
            }
            if let line = labelled(text, number) { return line }
        }
        return nil
    }

    /// nil for the heading of the file.
    private func labelled(_ line: String, _ number: Int) -> Line? {
        if let onlyLabel { return .labelled(LabelledLine(number: number, label: onlyLabel, text: line)) }
        if line.utf8.first == UInt8(ascii: "{") { return Self.room(line, number) ?? Review.labelled(line, number) }
        let utf8 = line.utf8
        guard let first = utf8.firstIndex(of: 0x09), let last = utf8.lastIndex(of: 0x09) else {
            return .wrong(
                number: number,
                reason: said(
                    "没有制表符：每行要写 标签<TAB>文本。没有标签的文件，用 claimwatch evaluate --label 量。",
                    "no tab: write label<TAB>text. A file without labels is for claimwatch evaluate --label."))
        }
        let label = line[..<first].trimmingCharacters(in: .whitespaces)
        let text = line[line.index(after: last)...].trimmingCharacters(in: .whitespaces)
        if number == 1, Self.headings.contains(label.lowercased()) { return nil }
        guard !label.isEmpty, label.utf8.count <= Self.maxLabelBytes else {
            return .wrong(
                number: number,
                reason: label.isEmpty
                    ? said("第一列（标签）是空的。", "the first column, the label, is empty.")
                    : said(
                        "第一列超过 \(Self.maxLabelBytes) 字节，不像标签：第一列放标签，最后一列放文本。",
                        "the first column has more than \(Self.maxLabelBytes) bytes and is no label: put the label first and the text last."
                    ))
        }
        guard !text.isEmpty else {
            return .wrong(number: number, reason: said("最后一列（文本）是空的。", "the last column, the text, is empty."))
        }
        var labelled = LabelledLine(number: number, label: label, text: text)
        let columns = line[..<last].split(separator: "\t", omittingEmptySubsequences: false).dropFirst()
        if let group = columns.first { Self.read(group, into: &labelled) }
        if let path = columns.dropFirst().first { labelled.category = Self.category(path) ?? labelled.category }
        return .labelled(labelled)
    }

    /// `group[:kind[:category]]`.
    private static func read(_ group: Substring, into line: inout LabelledLine) {
        let parts = group.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count > 1 else { return }
        line.target = kinds[parts[1].trimmingCharacters(in: .whitespaces).lowercased()]
        if parts.count > 2 { line.category = category(parts[2]) }
    }

    private static let kinds: [String: Rule.Target] = [
        "listing": .listing, "标题": .listing, "商品": .listing, "speech": .speech, "spoken": .speech, "口播": .speech,
    ]

    private static func category(_ text: Substring) -> String? {
        let path = text.trimmingCharacters(in: .whitespaces)
        return path.utf8.allSatisfy { $0 < 0x80 } ? nil : path
    }

    /// nil for an object that does not look like a room.
    private static func room(_ line: String, _ number: Int) -> Line? {
        var line = line
        return line.withUTF8 { bytes in
            guard let value = try? JSONValue.parse(bytes, limits: .published), value["segments"] != nil else {
                return nil
            }
            do throws(LiveEvents.DecodingError) {
                return .room(number: number, try LabelledRoom(value))
            } catch {
                return .wrong(number: number, reason: BadLines.reason(error))
            }
        }
    }

    private static func unpack(_ format: String, _ command: String, _ path: String) -> String {
        said(
            "\(path) 是 \(format) 压缩文件。先解压：\(command) \(path) | claimwatch … --input -",
            "\(path) is compressed with \(format). Unpack it: \(command) \(path) | claimwatch … --input -")
    }

    private static func utf16(_ path: String) -> String {
        said(
            "\(path) 是 UTF-16。先转换：iconv -f UTF-16 -t UTF-8 \(path)",
            "\(path) is UTF-16. Convert it: iconv -f UTF-16 -t UTF-8 \(path)")
    }
}

/// A file that is no list of labelled texts at all.
struct LabelledFileError: Error, Equatable, CustomStringConvertible {
    let description: String
}

/// Calls `body` with each labelled line of a file whose label says something. Lines that cannot be used, and those for which
/// `body` throws a `DecodingError`, are reported; so are labels that mean nothing, once each.
///
/// - Parameter room: Takes whole rooms; without it they cannot be used.
/// - Throws: Exit status 65 if the file is no list of labelled texts, 78 if it cannot be read.
func forEachLabelled(
    in path: String, onlyLabel: String? = nil, labels: Evaluation.Question, _ bad: inout BadLines,
    room: ((LabelledRoom) throws -> Void)? = nil, _ body: (LabelledLine) throws -> Void
) throws {
    var unknown = UnknownLabels()
    do {
        let file = try LabelledFile(path: path, onlyLabel: onlyLabel)
        while let line = try file.next() {
            switch line {
            case .wrong(let number, let reason): bad.report(path, number, reason)
            case .room(let number, let found):
                guard let room else {
                    bad.report(
                        path, number,
                        said(
                            "这是整个直播间，这里用不了：用 claimwatch evaluate 量它",
                            "a whole room is of no use here: measure it with claimwatch evaluate"))
                    continue
                }
                do {
                    try room(found)
                } catch let error as LiveEvents.DecodingError {
                    bad.report(path, number, BadLines.reason(error))
                }
            case .labelled(let line):
                guard labels.truth(of: line.label) != nil else {
                    try unknown.add(line)
                    continue
                }
                do {
                    try body(line)
                } catch let error as LiveEvents.DecodingError {
                    bad.report(path, line.number, BadLines.reason(error))
                }
            }
        }
        unknown.report(path, labels, &bad)
    } catch let error as LabelledFileError {
        throw failure(.badData, error.description)
    } catch let error as PosixError {
        throw unreadable(path, error)
    }
}
