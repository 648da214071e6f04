import LiveEvents

/// What the decoder lets through is UTF-8, keeps its bounds, and is read the same when it is read again.
func fuzzEvents(_ record: UnsafeBufferPointer<UInt8>) -> CInt {
    guard let event = try? decoder.decode(record) else { return 0 }
    switch event {
    case .transcript(let segment):
        for view in [
            segment.platform, segment.roomID, segment.sessionID, segment.text, segment.speakerID, segment.speakerName,
            segment.speakerRoleText, segment.listingID, segment.asrEngine, segment.region,
        ] {
            require(String(validating: view.bytes, as: UTF8.self) != nil, "text that is not UTF-8")
        }
        require(
            segment.endMS >= segment.startMS && segment.startMS >= 0 && segment.segmentID >= 0, "a number out of bounds"
        )
    case .listing(let listing):
        var json: [UInt8] = []
        listing.encode(into: &json)
        let again = json.withUnsafeBufferPointer { try? decoder.decode($0) }
        guard case .listing(let second) = again, second == listing else { fatalError("not the same again") }
    }
    return 0
}

nonisolated(unsafe) private let decoder = EventDecoder()
