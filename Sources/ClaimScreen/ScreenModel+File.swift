/// A file with a model cannot be used.
public struct ScreenFileError: Error, Equatable, CustomStringConvertible {
    public let description: String
}

extension ScreenModel {
    private static let magic = Array("claimwatch screen 2\n".utf8)
    private static let mostName = 64
    /// Bytes of the largest file: 2^22 weights.
    public static let mostBytes = 20 + 12 + mostName + 4 + (4 << 22) + 8

    /// The model as a file: the words `claimwatch screen 2`, then little-endian the bits, the length of the texts, the length of the
    /// name and the name, the bias, the weights as 32-bit floating-point numbers, and a checksum of all that.
    public func encoded() -> [UInt8] {
        var bytes = Self.magic
        bytes.reserveCapacity(Self.magic.count + 16 + name.utf8.count + 4 * weights.count)
        Self.append(UInt32(bits), to: &bytes)
        Self.append(UInt32(length), to: &bytes)
        Self.append(UInt32(name.utf8.count), to: &bytes)
        bytes += name.utf8
        Self.append(bias.bitPattern, to: &bytes)
        for weight in weights { Self.append(weight.bitPattern, to: &bytes) }
        let sum = Self.checksum(bytes[...])
        Self.append(UInt32(truncatingIfNeeded: sum), to: &bytes)
        Self.append(UInt32(truncatingIfNeeded: sum >> 32), to: &bytes)
        return bytes
    }

    /// Reads what `encoded` wrote. Whatever else the bytes are is refused; nothing is believed before the checksum holds.
    public init(decoding bytes: [UInt8]) throws(ScreenFileError) {
        guard bytes.starts(with: Self.magic) else {
            if bytes.starts(with: "claimwatch screen ".utf8) {
                throw ScreenFileError(
                    description:
                        "the screen is of another version of ClaimWatch: learn it again with 'claimwatch learn'")
            }
            throw ScreenFileError(description: "this is no screen: give a file that 'claimwatch learn' wrote")
        }
        let damaged = ScreenFileError(
            description: "the screen is damaged or cut: copy it again, or learn it again with 'claimwatch learn'")
        guard bytes.count <= Self.mostBytes, bytes.count >= Self.magic.count + 24 else { throw damaged }
        let body = bytes[..<(bytes.count - 8)]
        let sum = UInt64(Self.number(bytes, body.endIndex)) | UInt64(Self.number(bytes, body.endIndex + 4)) << 32
        guard sum == Self.checksum(body) else { throw damaged }
        var offset = Self.magic.count
        let bits = Int(Self.number(bytes, offset))
        let length = Int(Self.number(bytes, offset + 4))
        let nameLength = Int(Self.number(bytes, offset + 8))
        offset += 12
        guard ScreenFeatures.bits.contains(bits), Self.lengths.contains(length), nameLength <= Self.mostName,
            body.count == offset + nameLength + 4 + 4 << bits
        else { throw damaged }
        let name = String(decoding: bytes[offset..<offset + nameLength], as: UTF8.self)
        offset += nameLength
        let bias = Float(bitPattern: Self.number(bytes, offset))
        var weights = [Float](repeating: 0, count: 1 << bits)
        for place in weights.indices { weights[place] = Float(bitPattern: Self.number(bytes, offset + 4 + 4 * place)) }
        guard bias.isFinite, weights.allSatisfy(\.isFinite), Self.isName(name) else { throw damaged }
        self.init(name: name, bits: bits, length: length, bias: bias, weights: weights)
    }

    /// Lower-case letters, digits, dots and hyphens, from 1 to 64.
    public static func isName(_ text: String) -> Bool {
        (1...mostName).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || byte == 0x2D || byte == 0x2E
            }
    }

    private static func append(_ number: UInt32, to bytes: inout [UInt8]) {
        for shift in stride(from: UInt32(0), through: 24, by: 8) {
            bytes.append(UInt8(truncatingIfNeeded: number >> shift))
        }
    }

    /// - Precondition: Four bytes lie there.
    private static func number(_ bytes: [UInt8], _ offset: Int) -> UInt32 {
        UInt32(bytes[offset]) | UInt32(bytes[offset + 1]) << 8 | UInt32(bytes[offset + 2]) << 16
            | UInt32(bytes[offset + 3]) << 24
    }

    /// FNV-1a: against copies cut short and broken disks, not against forgers.
    private static func checksum(_ bytes: ArraySlice<UInt8>) -> UInt64 {
        var sum: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in bytes { sum = (sum ^ UInt64(byte)) &* 0x100_0000_01B3 }
        return sum
    }
}
