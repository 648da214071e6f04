import CSimdjson

/// The known fields of one JSON object, found in one pass over it, with errors that name the field's path.
///
/// Unknown fields are passed over. A known field that stands twice is an error, since two readers would disagree on
/// which one counts. `null` counts as absent.
struct FieldReader {
    private let names: [StaticString]
    private let path: String
    /// A slot per name; meaningful where `present` has the bit.
    private let slots: UnsafeMutablePointer<cs_value>
    private var present: UInt64 = 0

    /// The most fields an object may have, known or not.
    static let maxFields = 256
    /// The most names a reader may look for.
    static let maxNames = 32

    /// - Parameters:
    ///   - slots: room for `names.count` values, lent by the caller.
    ///   - scratch: room for `maxFields` fields, lent by the caller.
    init(
        _ object: cs_value, _ names: [StaticString], path: String = "", slots: UnsafeMutablePointer<cs_value>,
        scratch: UnsafeMutablePointer<cs_field>
    ) throws(DecodingError) {
        self.names = names
        self.path = path
        self.slots = slots
        let count = cs_fields(object, scratch, Self.maxFields)
        guard count <= Self.maxFields else {
            throw DecodingError(
                reason: .outOfRange, path: path, detail: "expected at most \(Self.maxFields) fields, found \(count)")
        }
        for number in 0..<count {
            let field = scratch[number]
            guard let slot = Self.slot(of: field, in: names) else { continue }
            guard present & (1 << UInt64(slot)) == 0 else {
                throw DecodingError(
                    reason: .duplicateKey, path: full(slot), detail: "the field stands twice; send it once")
            }
            present |= 1 << UInt64(slot)
            slots[slot] = field.value
        }
        for slot in 0..<names.count where has(slot) && cs_type_of(slots[slot]) == CS_NULL {
            present &= ~(1 << UInt64(slot))
        }
    }

    private static func slot(of field: cs_field, in names: [StaticString]) -> Int? {
        let view = field.name
        for slot in names.indices where view.holds(names[slot]) { return slot }
        return nil
    }

    func has(_ slot: Int) -> Bool { present & (1 << UInt64(slot)) != 0 }

    func full(_ slot: Int) -> String { path.isEmpty ? "\(names[slot])" : "\(path).\(names[slot])" }

    func missing(_ slot: Int, _ expected: String) -> DecodingError {
        DecodingError(reason: .missingField, path: full(slot), detail: "expected \(expected), found nothing")
    }

    private func wrong(_ slot: Int, _ expected: String) -> DecodingError {
        DecodingError(
            reason: .wrongType, path: full(slot), detail: "expected \(expected), found \(slots[slot].kind)")
    }

    func outOfRange(_ slot: Int, _ detail: String) -> DecodingError {
        DecodingError(reason: .outOfRange, path: full(slot), detail: detail)
    }

    /// A text of at most `limit` bytes; empty when absent.
    func text(_ slot: Int, atMost limit: Int) throws(DecodingError) -> ByteView {
        guard has(slot) else { return .empty }
        guard cs_type_of(slots[slot]) == CS_TEXT else { throw wrong(slot, "string") }
        let view = slots[slot].view
        guard view.count <= limit else {
            throw outOfRange(slot, "expected at most \(limit) bytes, found \(view.count)")
        }
        return view
    }

    /// A required id: 1 to 256 bytes.
    func id(_ slot: Int) throws(DecodingError) -> ByteView {
        guard has(slot) else { throw missing(slot, "string") }
        let view = try text(slot, atMost: 256)
        guard !view.isEmpty else { throw outOfRange(slot, "expected 1 to 256 bytes, found an empty string") }
        return view
    }

    func string(_ slot: Int, atMost limit: Int) throws(DecodingError) -> String? {
        has(slot) ? try text(slot, atMost: limit).string : nil
    }

    func integer(_ slot: Int) throws(DecodingError) -> Int64? {
        guard has(slot) else { return nil }
        switch cs_type_of(slots[slot]) {
        case CS_INT: return cs_int(slots[slot])
        case CS_UINT: throw outOfRange(slot, "expected an integer of 63 bits")
        case CS_DOUBLE:
            guard let whole = Int64(exactly: cs_double(slots[slot])) else { throw wrong(slot, "whole number") }
            return whole
        default: throw wrong(slot, "integer")
        }
    }

    /// A required integer from 0 up.
    func count(_ slot: Int) throws(DecodingError) -> Int64 {
        guard let number = try integer(slot) else { throw missing(slot, "integer") }
        guard number >= 0 else { throw outOfRange(slot, "expected 0 or more, found \(number)") }
        return number
    }

    func number(_ slot: Int) throws(DecodingError) -> Double? {
        guard has(slot) else { return nil }
        switch cs_type_of(slots[slot]) {
        case CS_INT: return Double(cs_int(slots[slot]))
        case CS_DOUBLE: return cs_double(slots[slot])
        case CS_UINT: throw outOfRange(slot, "expected a smaller number")
        default: throw wrong(slot, "number")
        }
    }

    func bool(_ slot: Int) throws(DecodingError) -> Bool? {
        guard has(slot) else { return nil }
        guard cs_type_of(slots[slot]) == CS_BOOL else { throw wrong(slot, "boolean") }
        return cs_bool(slots[slot]) != 0
    }

    func object(_ slot: Int) throws(DecodingError) -> cs_value? {
        guard has(slot) else { return nil }
        guard cs_type_of(slots[slot]) == CS_OBJECT else { throw wrong(slot, "object") }
        return slots[slot]
    }

    func array(_ slot: Int) throws(DecodingError) -> cs_value? {
        guard has(slot) else { return nil }
        guard cs_type_of(slots[slot]) == CS_ARRAY else { throw wrong(slot, "array") }
        return slots[slot]
    }
}
