import ChineseText

/// A category path such as "食品/水产/冻虾", folded, compared by whole components: 保健食品 is not 食品.
///
/// Kept as bytes, each component between two zeros, so that "食品/水产" is in a path if its bytes are:
///
///     00 食品 00 水产 00 冻虾 00
struct CategoryPath: Equatable {
    /// Components that count; what a path has beyond them is dropped.
    static let maxComponents = 32

    private let bytes: [UInt8]

    var isEmpty: Bool { bytes.isEmpty }

    static let none = CategoryPath("")

    init(_ path: String) {
        var result: [UInt8] = [0]
        var components = 0
        for component in Self.split(path) where components < Self.maxComponents {
            let folded = FoldedText(component).text.unicodeScalars.filter { !$0.properties.isWhitespace && $0 != "\0" }
            if folded.isEmpty { continue }
            result.append(contentsOf: String(String.UnicodeScalarView(folded)).utf8)
            result.append(0)
            components += 1
        }
        bytes = components == 0 ? [] : result
    }

    /// Cuts at / > | and at ／ ＞ › (EF BC 8F, EF BC 9E, E2 80 BA).
    private static func split(_ path: String) -> [String] {
        var components: [String] = []
        let bytes = Array(path.utf8)
        var start = 0
        var place = 0
        while place < bytes.count {
            var length = 0
            switch bytes[place] {
            case 0x2F, 0x3E, 0x7C: length = 1
            case 0xEF where place + 2 < bytes.count && bytes[place + 1] == 0xBC:
                if bytes[place + 2] == 0x8F || bytes[place + 2] == 0x9E { length = 3 }
            case 0xE2 where place + 2 < bytes.count && bytes[place + 1] == 0x80 && bytes[place + 2] == 0xBA: length = 3
            default: break
            }
            if length > 0 {
                components.append(String(decoding: bytes[start..<place], as: UTF8.self))
                start = place + length
            }
            place += max(length, 1)
        }
        components.append(String(decoding: bytes[start...], as: UTF8.self))
        return components
    }

    /// Whether the components of `name` stand in this path, one after the other.
    func contains(_ name: CategoryPath) -> Bool {
        guard !name.isEmpty, name.bytes.count <= bytes.count else { return false }
        return bytes.withUnsafeBufferPointer { bytes in
            name.bytes.withUnsafeBufferPointer { name in
                for start in 0...bytes.count - name.count where bytes[start] == 0 {
                    var place = 1
                    while place < name.count, bytes[start + place] == name[place] { place += 1 }
                    if place == name.count { return true }
                }
                return false
            }
        }
    }
}

/// Category paths read before, by their text: rooms sell much the same, and folding a path costs a microsecond.
struct CategoryCache {
    /// Paths kept; one more, and all are forgotten.
    static let capacity = 4_096

    private var paths: [[UInt8]: CategoryPath] = [:]

    mutating func path(_ text: String) -> CategoryPath {
        let bytes = Array(text.utf8)
        if let known = paths[bytes] { return known }
        if paths.count >= Self.capacity { paths.removeAll(keepingCapacity: true) }
        let path = CategoryPath(text)
        paths[bytes] = path
        return path
    }
}
