import LiveEvents

/// The rooms of a partition, found by their ids without building a key, in order of their last use.
///
/// ```
///   slots   [ . | tag 7 → 2 | . | tag 9 → 0 | tag 9 → 1 | . ]     open addressing, linear probing
///   rooms   [ 0: a room | 1: a room | 2: a room | 3: free ]        values side by side, never moved but to grow
///   order   newest 1 ⇄ 0 ⇄ 2 oldest                                a list through the rooms
/// ```
/// Room ids come from a topic and may be chosen to collide; so the hash is seeded anew in each process and never stored.
struct RoomTable: ~Copyable {
    private struct Slot {
        /// The upper half of the room's hash: most other rooms are told apart without reading them.
        var tag: UInt32 = 0
        /// The room's number and 1; 0 for none.
        var room: UInt32 = 0
    }

    /// A room's neighbours in order of use; -1 for none.
    private struct Neighbours {
        var newer: Int32 = -1
        var older: Int32 = -1
        var isUsed = false
    }

    private var slots = [Slot](repeating: Slot(), count: 64)
    private var rooms: UnsafeMutablePointer<Room> = .allocate(capacity: 16)
    private var capacity = 16
    private var order: [Neighbours] = []
    private var free: [Int32] = []
    private var newest: Int32 = -1
    private var oldest: Int32 = -1
    private(set) var count = 0
    private let seed: (UInt64, UInt64)

    init() {
        var random = SystemRandomNumberGenerator()
        // Odd, so that no factor loses bits.
        seed = (random.next() | 1, random.next() | 1)
    }

    deinit {
        for number in order.indices where order[number].isUsed { (rooms + number).deinitialize(count: 1) }
        rooms.deallocate()
    }

    /// The numbers of all rooms, the one used last first.
    var numbers: [Int32] {
        var numbers: [Int32] = []
        var number = newest
        while number >= 0 {
            numbers.append(number)
            number = order[Int(number)].older
        }
        return numbers
    }

    /// One more than the highest number that a room has.
    var end: Int32 { Int32(order.count) }

    /// The room with this number; valid until another room is made.
    func room(_ number: Int32) -> UnsafeMutablePointer<Room> { rooms + Int(number) }

    /// The room with this number, or nil if it was removed.
    func ifThere(_ number: Int32) -> UnsafeMutablePointer<Room>? {
        order[Int(number)].isUsed ? rooms + Int(number) : nil
    }

    /// The number of the room with these ids, made now if there is none; it becomes the one used last.
    mutating func number(
        _ platform: UnsafeBufferPointer<UInt8>, _ room: UnsafeBufferPointer<UInt8>,
        _ session: UnsafeBufferPointer<UInt8>
    ) -> Int32 {
        let hash = hash(platform, room, session)
        let tag = UInt32(truncatingIfNeeded: hash >> 32)
        let mask = slots.count - 1
        var place = Int(truncatingIfNeeded: hash) & mask
        while slots[place].room != 0 {
            let slot = slots[place]
            let number = Int32(truncatingIfNeeded: slot.room) - 1
            if slot.tag == tag, rooms[Int(number)].matches(platform, room, session) {
                if number != newest {
                    unlink(number)
                    link(number)
                }
                return number
            }
            place = (place + 1) & mask
        }
        return insert(Room(platform: platform, roomID: room, sessionID: session, hash: hash))
    }

    /// Removes and returns the room idle longest.
    mutating func removeOldest() -> Room? {
        guard oldest >= 0 else { return nil }
        let number = oldest
        unlink(number)
        removeSlot(of: number)
        order[Int(number)].isUsed = false
        free.append(number)
        count -= 1
        return (rooms + Int(number)).move()
    }

    /// Puts the rooms into the order of their last use; of two used at once the one in front stays there.
    mutating func orderByUse() {
        let sorted = numbers.enumerated().sorted { a, b in
            let (first, second) = (rooms[Int(a.element)].lastUsedMS, rooms[Int(b.element)].lastUsedMS)
            return first == second ? a.offset < b.offset : first > second
        }
        newest = -1
        oldest = -1
        for (_, number) in sorted.reversed() { link(number) }
    }

    private mutating func insert(_ room: consuming Room) -> Int32 {
        let hash = room.hash
        let number = free.popLast() ?? Int32(order.count)
        if Int(number) == order.count { order.append(Neighbours()) }
        if Int(number) == capacity { grow() }
        (rooms + Int(number)).initialize(to: room)
        order[Int(number)].isUsed = true
        count += 1
        link(number)
        if count * 2 > slots.count {
            slots = [Slot](repeating: Slot(), count: slots.count * 2)
            for number in order.indices where order[number].isUsed { place(Int32(number), hash: rooms[number].hash) }
        } else {
            place(number, hash: hash)
        }
        return number
    }

    private mutating func grow() {
        let larger = UnsafeMutablePointer<Room>.allocate(capacity: capacity * 2)
        for number in 0..<capacity where order[number].isUsed {
            (larger + number).initialize(to: (rooms + number).move())
        }
        rooms.deallocate()
        rooms = larger
        capacity *= 2
    }

    private mutating func place(_ number: Int32, hash: UInt64) {
        let mask = slots.count - 1
        var place = Int(truncatingIfNeeded: hash) & mask
        while slots[place].room != 0 { place = (place + 1) & mask }
        slots[place] = Slot(tag: UInt32(truncatingIfNeeded: hash >> 32), room: UInt32(number) + 1)
    }

    /// Takes `number` out by moving later entries of its cluster back over the hole, so that no marker is left behind.
    private mutating func removeSlot(of number: Int32) {
        let mask = slots.count - 1
        var hole = Int(truncatingIfNeeded: rooms[Int(number)].hash) & mask
        while slots[hole].room != UInt32(number) + 1 { hole = (hole + 1) & mask }
        slots[hole] = Slot()
        var place = (hole + 1) & mask
        while slots[place].room != 0 {
            let home = Int(truncatingIfNeeded: rooms[Int(slots[place].room) - 1].hash) & mask
            if (place - home) & mask >= (place - hole) & mask {
                slots[hole] = slots[place]
                slots[place] = Slot()
                hole = place
            }
            place = (place + 1) & mask
        }
    }

    private mutating func link(_ number: Int32) {
        order[Int(number)].older = newest
        order[Int(number)].newer = -1
        if newest >= 0 { order[Int(newest)].newer = number }
        newest = number
        if oldest < 0 { oldest = number }
    }

    private mutating func unlink(_ number: Int32) {
        let own = order[Int(number)]
        if own.older >= 0 { order[Int(own.older)].newer = own.newer } else { oldest = own.newer }
        if own.newer >= 0 { order[Int(own.newer)].older = own.older } else { newest = own.older }
    }

    // MARK: Hash

    private func hash(
        _ platform: UnsafeBufferPointer<UInt8>, _ room: UnsafeBufferPointer<UInt8>,
        _ session: UnsafeBufferPointer<UInt8>
    ) -> UInt64 {
        // The lengths come first, so that no byte can move from one id to the next unseen.
        let lengths = UInt64(truncatingIfNeeded: (platform.count << 42) ^ (room.count << 21) ^ session.count)
        var hash = fold(seed.0 ^ lengths, seed.1)
        hash = mix(hash, platform)
        hash = mix(hash, room)
        return mix(hash, session)
    }

    /// Eight bytes a step: each product depends on a seed that nobody outside knows.
    @inline(__always)
    private func mix(_ hash: UInt64, _ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
        let raw = UnsafeRawBufferPointer(bytes)
        var hash = hash
        var place = 0
        while place + 8 <= raw.count {
            hash = fold(hash ^ raw.loadUnaligned(fromByteOffset: place, as: UInt64.self), seed.1)
            place += 8
        }
        var rest: UInt64 = 0
        while place < raw.count {
            rest = rest << 8 | UInt64(raw[place])
            place += 1
        }
        return fold(hash ^ rest, seed.0)
    }

    /// Both halves of the product of two numbers.
    @inline(__always)
    private func fold(_ a: UInt64, _ b: UInt64) -> UInt64 {
        let product = a.multipliedFullWidth(by: b)
        return product.high ^ product.low
    }
}
