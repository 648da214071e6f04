/// Which loose terms were held against the place that a scan is at, so that each is asked once there.
///
/// For each term the last place at which it was. Places are numbered through all texts and tables, so nothing is to be
/// forgotten between them.
struct AskedTerms: ~Copyable {
    /// The number of the place, and behind it those of the terms.
    private var numbers: UnsafeMutablePointer<UInt32>
    private var count = 0

    init() {
        numbers = .allocate(capacity: 1)
        numbers.initialize(to: 0)
    }

    deinit { numbers.deallocate() }

    /// Begins with the terms of another table.
    mutating func reset(_ count: Int) {
        guard count > self.count else { return }
        let place = numbers[0]
        numbers.deallocate()
        numbers = .allocate(capacity: count + 1)
        numbers.initialize(repeating: 0, count: count + 1)
        numbers[0] = place
        self.count = count
    }

    /// For as long as no other table is begun.
    var terms: Terms { Terms(numbers: numbers, count: count) }

    struct Terms {
        fileprivate let numbers: UnsafeMutablePointer<UInt32>
        fileprivate let count: Int

        /// Begins another place.
        @inline(__always)
        func beginPlace() {
            numbers[0] &+= 1
            // Once in four billion places.
            if numbers[0] == 0 {
                numbers.update(repeating: 0, count: count + 1)
                numbers[0] = 1
            }
        }

        /// Whether a term is asked about for the first time at this place.
        @inline(__always)
        func isFirst(_ term: Int32) -> Bool {
            let (place, own) = (numbers[0], numbers + 1 + Int(term))
            if own.pointee == place { return false }
            own.pointee = place
            return true
        }
    }
}
