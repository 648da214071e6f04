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
                log.error(
                    PackText.location(of: scalars.count, in: scalars, file: file),
                    "bytes that are not UTF-8. Save the file in the encoding UTF-8.")
                return nil
            }
        }
    }

    var string: String {
        var text = String.UnicodeScalarView()
        text.append(contentsOf: scalars)
        return String(text)
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
