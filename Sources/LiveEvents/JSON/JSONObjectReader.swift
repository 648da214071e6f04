/// The fields of one object of a document that is read as a tree, by name, with errors that name the field's path.
///
/// As for events: unknown fields are passed over, a field that stands twice is an error, `null` counts as absent. Each
/// look-up costs a pass over the object's fields: it is for records that are rare or short.
public struct JSONObjectReader: Sendable {
    private let fields: [JSONValue.Field]
    /// As errors name the object, e.g. "evidence[1]"; empty for the whole document.
    public let path: String

    /// - Throws: `DecodingError` if the value is no object.
    public init(_ value: JSONValue, path: String = "") throws(DecodingError) {
        guard case .object(let fields) = value else {
            throw DecodingError(reason: .wrongType, path: path, detail: "expected an object, found \(value.kind)")
        }
        (self.fields, self.path) = (fields, path)
    }

    /// Reads one document that is an object.
    /// - Throws: `DecodingError` if it is none, or no JSON within the limits.
    public init(parsing bytes: UnsafeBufferPointer<UInt8>, limits: DecodingLimits) throws(DecodingError) {
        try self.init(JSONValue.parse(bytes, limits: limits))
    }

    /// Reads one document and checks that its `schema` is the one asked for.
    init(
        _ bytes: UnsafeBufferPointer<UInt8>, schema: String, limits: DecodingLimits
    ) throws(DecodingError) {
        try self.init(JSONValue.parse(bytes, limits: limits))
        let found = try string("schema")
        guard found == schema else {
            throw DecodingError(
                reason: .unknownSchema, path: "schema", detail: "expected \"\(schema)\", found \"\(found)\"")
        }
    }

    private func full(_ name: StaticString) -> String { path.isEmpty ? "\(name)" : "\(path).\(name)" }

    private func value(_ name: StaticString) throws(DecodingError) -> JSONValue? {
        var found: JSONValue?
        let text = "\(name)"
        for field in fields where field.name == text {
            guard found == nil else {
                throw DecodingError(
                    reason: .duplicateKey, path: full(name), detail: "the field stands twice; send it once")
            }
            found = field.value
        }
        return found == .null ? nil : found
    }

    private func require<Value>(
        _ name: StaticString, _ expected: String, _ value: Value?
    ) throws(DecodingError) -> Value {
        guard let value else {
            throw DecodingError(
                reason: .missingField, path: full(name), detail: "expected \(expected), found nothing")
        }
        return value
    }

    private func wrong(_ name: StaticString, _ expected: String, _ found: JSONValue) -> DecodingError {
        DecodingError(reason: .wrongType, path: full(name), detail: "expected \(expected), found \(found.kind)")
    }

    /// An error that names the field: its value is of the right type and not allowed.
    public func outOfRange(_ name: StaticString, _ detail: String) -> DecodingError {
        DecodingError(reason: .outOfRange, path: full(name), detail: detail)
    }

    // MARK: Kinds of fields

    /// Nil if the field is absent or null.
    public func optionalString(_ name: StaticString) throws(DecodingError) -> String? {
        guard let value = try value(name) else { return nil }
        guard case .string(let text) = value else { throw wrong(name, "string", value) }
        return text
    }

    /// Nil if the field is absent or null.
    public func optionalInt(_ name: StaticString) throws(DecodingError) -> Int64? {
        guard let value = try value(name) else { return nil }
        guard case .int(let number) = value else { throw wrong(name, "integer", value) }
        return number
    }

    /// Nil if the field is absent or null.
    public func optionalBool(_ name: StaticString) throws(DecodingError) -> Bool? {
        guard let value = try value(name) else { return nil }
        guard case .bool(let flag) = value else { throw wrong(name, "boolean", value) }
        return flag
    }

    /// Nil if the field is absent or null.
    public func optionalObject(_ name: StaticString) throws(DecodingError) -> JSONObjectReader? {
        guard let value = try value(name) else { return nil }
        return try JSONObjectReader(value, path: full(name))
    }

    public func string(_ name: StaticString) throws(DecodingError) -> String {
        try require(name, "string", try optionalString(name))
    }

    public func int(_ name: StaticString) throws(DecodingError) -> Int64 {
        try require(name, "integer", try optionalInt(name))
    }

    public func bool(_ name: StaticString) throws(DecodingError) -> Bool {
        try require(name, "boolean", try optionalBool(name))
    }

    public func object(_ name: StaticString) throws(DecodingError) -> JSONObjectReader {
        try require(name, "object", try optionalObject(name))
    }

    /// An integer that fits the type and is not below `least`.
    public func integer<Integer: FixedWidthInteger>(_ name: StaticString, atLeast least: Int64) throws(DecodingError)
        -> Integer
    {
        let number = try int(name)
        guard number >= least, let fitting = Integer(exactly: number) else {
            throw outOfRange(name, "expected \(least) to \(Integer.max), found \(number)")
        }
        return fitting
    }

    /// An integer within bounds, e.g. a count or a time of a record that somebody else may have written.
    public func int(_ name: StaticString, in range: ClosedRange<Int64>) throws(DecodingError) -> Int64 {
        let number = try int(name)
        guard range.contains(number) else {
            throw outOfRange(name, "expected \(range.lowerBound) to \(range.upperBound), found \(number)")
        }
        return number
    }

    /// Each object of a required array.
    public func objects(_ name: StaticString) throws(DecodingError) -> [JSONObjectReader] {
        try array(name) { (element, path) throws(DecodingError) in try JSONObjectReader(element, path: path) }
    }

    /// A score: 0 to 1.
    public func score(_ name: StaticString) throws(DecodingError) -> Double {
        let value = try require(name, "number", try value(name))
        let number: Double
        switch value {
        case .int(let whole): number = Double(whole)
        case .double(let fraction): number = fraction
        default: throw wrong(name, "number", value)
        }
        guard (0...1).contains(number) else { throw outOfRange(name, "expected 0 to 1, found \(number)") }
        return number
    }

    /// Each element of a required array through `read`, which is given the element's path.
    public func array<Element>(
        _ name: StaticString, _ read: (JSONValue, String) throws(DecodingError) -> Element
    ) throws(DecodingError) -> [Element] {
        let value = try require(name, "array", try value(name))
        guard case .array(let elements) = value else { throw wrong(name, "array", value) }
        var result: [Element] = []
        for (number, element) in elements.enumerated() {
            result.append(try read(element, "\(full(name))[\(number)]"))
        }
        return result
    }

    /// Each element of an array through `read`; empty if the field is absent or null.
    public func optionalArray<Element>(
        _ name: StaticString, _ read: (JSONValue, String) throws(DecodingError) -> Element
    ) throws(DecodingError) -> [Element] {
        try value(name) == nil ? [] : try array(name, read)
    }

    /// Nil if the field is absent or null.
    public func optionalDouble(_ name: StaticString) throws(DecodingError) -> Double? {
        switch try value(name) {
        case nil: nil
        case .int(let whole)?: Double(whole)
        case .double(let fraction)?: fraction
        case let value?: throw wrong(name, "number", value)
        }
    }

    /// Bytes as base64 (RFC 4648, with padding).
    func optionalBase64(_ name: StaticString) throws(DecodingError) -> [UInt8]? {
        guard let text = try optionalString(name) else { return nil }
        guard let bytes = Base64.decode(text) else {
            throw outOfRange(name, "expected base64 with padding (RFC 4648), found other characters")
        }
        return bytes
    }

    func base64(_ name: StaticString) throws(DecodingError) -> [UInt8] {
        try require(name, "base64", try optionalBase64(name))
    }
}

extension JSONValue {
    /// What the value is, as a reader of an error message calls it.
    var kind: String {
        switch self {
        case .null: "null"
        case .bool: "boolean"
        case .int, .double: "number"
        case .string: "string"
        case .array: "array"
        case .object: "object"
        }
    }
}
