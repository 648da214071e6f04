/// The last value of each key of a changelog, in the order in which they were written.
///
/// A busy key stands many times in a log that was not compacted yet; only what stands last is decoded.
struct ChangelogReader {
    private var values: [[UInt8]: (position: Int, value: [UInt8])] = [:]
    private var position = 0

    mutating func take(key: UnsafeBufferPointer<UInt8>, value: UnsafeBufferPointer<UInt8>?) {
        position += 1
        values[Array(key)] = value.map { (position, Array($0)) }
    }

    /// Gives the values away.
    mutating func last() -> [(key: [UInt8], value: [UInt8])] {
        defer { values = [:] }
        return values.sorted { $0.value.position < $1.value.position }.map { ($0.key, $0.value.value) }
    }
}
