import LiveEvents

/// An alert or dead letter that can be read is written and read again without a change.
func fuzzPublished(_ record: UnsafeBufferPointer<UInt8>) -> CInt {
    if let alert = try? Alert(decoding: record) {
        var json: [UInt8] = []
        alert.encode(into: &json)
        require(json.withUnsafeBufferPointer { try? Alert(decoding: $0) } == alert, "not the same again")
    }
    if let letter = try? DeadLetter(decoding: record) {
        var json: [UInt8] = []
        letter.encode(into: &json)
        require(json.withUnsafeBufferPointer { try? DeadLetter(decoding: $0) } == letter, "not the same again")
    }
    return 0
}
