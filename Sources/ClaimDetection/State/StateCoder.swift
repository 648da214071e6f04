import LiveEvents

/// What is kept in the changelog, with its fields declared once: the same function writes them and reads them.
///
///     mutating func code(with coder: inout some StateCoder & ~Copyable) throws(StateError) {
///         try coder.count("occurrences", &occurrences)     a writer takes the value, a reader sets it
///     }
///
/// Values are JSON objects with the format in "f". A record of another format is an error, not a guess; a field that is
/// optional may be added without a new format.
protocol StateRecord {
    mutating func code(with coder: inout some StateCoder & ~Copyable) throws(StateError)
}

/// Writes or reads the fields of a record, in order. Those of a `StateWriter` never fail.
protocol StateCoder: ~Copyable {
    /// Milliseconds since the epoch.
    mutating func time(_ name: StaticString, _ value: inout Int64) throws(StateError)
    /// A number of things, or a place among them.
    mutating func count(_ name: StaticString, _ value: inout Int64) throws(StateError)
    /// Any number; nil is left out.
    mutating func number(_ name: StaticString, _ value: inout Int64?) throws(StateError)
    mutating func text(_ name: StaticString, _ value: inout String) throws(StateError)
    /// nil is left out.
    mutating func text(_ name: StaticString, _ value: inout String?) throws(StateError)
    /// A list of what `code` writes or reads one of.
    mutating func list<Element>(
        _ name: StaticString, _ values: inout [Element], like empty: Element,
        _ code: (inout Self, inout Element) throws(StateError) -> Void
    ) throws(StateError)
    /// A list that is left out if it is empty: one that records of earlier versions do not have.
    mutating func listIfAny<Element>(
        _ name: StaticString, _ values: inout [Element], like empty: Element,
        _ code: (inout Self, inout Element) throws(StateError) -> Void
    ) throws(StateError)
    /// A list inside a list.
    mutating func list<Element>(
        _ values: inout [Element], like empty: Element,
        _ code: (inout Self, inout Element) throws(StateError) -> Void
    ) throws(StateError)
    /// An object inside a list.
    mutating func object(_ code: (inout Self) throws(StateError) -> Void) throws(StateError)
}

extension StateCoder where Self: ~Copyable {
    mutating func number(_ name: StaticString, _ value: inout Int64) throws(StateError) {
        var number: Int64? = value
        try self.number(name, &number)
        guard let number else { throw StateError(reason: "the value lacks the number '\(name)'") }
        value = number
    }

    mutating func count(_ name: StaticString, _ value: inout Int) throws(StateError) {
        var count = Int64(value)
        try self.count(name, &count)
        value = Int(count)
    }

    /// A word of a list; nil, and a word that this version does not know, is left out.
    mutating func word<Word: RawRepresentable>(
        _ name: StaticString, _ value: inout Word?
    ) throws(StateError) where Word.RawValue == String {
        var text = value?.rawValue
        try self.text(name, &text)
        value = text.flatMap(Word.init)
    }

    /// Bits, as a number; left out if there are none.
    mutating func bits(_ name: StaticString, _ value: inout UInt64) throws(StateError) {
        var number: Int64? = value == 0 ? nil : Int64(bitPattern: value)
        try self.number(name, &number)
        value = UInt64(bitPattern: number ?? 0)
    }

    /// Left out if false.
    mutating func flagIfTrue(_ name: StaticString, _ value: inout Bool) throws(StateError) {
        var number: Int64? = value ? 1 : nil
        try self.number(name, &number)
        value = number == 1
    }

    mutating func flag(_ name: StaticString, _ value: inout Bool) throws(StateError) {
        var number: Int64 = value ? 1 : 0
        try self.number(name, &number)
        value = number == 1
    }
}

extension StateRecord {
    /// The format that is written.
    static var format: Int64 { 1 }

    /// The record as a value of the changelog.
    func encoded() -> [UInt8] {
        var writer = StateWriter()
        var copy = self
        // A writer does not fail.
        try! writer.object { (writer) throws(StateError) in
            var format = Self.format
            try writer.number("f", &format)
            try copy.code(with: &writer)
        }
        return writer.bytes
    }

    /// Takes the fields of a value of the changelog.
    mutating func decode(_ bytes: UnsafeBufferPointer<UInt8>) throws(StateError) {
        var reader = StateReader(value: try StateReader.parse(bytes))
        var format: Int64 = 0
        try reader.number("f", &format)
        guard format == Self.format else {
            throw StateError(
                reason: "the value has format \(format), this version reads \(Self.format): go back to the version "
                    + "that wrote it")
        }
        try code(with: &reader)
    }
}

/// Writes a value.
struct StateWriter: StateCoder, ~Copyable {
    private var writer = JSONWriter()
    var bytes: [UInt8] { writer.bytes }

    mutating func time(_ name: StaticString, _ value: inout Int64) { writer.field(name, value) }
    mutating func count(_ name: StaticString, _ value: inout Int64) { writer.field(name, value) }
    mutating func number(_ name: StaticString, _ value: inout Int64?) { writer.field(name, value) }
    mutating func text(_ name: StaticString, _ value: inout String) { writer.field(name, value) }
    mutating func text(_ name: StaticString, _ value: inout String?) { writer.field(name, value) }

    mutating func list<Element>(
        _ name: StaticString, _ values: inout [Element], like empty: Element,
        _ code: (inout Self, inout Element) throws(StateError) -> Void
    ) throws(StateError) {
        writer.key(name)
        try list(&values, like: empty, code)
    }

    mutating func listIfAny<Element>(
        _ name: StaticString, _ values: inout [Element], like empty: Element,
        _ code: (inout Self, inout Element) throws(StateError) -> Void
    ) throws(StateError) {
        if !values.isEmpty { try list(name, &values, like: empty, code) }
    }

    mutating func list<Element>(
        _ values: inout [Element], like empty: Element,
        _ code: (inout Self, inout Element) throws(StateError) -> Void
    ) throws(StateError) {
        writer.beginArray()
        for value in values {
            // A copy shares its lists with the original as long as nobody changes them.
            var value = value
            try code(&self, &value)
        }
        writer.endArray()
    }

    mutating func object(_ code: (inout Self) throws(StateError) -> Void) throws(StateError) {
        writer.beginObject()
        try code(&self)
        writer.endObject()
    }
}

/// Reads a value, with errors that name the field.
///
/// It knows no limits of input: what was written under one configuration is read under any other.
struct StateReader: StateCoder {
    /// Far more than is ever counted, and far from where sums overflow.
    static let counts: ClosedRange<Int64> = 0...mostCounted
    /// What counts stop at, so that they can be read back.
    static let mostCounted: Int64 = 1 << 53
    static let times: ClosedRange<Int64> = -1 << 53...1 << 53

    let value: JSONValue

    static func parse(_ bytes: UnsafeBufferPointer<UInt8>) throws(StateError) -> JSONValue {
        var limits = DecodingLimits()
        limits.maxRecordBytes = max(bytes.count, limits.maxRecordBytes)
        limits.maxArrayElements = .max
        do {
            return try JSONValue.parse(bytes, limits: limits)
        } catch {
            throw StateError(reason: "it is not JSON: \(error.detail)")
        }
    }

    mutating func time(_ name: StaticString, _ value: inout Int64) throws(StateError) {
        value = try number(name, in: Self.times)
    }

    mutating func count(_ name: StaticString, _ value: inout Int64) throws(StateError) {
        value = try number(name, in: Self.counts)
    }

    private func number(_ name: StaticString, in range: ClosedRange<Int64>) throws(StateError) -> Int64 {
        guard case .int(let number)? = value["\(name)"] else {
            throw StateError(reason: "the value lacks the number '\(name)'")
        }
        guard range.contains(number) else { throw StateError(reason: "the number '\(name)' is out of range") }
        return number
    }

    mutating func number(_ name: StaticString, _ value: inout Int64?) throws(StateError) {
        value = if case .int(let number)? = self.value["\(name)"] { number } else { nil }
    }

    mutating func text(_ name: StaticString, _ value: inout String) throws(StateError) {
        guard case .string(let text)? = self.value["\(name)"] else {
            throw StateError(reason: "the value lacks the text '\(name)'")
        }
        value = text
    }

    mutating func text(_ name: StaticString, _ value: inout String?) throws(StateError) {
        value = if case .string(let text)? = self.value["\(name)"] { text } else { nil }
    }

    mutating func list<Element>(
        _ name: StaticString, _ values: inout [Element], like empty: Element,
        _ code: (inout Self, inout Element) throws(StateError) -> Void
    ) throws(StateError) {
        guard let list = value["\(name)"] else { throw StateError(reason: "the value lacks the list '\(name)'") }
        var reader = StateReader(value: list)
        try reader.list(&values, like: empty, code)
    }

    mutating func listIfAny<Element>(
        _ name: StaticString, _ values: inout [Element], like empty: Element,
        _ code: (inout Self, inout Element) throws(StateError) -> Void
    ) throws(StateError) {
        if value["\(name)"] == nil { values.removeAll() } else { try list(name, &values, like: empty, code) }
    }

    mutating func list<Element>(
        _ values: inout [Element], like empty: Element,
        _ code: (inout Self, inout Element) throws(StateError) -> Void
    ) throws(StateError) {
        guard case .array(let elements) = value else { throw StateError(reason: "a list of the value is none") }
        values.removeAll()
        values.reserveCapacity(elements.count)
        for element in elements {
            var reader = StateReader(value: element)
            var value = empty
            try code(&reader, &value)
            values.append(value)
        }
    }

    mutating func object(_ code: (inout Self) throws(StateError) -> Void) throws(StateError) { try code(&self) }
}
