/// The caller's buffer for numbers: grows to the largest text seen and is reused, so reading allocates nothing.
public struct NumberBuffer: ~Copyable {
    private var storage: UnsafeMutablePointer<NumberMention>
    private var capacity: Int
    /// How many mentions the buffer holds.
    public private(set) var count = 0

    public init(capacity: Int = 64) {
        self.capacity = max(capacity, 16)
        storage = .allocate(capacity: self.capacity)
    }

    deinit { storage.deallocate() }

    public mutating func removeAll() { count = 0 }

    public subscript(index: Int) -> NumberMention {
        precondition(index >= 0 && index < count, "number index out of range")
        return storage[index]
    }

    mutating func append(_ mention: NumberMention) {
        if count == capacity {
            let larger = UnsafeMutablePointer<NumberMention>.allocate(capacity: capacity * 2)
            larger.moveInitialize(from: storage, count: count)
            storage.deallocate()
            storage = larger
            capacity *= 2
        }
        (storage + count).initialize(to: mention)
        count += 1
    }
}
