/// Writes JSON into memory of its own, without asking for memory unless the text outgrows it.
///
/// Commas are put where they belong; that objects and arrays are closed in order is the caller's promise.
public struct JSONWriter: ~Copyable {
    private var start: UnsafeMutablePointer<UInt8>
    private var count = 0
    private var capacity: Int
    private var needsComma = false

    public init() {
        capacity = 2_048
        start = .allocate(capacity: capacity)
    }

    deinit { start.deallocate() }

    /// A copy of what was written so far.
    public var bytes: [UInt8] { Array(UnsafeBufferPointer(start: start, count: count)) }

    /// Appends what `body` writes to `bytes`.
    public static func append(to bytes: inout [UInt8], _ body: (inout JSONWriter) -> Void) {
        var writer = JSONWriter()
        body(&writer)
        bytes.append(contentsOf: UnsafeBufferPointer(start: writer.start, count: writer.count))
    }

    /// Starts anew in the same memory.
    public mutating func removeAll() {
        count = 0
        needsComma = false
    }

    public mutating func beginObject() { open(UInt8(ascii: "{")) }
    public mutating func endObject() { close(UInt8(ascii: "}")) }
    public mutating func beginArray() { open(UInt8(ascii: "[")) }
    public mutating func endArray() { close(UInt8(ascii: "]")) }

    /// The name of the next value, as the source spells it: it has nothing to escape.
    public mutating func key(_ name: StaticString) {
        separate()
        append(UInt8(ascii: "\""))
        append(UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
        append(UInt8(ascii: "\""))
        append(UInt8(ascii: ":"))
        needsComma = false
    }

    /// The name of the next value.
    public mutating func key(_ name: String) {
        string(name)
        append(UInt8(ascii: ":"))
        needsComma = false
    }

    public mutating func string(_ text: String) {
        separate()
        text.withBytes { quote($0) }
    }

    public mutating func string(_ text: ByteView) {
        separate()
        quote(text.bytes)
    }

    public mutating func int(_ number: Int64) {
        separate()
        if number < 0 { append(UInt8(ascii: "-")) }
        var rest = number.magnitude
        var digits = 1
        var bound: UInt64 = 10
        while digits < 19, rest >= bound {
            digits += 1
            bound &*= 10
        }
        // Int64.min has 19 digits, as has Int64.max.
        var place = reserve(digits) + digits
        count += digits
        repeat {
            place -= 1
            place.pointee = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        } while rest > 0
    }

    /// A value that was encoded before, e.g. what many records share. That it is one whole JSON value is the caller's
    /// promise.
    public mutating func raw(_ json: [UInt8]) {
        separate()
        json.withUnsafeBufferPointer { append($0) }
    }

    /// A whole document as it was read.
    public mutating func value(_ value: JSONValue) {
        switch value {
        case .null: null()
        case .bool(let truth): bool(truth)
        case .int(let number): int(number)
        case .double(let number): double(number)
        case .string(let text): string(text)
        case .array(let elements):
            beginArray()
            for element in elements { self.value(element) }
            endArray()
        case .object(let fields):
            beginObject()
            for field in fields {
                key(field.name)
                self.value(field.value)
            }
            endObject()
        }
    }

    /// Numbers that JSON cannot say (infinite, not a number) are written as null.
    public mutating func double(_ number: Double) {
        if let whole = Int64(exactly: number), whole.magnitude < 1 << 53 { return int(whole) }
        guard number.isFinite else { return null() }
        word(number.description)
    }

    public mutating func bool(_ value: Bool) { word(value ? "true" : "false") }

    public mutating func null() { word("null") }

    /// A value that needs no quotes.
    private mutating func word(_ word: String) {
        separate()
        word.withBytes { append($0) }
    }

    private mutating func separate() {
        if needsComma { append(UInt8(ascii: ",")) }
        needsComma = true
    }

    private mutating func open(_ bracket: UInt8) {
        separate()
        append(bracket)
        needsComma = false
    }

    private mutating func close(_ bracket: UInt8) {
        append(bracket)
        needsComma = true
    }

    private mutating func quote(_ text: UnsafeBufferPointer<UInt8>) {
        append(UInt8(ascii: "\""))
        var begin = 0
        while true {
            let end = JSONEscape.first(in: text, from: begin)
            append(UnsafeBufferPointer(rebasing: text[begin..<end]))
            if end == text.count { break }
            escape(text[end])
            begin = end + 1
        }
        append(UInt8(ascii: "\""))
    }

    private mutating func escape(_ byte: UInt8) {
        append(UInt8(ascii: "\\"))
        switch byte {
        case 0x22, 0x5C: append(byte)
        case 0x0A: append(UInt8(ascii: "n"))
        case 0x0D: append(UInt8(ascii: "r"))
        case 0x09: append(UInt8(ascii: "t"))
        default:
            for character in "u00".utf8 { append(character) }
            append(Self.digit(byte >> 4))
            append(Self.digit(byte & 15))
        }
    }

    private static func digit(_ value: UInt8) -> UInt8 { value < 10 ? 0x30 + value : 0x57 + value }

    @inline(__always)
    private mutating func append(_ byte: UInt8) {
        reserve(1).pointee = byte
        count += 1
    }

    @inline(__always)
    private mutating func append(_ text: UnsafeBufferPointer<UInt8>) {
        guard let first = text.baseAddress else { return }
        reserve(text.count).update(from: first, count: text.count)
        count += text.count
    }

    /// The place behind what was written, from which on `more` bytes may be written.
    @inline(__always)
    private mutating func reserve(_ more: Int) -> UnsafeMutablePointer<UInt8> {
        if capacity - count < more { grow(by: more) }
        return start + count
    }

    @inline(never)
    private mutating func grow(by more: Int) {
        capacity = max(capacity * 2, count + more)
        let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
        larger.update(from: start, count: count)
        start.deallocate()
        start = larger
    }
}

extension JSONWriter {
    /// A field that is left out when there is no value.
    public mutating func field(_ name: StaticString, _ value: String?) {
        guard let value else { return }
        key(name)
        string(value)
    }

    public mutating func field<Word>(_ name: StaticString, _ value: OpenEnum<Word>?) {
        field(name, value?.text)
    }

    public mutating func field(_ name: StaticString, _ value: Int64?) {
        guard let value else { return }
        key(name)
        int(value)
    }

    /// An array, empty or not.
    public mutating func field(_ name: StaticString, _ texts: [String]) {
        key(name)
        strings(texts)
    }

    public mutating func strings(_ texts: [String]) {
        beginArray()
        for text in texts { string(text) }
        endArray()
    }

    public mutating func field(_ name: StaticString, _ value: Double?) {
        guard let value else { return }
        key(name)
        double(value)
    }

    public mutating func field(_ name: StaticString, _ value: Bool?) {
        guard let value else { return }
        key(name)
        bool(value)
    }
}

extension String {
    /// Lends the text's bytes. `withUTF8` is `mutating`, and a copy of the text to call it on is counted.
    @inline(__always)
    func withBytes(_ body: (UnsafeBufferPointer<UInt8>) -> Void) {
        if utf8.withContiguousStorageIfAvailable(body) == nil { Array(utf8).withUnsafeBufferPointer(body) }
    }
}
