import Crypto

/// Names what a rule set was made from, so that an alert can say which rules raised it.
enum ContentHash {
    /// 16 hexadecimal digits of the SHA-256 over the files' last path components and bytes, in their order.
    ///
    /// Folders are left out: the same packs in another place are the same rules. Each name and content goes in with its
    /// length, so that no byte can move from one to the other unseen.
    static func of(_ files: [PackFile]) -> String {
        let named = files.map { (name: String($0.path.split(separator: "/").last ?? ""), bytes: $0.bytes) }
        var hash = SHA256()
        for file in named.sorted(by: {
            ($0.name, $0.bytes.count) < ($1.name, $1.bytes.count)
                || ($0.name == $1.name && $0.bytes.count == $1.bytes.count
                    && $0.bytes.lexicographicallyPrecedes($1.bytes))
        }) {
            add(Array(file.name.utf8), to: &hash)
            add(file.bytes, to: &hash)
        }
        return digits(of: hash)
    }

    static func digits(of hash: SHA256) -> String {
        let digits = Array("0123456789abcdef")
        return String(hash.finalize().prefix(8).flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
    }

    private static func add(_ bytes: [UInt8], to hash: inout SHA256) {
        withUnsafeBytes(of: UInt64(bytes.count).littleEndian) { hash.update(bufferPointer: $0) }
        bytes.withUnsafeBytes { hash.update(bufferPointer: $0) }
    }
}
