import TestSupport

/// Writes records that are nearly right: valid ones in any spelling JSON has, and ones with a fault or two.
///
/// The same seed gives the same records.
struct RecordGenerator {
    private var random: SplitMix64

    init(seed: UInt64) { random = SplitMix64(seed: seed) }

    mutating func record() -> [UInt8] {
        var bytes: [UInt8] = []
        space(&bytes)
        object(chance(1, 2) ? transcript() : listing(), into: &bytes)
        space(&bytes)
        if chance(1, 3) {
            for _ in 0...random.below(3) { mutate(&bytes) }
        }
        return bytes
    }

    /// A record with a byte or two changed, or a piece lost or doubled; now and then as it is.
    mutating func mutated(_ record: [UInt8]) -> [UInt8] {
        var bytes = record
        for _ in 0..<random.below(3) { mutate(&bytes) }
        return bytes
    }

    // MARK: Fields

    private typealias Field = (name: String, value: [UInt8])

    private mutating func transcript() -> [Field] {
        var fields: [Field] = [
            ("schema", quoted(chance(1, 50) ? "transcript.v2" : "transcript.v1")), ("platform", word()),
            ("room_id", word()), ("session_id", word()),
            ("segment_id", number()), ("is_final", chance(1, 2) ? Array("true".utf8) : Array("false".utf8)),
            ("start_ms", Array("1000".utf8)), ("end_ms", chance(1, 8) ? number() : Array("2000".utf8)),
            ("text", text()),
        ]
        if chance(1, 2) {
            let inner: [Field] = [
                ("id", word()), ("name", text()), ("role", chance(1, 2) ? quoted("host") : word()),
                ("is_seller", Array("true".utf8)),
            ]
            fields.append(("speaker", some(of: inner)))
        }
        if chance(1, 3) {
            let share = [
                "0.9", "0", "1", "1.0", "0.1e1", "5e-324", "1.0000000001", "-0.0", "0.30000000000000004",
                "0.3", "0.1234567890123456", "0.12345678901234567", "0.9999999999999999", "0.99999999999999999",
                "0.000001",
            ]
            fields.append(
                ("asr", some(of: [("engine", word()), ("confidence", Array(share[random.below(share.count)].utf8))])))
        }
        if chance(1, 3) { fields.append(("listing_id", word())) }
        if chance(1, 3) { fields.append(("region", quoted("320700"))) }
        return spoiled(fields)
    }

    private mutating func listing() -> [Field] {
        var fields: [Field] = [
            ("schema", quoted("listing.v1")), ("platform", word()), ("room_id", word()), ("session_id", word()),
            ("listing_id", word()), ("action", chance(1, 2) ? quoted("listed") : word()), ("time_ms", number()),
        ]
        for name in ["title", "description", "category", "brand"] where chance(1, 3) { fields.append((name, text())) }
        for name in ["price_cents", "original_price_cents"] where chance(1, 3) { fields.append((name, number())) }
        if chance(1, 3) {
            var names = ["材质", "a\"", "", "é", "e\u{301}", "a\u{0}", "a"].shuffled(using: &random)
            names.removeLast(random.below(names.count))
            if chance(1, 20), let name = names.first { names.append(name) }
            fields.append(("attributes", whole(names.map { ($0, chance(1, 20) ? odd() : text()) })))
        }
        if chance(1, 3) {
            var array = Array("[".utf8)
            for number in 0..<random.below(6) {
                if number > 0 { array.append(UInt8(ascii: ",")) }
                array += chance(1, 20) ? odd() : text()
            }
            fields.append(("certificates", array + "]".utf8))
        }
        if chance(1, 3) {
            fields.append(
                ("seller", some(of: [("id", word()), ("name", text()), ("license_no", word()), ("region", word())])))
        }
        return spoiled(fields)
    }

    /// Now and then a field too many, too few, twice, unknown or of another type; in any order.
    private mutating func spoiled(_ fields: [Field]) -> [Field] {
        var fields = fields
        if chance(1, 2) { fields.shuffle(using: &random) }
        for _ in 0..<random.below(3) where chance(1, 3) && !fields.isEmpty {
            let place = random.below(fields.count)
            switch random.below(6) {
            case 0: fields.remove(at: place)
            case 1: fields.insert((fields[place].name, chance(1, 2) ? odd() : fields[place].value), at: place)
            case 2: fields[place].value = odd()
            default: fields.append((["x", "schema ", "Text", "tex", "", "text\u{0}"][random.below(6)], odd()))
            }
        }
        return fields
    }

    private mutating func some(of fields: [Field]) -> [UInt8] {
        whole(spoiled(fields.filter { _ in chance(3, 4) } + [("x", Array("1".utf8))]))
    }

    private mutating func whole(_ fields: [Field]) -> [UInt8] {
        var bytes: [UInt8] = []
        object(fields, into: &bytes)
        return bytes
    }

    // MARK: Spelling

    private mutating func object(_ fields: [Field], into bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "{"))
        for (number, field) in fields.enumerated() {
            if number > 0 { bytes.append(UInt8(ascii: ",")) }
            space(&bytes)
            bytes += quoted(field.name)
            space(&bytes)
            bytes.append(UInt8(ascii: ":"))
            space(&bytes)
            bytes += field.value
        }
        space(&bytes)
        bytes.append(UInt8(ascii: "}"))
    }

    private mutating func space(_ bytes: inout [UInt8]) {
        guard chance(1, 8) else { return }
        for _ in 0...random.below(3) { bytes.append([0x20, 0x09, 0x0A, 0x0D][random.below(4)]) }
    }

    /// A string with some of its characters escaped in one of the ways there are.
    private mutating func quoted(_ text: String) -> [UInt8] {
        var bytes: [UInt8] = [UInt8(ascii: "\"")]
        let escapes = chance(1, 8)
        if !escapes, text.utf8.allSatisfy({ $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }) {
            return bytes + text.utf8 + "\"".utf8
        }
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": bytes += [UInt8(ascii: "\\"), UInt8(scalar.value)]
            case "\u{0}"..."\u{1F}": unicode(UInt16(scalar.value), into: &bytes)
            case "/" where escapes: bytes += "\\/".utf8
            default:
                if escapes, chance(1, 2) {
                    for unit in String(scalar).utf16 { unicode(unit, into: &bytes) }
                } else {
                    bytes += String(scalar).utf8
                }
            }
        }
        bytes.append(UInt8(ascii: "\""))
        return bytes
    }

    private mutating func unicode(_ unit: UInt16, into bytes: inout [UInt8]) {
        var digits = String(unit, radix: 16, uppercase: chance(1, 2))
        while digits.utf8.count < 4 { digits = "0" + digits }
        bytes += "\\u".utf8
        bytes += digits.utf8
    }

    private mutating func word() -> [UInt8] {
        let words = ["r1", "douyin", "房间", "a/b", "\u{7F}", "\u{10FFFF}", "x\u{0}y", "根治\n", "😀"]
        if chance(1, 60) { return quoted(String(repeating: "r", count: 254 + random.below(5))) }
        return chance(1, 60) ? quoted("") : quoted(words[random.below(words.count)])
    }

    private mutating func text() -> [UInt8] {
        let pieces = [
            "这个能根治", "，", "abc", "\"", "\\", "\u{8}\u{C}\n\r\t", "😀", "\u{FFFE}", "\u{2028}", "é", "/", "\u{0}",
        ]
        var text = ""
        for _ in 0..<random.below(5) { text += pieces[random.below(pieces.count)] }
        return quoted(text)
    }

    private mutating func number() -> [UInt8] {
        let numbers = [
            "7", "0", "7.0", "70e-1", "0.7E+1", "-0", "-0.0", "-7", "1e3", "253402300799999", "253402300800000",
            "9007199254740993", "9007199254740993.0", "9223372036854775807", "9223372036854775808",
            "9223372036854775807.0", "18446744073709551615", "18446744073709551616", "-9223372036854775808",
            "-9223372036854775809", "1e18", "1e19", "1e308", "1e309", "1e-400", "7.5", "00", "07", "+7", "7.", ".7",
            "-",
            // On both sides of what the decoder reads by itself: eight digits at a time, up to 18.
            "1234567", "12345678", "123456789", "1234567890123456", "12345678901234567", "123456789012345678",
            "1234567890123456789", "0000000000000007", "1234567/", "12345678:9", "1234567.", "12345678.0", "0.5", "0.0",
            "00.5", "7..5", "7.5.5", "90071992547409.92", "90071992547409.93", "0.12345678901234567",
            "0.123456789012345678", "0x7", "1e", "1e+", "NaN", "Infinity", "-1", "1_000", "７",
        ]
        return Array((chance(4, 5) ? "\(random.below(10_000))" : numbers[random.below(numbers.count)]).utf8)
    }

    /// A value that fits nowhere, or anywhere.
    private mutating func odd() -> [UInt8] {
        switch random.below(12) {
        case 0: return Array("null".utf8)
        case 1: return number()
        case 2: return Array("[[],{},[1,{\"a\":[null]}]]".utf8)
        case 3:
            let depth = 12 + random.below(7)
            let filling = ["", "1", "{}", "[]"][random.below(4)]
            let text = String(repeating: "[", count: depth) + filling + String(repeating: "]", count: depth)
            return Array(text.utf8)
        case 4: return Array("\"\\ud83d\"".utf8)
        case 5: return Array("\"\\ude00\\ud83d\"".utf8)
        case 6: return Array("\"\\ud83d\\u0041\"".utf8)
        case 7: return Array("{\"a\":1,\"a\":2}".utf8)
        case 8:
            return Array(
                ["true", "True", "tru", "nul", "false1", "[1,]", "{,}", "{\"a\"}", "\"\t\""][random.below(9)].utf8)
        case 9: return [UInt8(ascii: "\"")] + Self.badUTF8[random.below(Self.badUTF8.count)] + [UInt8(ascii: "\"")]
        case 10: return quoted("listed")
        default: return Array("{}".utf8)
        }
    }

    // MARK: Damage

    /// Overlong forms, surrogates, beyond U+10FFFF, stray and missing continuation bytes.
    private static let badUTF8: [[UInt8]] = [
        [0xFF], [0x80], [0xC0, 0x80], [0xC1, 0xBF], [0xE0, 0x80, 0xAF], [0xE0, 0x9F, 0xBF], [0xED, 0xA0, 0x80],
        [0xED, 0xBF, 0xBF], [0xF0, 0x80, 0x80, 0x80], [0xF0, 0x8F, 0xBF, 0xBF], [0xF4, 0x90, 0x80, 0x80], [0xF5],
        [0xE6, 0xA0], [0xE6, 0xA0, 0xB9, 0xB9], [0xC2],
    ]
    private static let tokens: [[UInt8]] =
        [
            "{", "}", "[", "]", ",", ":", "\"", "\\", "\\u0000", "\\ud83d", "\\udc00", "null", "1e999", "-", "0", "//",
            "/**/", "'", "\u{FEFF}", "\u{0}", "\u{A0}", "\u{2028}", "\u{C}", "\u{B}", "{}", "1",
        ].map { Array($0.utf8) } + badUTF8

    private mutating func mutate(_ bytes: inout [UInt8]) {
        let place = random.below(bytes.count + 1)
        switch random.below(8) {
        case 0 where place < bytes.count: bytes[place] = UInt8(random.below(256))
        case 1 where place < bytes.count: bytes[place] ^= 1 << UInt8(random.below(8))
        case 2: bytes.removeSubrange(place..<min(bytes.count, place + 1 + random.below(8)))
        case 3: bytes.insert(contentsOf: Self.tokens[random.below(Self.tokens.count)], at: place)
        case 4: bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + 24)], at: random.below(bytes.count + 1))
        case 5: bytes += Self.tokens[random.below(Self.tokens.count)]
        case 6: bytes.insert(contentsOf: Self.tokens[random.below(Self.tokens.count)], at: 0)
        default: bytes.insert(UInt8(random.below(256)), at: place)
        }
        if bytes.isEmpty { bytes = [0x20] }
    }

    private mutating func chance(_ times: Int, _ outOf: Int) -> Bool { random.below(outOf) < times }
}
