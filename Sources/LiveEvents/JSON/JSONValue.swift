import CSimdjson

/// A JSON document as a tree that owns its memory. For records that are rare: state, alerts, attributes.
public indirect enum JSONValue: Equatable, Sendable {
    /// A field of an object.
    public struct Field: Equatable, Sendable {
        public var name: String
        public var value: JSONValue
        public init(_ name: String, _ value: JSONValue) { (self.name, self.value) = (name, value) }
    }
    case null
    case bool(Bool)
    case int(Int64)
    case double(Double)
    case string(String)
    case array([JSONValue])
    /// In the order of the document; of a name that stands twice, `subscript` gives the first.
    case object([Field])

    /// The value of a field, or nil if this is no object or has no such field.
    public subscript(name: String) -> JSONValue? {
        guard case .object(let fields) = self else { return nil }
        return fields.first { $0.name == name }?.value
    }

    /// Parses one document within `limits` (`maxArrayElements` bounds arrays and objects).
    public static func parse(
        _ bytes: UnsafeBufferPointer<UInt8>, limits: DecodingLimits = DecodingLimits()
    ) throws(DecodingError) -> JSONValue {
        let parser = JSONParser(limits: limits)
        let root = try parser.parse(bytes)
        return try withExtendedLifetime(parser) { () throws(DecodingError) in
            try JSONValue(root, maxElements: limits.maxArrayElements, path: "")
        }
    }

    init(_ value: cs_value, maxElements: Int, path: String) throws(DecodingError) {
        switch cs_type_of(value) {
        case CS_NULL: self = .null
        case CS_BOOL: self = .bool(cs_bool(value) != 0)
        case CS_INT: self = .int(cs_int(value))
        case CS_UINT: throw DecodingError(reason: .outOfRange, path: path, detail: "expected a number of 63 bits")
        case CS_DOUBLE: self = .double(cs_double(value))
        case CS_TEXT: self = .string(value.view.string)
        case CS_ARRAY:
            var elements: [JSONValue] = []
            for (number, element) in try value.elements(atMost: maxElements, path: path).enumerated() {
                elements.append(try JSONValue(element, maxElements: maxElements, path: "\(path)[\(number)]"))
            }
            self = .array(elements)
        default:
            var fields: [Field] = []
            for field in try value.fields(atMost: maxElements, path: path) {
                let name = field.name.string
                fields.append(
                    Field(
                        name,
                        try JSONValue(
                            field.value, maxElements: maxElements, path: path.isEmpty ? name : "\(path).\(name)")))
            }
            self = .object(fields)
        }
    }
}

extension cs_field {
    var name: ByteView {
        ByteView(
            UnsafeBufferPointer(start: UnsafeRawPointer(key).assumingMemoryBound(to: UInt8.self), count: key_length))
    }
}

extension cs_value {
    /// The elements of an array; of anything else, none.
    func elements(atMost limit: Int, path: String) throws(DecodingError) -> [cs_value] {
        let count = cs_count(self)
        guard count <= limit else {
            throw DecodingError(
                reason: .outOfRange, path: path, detail: "expected at most \(limit) elements, found \(count)")
        }
        return [cs_value](unsafeUninitializedCapacity: count) { buffer, filled in
            if let start = buffer.baseAddress { filled = min(count, cs_elements(self, start, count)) }
        }
    }

    /// The fields of an object; of anything else, none.
    func fields(atMost limit: Int, path: String) throws(DecodingError) -> [cs_field] {
        let count = cs_count(self)
        guard count <= limit else {
            throw DecodingError(
                reason: .outOfRange, path: path, detail: "expected at most \(limit) fields, found \(count)")
        }
        return [cs_field](unsafeUninitializedCapacity: count) { buffer, filled in
            if let start = buffer.baseAddress { filled = min(count, cs_fields(self, start, count)) }
        }
    }
}
