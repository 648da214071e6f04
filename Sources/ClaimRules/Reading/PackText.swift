/// The characters of one pack file, and where they are.
struct PackText {
    let file: String
    var scalars: [Unicode.Scalar]

    /// nil, with a problem, if the bytes are too many or not UTF-8.
    init?(_ source: PackFile, log: inout ProblemLog) {
        file = source.path
        guard source.bytes.count <= PackLimits.fileBytes else {
            log.error(
                SourceLocation(file: file, line: 1, column: 1),
                "文件超过 \(PackLimits.fileBytes >> 20) MiB。拆成几个规则包。",
                "the file is larger than \(PackLimits.fileBytes >> 20) MiB. Split it into several packs."
            )
            return nil
        }
        // Editors on Windows put a byte order mark first. It is no character of the file.
        let bytes = source.bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? source.bytes.dropFirst(3) : source.bytes[...]
        scalars = []
        scalars.reserveCapacity(bytes.count)
        var parser = Unicode.UTF8.ForwardParser()
        var iterator = bytes.makeIterator()
        decoding: while true {
            switch parser.parseScalar(from: &iterator) {
            case .valid(let encoded): scalars.append(Unicode.UTF8.decode(encoded))
            case .emptyInput: break decoding
            case .error:
                let place = PackText.location(of: scalars.count, in: scalars, file: file)
                if PackText.looksLikeGBK(bytes) {
                    log.error(
                        place, "文件是另一种编码（GBK）。在编辑器里选“另存为”，编码选 UTF-8。",
                        "the file is in another encoding (GBK). In the editor choose \"save as\", encoding UTF-8.")
                } else {
                    log.error(
                        place, "这里的字节不是 UTF-8。把文件存成 UTF-8 编码。",
                        "bytes that are not UTF-8. Save the file in the encoding UTF-8.")
                }
                return nil
            }
        }
    }

    var string: String {
        var text = String.UnicodeScalarView()
        text.append(contentsOf: scalars)
        return String(text)
    }

    /// Whether bytes are Chinese text in GBK, as editors in China may save it.
    ///
    /// GBK writes a character in two bytes, 81–FE and 40–FE. The 3,755 characters in daily use are the rows 16–55 of
    /// GB 2312, which are B0–D7 and A1–FE: most pairs of a Chinese text, and few of those that one in UTF-8 or Big5 makes by
    /// chance.
    private static func looksLikeGBK(_ bytes: ArraySlice<UInt8>) -> Bool {
        var (characters, daily) = (0, 0)
        var index = bytes.startIndex
        while index < bytes.endIndex {
            guard bytes[index] >= 0x80 else {
                index += 1
                continue
            }
            characters += 1
            let trail = index + 1 < bytes.endIndex ? bytes[index + 1] : 0
            if (0xB0...0xD7).contains(bytes[index]), (0xA1...0xFE).contains(trail) { daily += 1 }
            // What is no pair is one byte.
            index += (0x81...0xFE).contains(bytes[index]) && (0x40...0xFE).contains(trail) ? 2 : 1
        }
        return daily * 2 > characters
    }

    /// The line and column of the character with this index.
    static func location(of index: Int, in scalars: [Unicode.Scalar], file: String) -> SourceLocation {
        var (line, column) = (1, 1)
        for position in 0..<min(index, scalars.count) {
            if scalars[position] == "\n" {
                (line, column) = (line + 1, 1)
            } else {
                column += 1
            }
        }
        return SourceLocation(file: file, line: line, column: column)
    }
}
