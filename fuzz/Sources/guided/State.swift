import ClaimDetection
import ClaimRules
import LiveEvents

//     key LF value LF key LF value …        an empty value deletes the key

/// Hostile records of the changelog topic are refused, or the store goes on: it judges, spills and writes what it has.
///
/// What it writes is read again without an error, since it wrote it itself.
func fuzzState(_ input: UnsafeBufferPointer<UInt8>) -> CInt {
    let store = RoomStore(ruleSet: ruleSet)
    let lines = input.split(separator: 10, maxSplits: 63, omittingEmptySubsequences: false)
    for number in stride(from: 0, to: lines.count, by: 2) {
        let value = number + 1 < lines.count ? lines[number + 1] : lines[number][..<lines[number].startIndex]
        store.restore(
            key: UnsafeBufferPointer(rebasing: lines[number]),
            value: value.isEmpty ? nil : UnsafeBufferPointer(rebasing: value))
    }
    store.finishRestore()
    for number in 0..<Int64(events.count) {
        events[Int(number)].withUnsafeBufferPointer { json in
            let event = try! decoder.decode(json)
            let origin = RecordOrigin(
                source: .init(topic: "live.transcripts", partition: 0, offset: Offset(100 + number)))
            store.process(event, origin: origin) { alert in
                var json: [UInt8] = []
                alert.encode(into: &json)
            }
        }
        if number == 2 { _ = store.replayOffset(noEarlierThan: 1_000) }
    }
    _ = store.replayOffset(noEarlierThan: .max)
    let second = RoomStore(ruleSet: ruleSet)
    store.flushChangelog { change in
        change.key.withUnsafeBufferPointer { key in
            if let value = change.value {
                value.withUnsafeBufferPointer { second.restore(key: key, value: $0) }
            } else {
                second.restore(key: key, value: nil)
            }
        }
    }
    let unreadable = second.finishRestore().unreadable
    require(unreadable.isEmpty, "a record written by this version is refused: \(unreadable)")
    return 0
}

nonisolated(unsafe) private let decoder = EventDecoder()

private let ruleSet: RuleSet = {
    func rule(_ id: String, _ parts: [[String]], threshold: Int = 1, product: Rule.ProductScope? = nil) -> Rule {
        Rule(
            id: RuleID(id), pack: "fuzz", revision: 1, status: .stable, title: "标题", titleEn: "title", category: id,
            severity: .high, legalBasis: [.init(law: "广告法", article: "第十七条")], legalTrack: nil,
            targets: [.speech, .listing], product: product, condition: .init(parts: parts, within: 12, order: .any),
            unless: [], windowMS: 60_000, threshold: threshold, examples: .init(match: [], clear: []),
            location: SourceLocation(file: "fuzz.yaml", line: 1, column: 1))
    }
    let rules = [
        rule("a", [["最好"]]), rule("b", [["买它"]], threshold: 2),
        rule("c", [["根治"], ["糖尿病"]], product: .init(categories: ["食品"], excluded: [])),
    ]
    return try! RuleSet(rules: rules, contentHash: "0123456789abcdef")
}()

/// Speech that ends what restored carry-over may begin, hits windows old and new, and listings that change what is on sale.
private let events: [[UInt8]] = [
    #"{"schema":"transcript.v1","platform":"p","room_id":"r","session_id":"s","segment_id":1,"is_final":true,"start_ms":1000,"end_ms":2000,"text":"好买它"}"#,
    #"{"schema":"listing.v1","platform":"p","room_id":"r","session_id":"s","listing_id":"i","action":"explaining","time_ms":2000,"title":"最好"}"#,
    #"{"schema":"transcript.v1","platform":"p","room_id":"r","session_id":"s","segment_id":2,"is_final":true,"start_ms":2000,"end_ms":3000,"text":"最好，根治糖尿病，买它，最"}"#,
    #"{"schema":"listing.v1","platform":"p","room_id":"r","session_id":"s","listing_id":"j","action":"listed","time_ms":3000,"title":"买它","category":"食品"}"#,
    #"{"schema":"transcript.v1","platform":"p","room_id":"r","session_id":"s","segment_id":3,"is_final":true,"start_ms":900000,"end_ms":901000,"text":"最好"}"#,
].map { Array($0.utf8) }
