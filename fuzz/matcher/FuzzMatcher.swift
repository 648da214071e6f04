import PatternMatching

/// Terms, and an index of them for each kernel.
private struct Terms {
    var terms: [String]
    var indexes: [TermIndex]
    var naive: NaiveMatcher

    init?(_ terms: [String]) {
        guard !terms.isEmpty, let index = try? TermIndex(terms) else { return nil }
        self.terms = terms
        indexes = ScanKernel.available.map { TermIndex(index, kernel: $0) }
        naive = NaiveMatcher(terms)
    }
}

nonisolated(unsafe) private var buffer = MatchBuffer(capacity: 16)
/// Building an index takes a millisecond and a scan a microsecond, so most inputs share one of these.
nonisolated(unsafe) private var shared = [Terms?](repeating: nil, count: 240)

/// The first byte of an input, if below 240, says which terms of `CaseMaker`; otherwise the terms follow, separated by
/// FE, up to a byte FF. Then comes a byte that says where the text is cut, and the text. Kernels must agree with the
/// naive matcher, whole and in segments.
@_cdecl("LLVMFuzzerTestOneInput") public func testOneInput(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let input = Array(UnsafeBufferPointer(start: start, count: count))
    guard let choice = input.first else { return -1 }
    if choice < 240 {
        if shared[Int(choice)] == nil {
            var maker = CaseMaker(alphabet: Int(choice) % CaseMaker.alphabets.count, seed: UInt64(choice))
            shared[Int(choice)] = Terms(maker.terms())
        }
        return search(input[1...], &shared[Int(choice)]!)
    }
    guard let border = input.firstIndex(of: 0xFF), border > 0 else { return -1 }
    guard var own = Terms(input[1..<border].split(separator: 0xFE).map { String(decoding: $0, as: UTF8.self) })
    else { return -1 }
    return search(input[(border + 1)...], &own)
}

private func search(_ input: ArraySlice<UInt8>, _ built: inout Terms) -> CInt {
    guard let place = input.first else { return -1 }
    let text = Array(input.dropFirst())
    let cut = text.isEmpty ? 0 : Int(place) % (text.count + 1)
    // Small texts only: the naive matcher is slow.
    let expected = text.count < 400 ? built.naive.scan(text) : nil
    var first: [TermMatch]?
    for index in built.indexes {
        buffer.removeAll()
        text.withUnsafeBufferPointer { index.scan($0, into: &buffer) }
        let found = (0..<buffer.count).map { buffer[$0] }
        precondition(found == expected ?? found, "\(built.terms) in \(text): \(found), not \(expected ?? [])")
        precondition(found == first ?? found, "\(built.terms) in \(text): kernels differ")
        first = found
        let parts = SegmentedScan.matches(in: text, cutAt: [cut], index, &buffer)
        precondition(parts == found, "\(built.terms) in \(text) cut at \(cut): \(parts), not \(found)")
    }
    return 0
}
