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
        try limits.checkBytes(of: bytes)
        var root = cs_value()
        let status = cs_parse(parser, bytes.baseAddress, bytes.count, &root)
        guard status == CS_OK else { throw DecodingError(status, limits: limits) }
        return root
    }
}

extension DecodingLimits {
    /// What is decided before a parser sees the record.
    @inline(__always)
    func checkBytes(of record: UnsafeBufferPointer<UInt8>) throws(DecodingError) {
        // Releases of simdjson differ in what they make of a byte-order mark.
        guard let first = record.first, first != 0xEF, record.count <= maxRecordBytes else {
            if let refusal = refusal(of: record) { throw refusal }
            return
        }
    }

    @inline(never)
    private func refusal(of record: UnsafeBufferPointer<UInt8>) -> DecodingError? {
        if record.isEmpty { return DecodingError(reason: .empty, detail: "the record has no value") }
        if record.count > maxRecordBytes {
            return DecodingError(
                reason: .tooLarge, detail: "the record has \(record.count) bytes, the limit is \(maxRecordBytes)")
        }
        guard record.starts(with: [0xEF, 0xBB, 0xBF]) else { return nil }
        return DecodingError(
            reason: .notJSON, detail: "the record starts with a byte-order mark; send it without")
    }
}

extension DecodingError {
    /// Why a record is no JSON, as the parser says it.
    init(_ status: cs_status, limits: DecodingLimits) {
        switch status {
        case CS_EMPTY: self.init(reason: .empty, detail: "the record holds only white space")
        case CS_UTF8: self.init(reason: .invalidUTF8, detail: "the record is not valid UTF-8")
        case CS_DEPTH:
            self.init(reason: .tooDeep, detail: "the record nests deeper than \(limits.maxDepth) levels")
        case CS_NUMBER: self.init(reason: .outOfRange, detail: "a number is malformed or beyond 64 bits")
        case CS_STRING:
            self.init(
                reason: .notJSON,
                detail: "a string has a bare control character, a wrong escape or half a surrogate pair")
        case CS_CAPACITY: self.init(reason: .tooLarge, detail: "the record is too large for the parser")
        case CS_MEMORY: self.init(reason: .tooLarge, detail: "no memory to parse the record")
        default: self.init(reason: .notJSON, detail: "the record is not one JSON value")
        }
    }
}

extension cs_type {
    /// As a reader of an error message calls it.
    var name: String {
        switch self {
        case CS_NULL: "null"
        case CS_BOOL: "boolean"
        case CS_INT, CS_UINT, CS_DOUBLE: "number"
        case CS_TEXT: "string"
        case CS_ARRAY: "array"
        default: "object"
        }
    }
}

extension cs_value {
    var view: ByteView {
        var length = 0
        let start = cs_text(self, &length)
        return ByteView(
            UnsafeBufferPointer(start: UnsafeRawPointer(start).assumingMemoryBound(to: UInt8.self), count: length))
    }
}
