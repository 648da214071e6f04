import CSimdjson

/// One parsed document at a time, held by simdjson. Values point into it and are valid until the next `parse`.
///
/// One parser serves one thread. Memory: about ten times the largest document seen, at most ten times the limit.
final class JSONParser {
    private let parser: OpaquePointer
    private let limits: DecodingLimits

    init(limits: DecodingLimits) {
        self.limits = limits
        // simdjson refuses what holds something at its limit; so an empty object or array may stand one level deeper.
        guard let parser = cs_parser_new(max(1, limits.maxRecordBytes), max(1, limits.maxDepth) + 1) else {
            fatalError("no memory for a JSON parser")
        }
        self.parser = parser
    }

    deinit { cs_parser_free(parser) }

    func parse(_ bytes: UnsafeBufferPointer<UInt8>) throws(DecodingError) -> cs_value {
        if bytes.isEmpty { throw DecodingError(reason: .empty, detail: "the record has no value") }
        if bytes.count > limits.maxRecordBytes {
            throw DecodingError(
                reason: .tooLarge, detail: "the record has \(bytes.count) bytes, the limit is \(limits.maxRecordBytes)")
        }
        // Releases of simdjson differ here, so it is decided before they see it.
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
            throw DecodingError(reason: .notJSON, detail: "the record starts with a byte-order mark; send it without")
        }
        var root = cs_value()
        switch cs_parse(parser, bytes.baseAddress, bytes.count, &root) {
        case CS_OK: return root
        case CS_EMPTY: throw DecodingError(reason: .empty, detail: "the record holds only white space")
        case CS_UTF8: throw DecodingError(reason: .invalidUTF8, detail: "the record is not valid UTF-8")
        case CS_DEPTH:
            throw DecodingError(reason: .tooDeep, detail: "the record nests deeper than \(limits.maxDepth) levels")
        case CS_NUMBER: throw DecodingError(reason: .outOfRange, detail: "a number is malformed or beyond 64 bits")
        case CS_STRING:
            throw DecodingError(
                reason: .notJSON,
                detail: "a string has a bare control character, a wrong escape or half a surrogate pair")
        case CS_CAPACITY: throw DecodingError(reason: .tooLarge, detail: "the record is too large for the parser")
        case CS_MEMORY: throw DecodingError(reason: .tooLarge, detail: "no memory to parse the record")
        default: throw DecodingError(reason: .notJSON, detail: "the record is not one JSON value")
        }
    }
}

extension cs_value {
    /// What the value is, as a reader of an error message calls it.
    var kind: String {
        switch cs_type_of(self) {
        case CS_NULL: "null"
        case CS_BOOL: "boolean"
        case CS_INT, CS_UINT, CS_DOUBLE: "number"
        case CS_TEXT: "string"
        case CS_ARRAY: "array"
        default: "object"
        }
    }

    var view: ByteView {
        var length = 0
        let start = cs_text(self, &length)
        return ByteView(
            UnsafeBufferPointer(start: UnsafeRawPointer(start).assumingMemoryBound(to: UInt8.self), count: length))
    }
}
