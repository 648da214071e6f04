/// RFC 8259, read letter by letter: the oracle for what the decoder's parser accepts. Slow and plain on purpose.
///
/// Three rules are narrower than the RFC, which allows a parser to set limits (sections 4, 8.2 and 9), and each is what
/// the decoder promises: half a surrogate pair is refused; an integer must fit 64 bits and a fraction a finite double;
/// a container that holds something nests at most `maxDepth` deep (an empty one may stand one level below).
enum StrictJSON: Equatable {
    case null
    case bool(Bool)
    case int(Int64)
    /// From 2^63 to 2^64 - 1.
    case uint(UInt64)
    case double(Double)
    case text([UInt8])
    case array([StrictJSON])
    case object([Member])

    struct Member: Equatable {
        var name: [UInt8]
        var value: StrictJSON
    }
    enum Refusal: Error { case notUTF8, syntax, tooDeep, number, string }

    static func parse(_ bytes: [UInt8], maxDepth: Int) throws(Refusal) -> StrictJSON {
        guard String(validating: bytes, as: UTF8.self) != nil else { throw .notUTF8 }
        var reader = Reader(bytes: bytes, maxDepth: maxDepth)
        let value = try reader.value(depth: 0)
        reader.skipSpace()
        guard reader.position == bytes.count else { throw .syntax }
        return value
    }
}

private struct Reader {
    let bytes: [UInt8]
    let maxDepth: Int
    var position = 0

    private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    mutating func skipSpace() {
        while let byte = next, byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D { position += 1 }
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard next == byte else { return false }
        position += 1
        return true
    }

    /// One value with the white space before it.
    mutating func value(depth: Int) throws(StrictJSON.Refusal) -> StrictJSON {
        skipSpace()
        switch next {
        case UInt8(ascii: "{"): return .object(try members(depth: depth + 1))
        case UInt8(ascii: "["): return .array(try elements(depth: depth + 1))
        case UInt8(ascii: "\""): return .text(try text())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: return try number()
        }
    }

    private mutating func word(_ word: String, _ value: StrictJSON) throws(StrictJSON.Refusal) -> StrictJSON {
        for byte in word.utf8 where !take(byte) { throw .syntax }
        return value
    }

    private mutating func members(depth: Int) throws(StrictJSON.Refusal) -> [StrictJSON.Member] {
        var members: [StrictJSON.Member] = []
        position += 1
        skipSpace()
        guard try !isEmpty(UInt8(ascii: "}"), depth: depth) else { return [] }
        repeat {
            skipSpace()
            guard next == UInt8(ascii: "\"") else { throw .syntax }
            let name = try text()
            skipSpace()
            guard take(UInt8(ascii: ":")) else { throw .syntax }
            members.append(StrictJSON.Member(name: name, value: try value(depth: depth)))
            skipSpace()
        } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "}")) else { throw .syntax }
        return members
    }

    private mutating func elements(depth: Int) throws(StrictJSON.Refusal) -> [StrictJSON] {
        var elements: [StrictJSON] = []
        position += 1
        skipSpace()
        guard try !isEmpty(UInt8(ascii: "]"), depth: depth) else { return [] }
        repeat {
            elements.append(try value(depth: depth))
            skipSpace()
        } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "]")) else { throw .syntax }
        return elements
    }

    private mutating func isEmpty(_ close: UInt8, depth: Int) throws(StrictJSON.Refusal) -> Bool {
        let isEmpty = take(close)
        guard depth <= maxDepth + (isEmpty ? 1 : 0) else { throw .tooDeep }
        return isEmpty
    }

    private mutating func text() throws(StrictJSON.Refusal) -> [UInt8] {
        var result: [UInt8] = []
        position += 1
        var plain = position
        while let byte = next {
            if byte >= 0x20, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") {
                position += 1
                continue
            }
            result += bytes[plain..<position]
            position += 1
            if byte == UInt8(ascii: "\"") { return result }
            guard byte == UInt8(ascii: "\\") else { throw .string }
            try escape(into: &result)
            plain = position
        }
        throw .syntax
    }

    private mutating func escape(into result: inout [UInt8]) throws(StrictJSON.Refusal) {
        guard let byte = next else { throw .syntax }
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): result.append(byte)
        case UInt8(ascii: "b"): result.append(0x08)
        case UInt8(ascii: "f"): result.append(0x0C)
        case UInt8(ascii: "n"): result.append(0x0A)
        case UInt8(ascii: "r"): result.append(0x0D)
        case UInt8(ascii: "t"): result.append(0x09)
        case UInt8(ascii: "u"):
            var code = try fourDigits()
            if (0xD800...0xDBFF).contains(code) {
                guard take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) else { throw .string }
                let low = try fourDigits()
                guard (0xDC00...0xDFFF).contains(low) else { throw .string }
                code = 0x1_0000 + (code - 0xD800) << 10 + (low - 0xDC00)
            }
            // Nil for the second half of a pair that stands alone.
            guard let scalar = Unicode.Scalar(code) else { throw .string }
            result.append(contentsOf: String(Character(scalar)).utf8)
        default: throw .string
        }
    }

    private mutating func fourDigits() throws(StrictJSON.Refusal) -> UInt32 {
        var code: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = next, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { throw .string }
            position += 1
            code = code << 4 + UInt32(digit)
        }
        return code
    }

    /// `-? (0 | [1-9][0-9]*) (. [0-9]+)? ([eE] [+-]? [0-9]+)?`
    private mutating func number() throws(StrictJSON.Refusal) -> StrictJSON {
        let start = position
        _ = take(UInt8(ascii: "-"))
        if !take(UInt8(ascii: "0")) { try digits() }
        var isWhole = true
        if take(UInt8(ascii: ".")) {
            isWhole = false
            try digits()
        }
        if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
            isWhole = false
            if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
            try digits()
        }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        if isWhole {
            if let number = Int64(text) { return .int(number) }
            if let number = UInt64(text) { return .uint(number) }
            throw .number
        }
        guard let number = Double(text), number.isFinite else { throw .number }
        return .double(number)
    }

    private mutating func digits() throws(StrictJSON.Refusal) {
        let start = position
        while let byte = next, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { position += 1 }
        guard position > start else { throw .syntax }
    }
}
