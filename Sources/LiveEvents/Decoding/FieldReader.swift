import CSimdjson

/// The known fields of one record, found in one pass over it, with errors that name the field's path.
///
/// Unknown fields are passed over. A known field that stands twice is an error, since two readers would disagree on
/// which one counts. `null` counts as absent. What it points to lives until the decoder's next record.
struct FieldReader {
    private let record: UnsafePointer<cs_record>
    private let slots: UnsafePointer<cs_slot>
    private let present: UInt64

    /// The most fields an object may have, known or not.
    static let maxFields = 256

    /// - Throws: `DecodingError` if a field of the record itself stands twice or there are too many.
    @inline(__always)
    init(_ record: UnsafePointer<cs_record>) throws(DecodingError) {
        self.record = record
        slots = record.pointee.slots
        present = record.pointee.present
        try check(0, in: nil)
    }

    /// What must hold of any object before its fields are read.
    @inline(__always)
    private func check(_ group: UInt32, in field: EventField?) throws(DecodingError) {
        let found = record.pointee.groups + Int(group)
        guard found.pointee.fields <= Self.maxFields, found.pointee.repeated < 0 else {
            throw refused(found.pointee, in: field)
        }
    }

    private func slot(_ field: EventField) -> cs_slot { slots[field.rawValue] }

    @inline(__always)
    func has(_ field: EventField) -> Bool { present & (1 << UInt64(field.rawValue)) != 0 }

    // MARK: Errors

    // Outside of what is inlined, since they are rare.

    @inline(never)
    private func refused(_ group: cs_group, in field: EventField?) -> DecodingError {
        if group.fields > Self.maxFields {
            return DecodingError(
                reason: .outOfRange, path: field?.path ?? "",
                detail: "expected at most \(Self.maxFields) fields, found \(group.fields)")
        }
        return DecodingError(
            reason: .duplicateKey, path: EventField(rawValue: Int(group.repeated))!.path,
            detail: "the field stands twice; send it once")
    }

    @inline(never)
    func missing(_ field: EventField, _ expected: String) -> DecodingError {
        DecodingError(reason: .missingField, path: field.path, detail: "expected \(expected), found nothing")
    }

    @inline(never)
    private func wrong(_ field: EventField, _ expected: String) -> DecodingError {
        DecodingError(reason: .wrongType, path: field.path, detail: "expected \(expected), found \(slot(field).kind)")
    }

    @inline(never)
    func outOfRange(_ field: EventField, _ detail: String) -> DecodingError {
        DecodingError(reason: .outOfRange, path: field.path, detail: detail)
    }

    @inline(never)
    private func notText(_ field: EventField, atMost limit: Int) -> DecodingError {
        slot(field).type == CS_TEXT.rawValue
            ? outOfRange(field, "expected at most \(limit) bytes, found \(slot(field).length)") : wrong(field, "string")
    }

    @inline(never)
    private func notID(_ field: EventField) -> DecodingError {
        guard has(field) else { return missing(field, "string") }
        let slot = slot(field)
        guard slot.type == CS_TEXT.rawValue, slot.length == 0 else { return notText(field, atMost: Self.maxIDBytes) }
        return outOfRange(field, "expected 1 to \(Self.maxIDBytes) bytes, found an empty string")
    }

    // MARK: Kinds of fields

    /// The longest id in bytes.
    private static let maxIDBytes = 256

    /// A text of at most `limit` bytes; empty when absent.
    @inline(__always)
    func text(_ field: EventField, atMost limit: Int) throws(DecodingError) -> ByteView {
        guard has(field) else { return .empty }
        let slot = slots + field.rawValue
        guard slot.pointee.type == CS_TEXT.rawValue, slot.pointee.length <= limit else {
            throw notText(field, atMost: limit)
        }
        return slot.pointee.view
    }

    /// A required id: 1 to 256 bytes.
    @inline(__always)
    func id(_ field: EventField) throws(DecodingError) -> ByteView {
        let slot = slots + field.rawValue
        guard has(field), slot.pointee.type == CS_TEXT.rawValue,
            (1...Self.maxIDBytes).contains(Int(slot.pointee.length))
        else { throw notID(field) }
        return slot.pointee.view
    }

    func string(_ field: EventField, atMost limit: Int) throws(DecodingError) -> String? {
        has(field) ? try text(field, atMost: limit).string : nil
    }

    func integer(_ field: EventField) throws(DecodingError) -> Int64? {
        guard has(field) else { return nil }
        let slot = slot(field)
        switch cs_type(slot.type) {
        case CS_INT: return slot.number
        case CS_UINT: throw outOfRange(field, "expected an integer of 63 bits")
        case CS_DOUBLE:
            guard let whole = Int64(exactly: slot.double) else { throw wrong(field, "whole number") }
            return whole
        default: throw wrong(field, "integer")
        }
    }

    /// A required integer from 0 up.
    @inline(__always)
    func count(_ field: EventField) throws(DecodingError) -> Int64 {
        let slot = slots + field.rawValue
        guard has(field), slot.pointee.type == CS_INT.rawValue, slot.pointee.number >= 0 else {
            return try unusualCount(field)
        }
        return slot.pointee.number
    }

    @inline(never)
    private func unusualCount(_ field: EventField) throws(DecodingError) -> Int64 {
        guard let number = try integer(field) else { throw missing(field, "integer") }
        guard number >= 0 else { throw outOfRange(field, "expected 0 or more, found \(number)") }
        return number
    }

    func number(_ field: EventField) throws(DecodingError) -> Double? {
        guard has(field) else { return nil }
        let slot = slot(field)
        switch cs_type(slot.type) {
        case CS_INT: return Double(slot.number)
        case CS_DOUBLE: return slot.double
        case CS_UINT: throw outOfRange(field, "expected a smaller number")
        default: throw wrong(field, "number")
        }
    }

    @inline(__always)
    func bool(_ field: EventField) throws(DecodingError) -> Bool? {
        guard has(field) else { return nil }
        let slot = slots + field.rawValue
        guard slot.pointee.type == CS_BOOL.rawValue else { throw wrong(field, "boolean") }
        return slot.pointee.number != 0
    }

    /// Whether there is an object in the field whose own fields can be read.
    @inline(__always)
    func opens(_ field: EventField) throws(DecodingError) -> Bool {
        guard has(field) else { return false }
        guard slots[field.rawValue].type == CS_OBJECT.rawValue else { throw wrong(field, "object") }
        try check(field.group, in: field)
        return true
    }

    /// The entries of a list of at most `limit`: of an array, or of an object with names; none when absent.
    func list(_ field: EventField, isObject: Bool, atMost limit: Int) throws(DecodingError)
        -> UnsafeBufferPointer<cs_entry>
    {
        guard has(field) else { return UnsafeBufferPointer(start: nil, count: 0) }
        let slot = slot(field)
        guard slot.type == (isObject ? CS_OBJECT : CS_ARRAY).rawValue else {
            throw wrong(field, isObject ? "object" : "array")
        }
        guard slot.length <= limit else {
            throw outOfRange(
                field, "expected at most \(limit) \(isObject ? "fields" : "elements"), found \(slot.length)")
        }
        return UnsafeBufferPointer(start: record.pointee.entries + Int(slot.number), count: Int(slot.length))
    }
}

extension cs_slot {
    var double: Double { Double(bitPattern: UInt64(bitPattern: number)) }

    /// Of a text, its bytes.
    var view: ByteView {
        ByteView(
            UnsafeBufferPointer(
                start: UnsafeRawPointer(text)?.assumingMemoryBound(to: UInt8.self), count: Int(length)))
    }

    /// What the value is, as a reader of an error message calls it.
    var kind: String { cs_type(type).name }
}

extension cs_entry {
    /// The name of a field, as bytes.
    var key: ByteView {
        ByteView(
            UnsafeBufferPointer(start: UnsafeRawPointer(name)?.assumingMemoryBound(to: UInt8.self), count: name_length))
    }
}
