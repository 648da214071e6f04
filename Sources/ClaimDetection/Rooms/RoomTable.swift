import LiveEvents

/// The rooms of a partition, found by their ids without building a key, the one idle longest forgotten first.
///
/// Open addressing with linear probing over room hashes; a list through the slots keeps the order of use.
struct RoomTable {
    private var slots: [Int32]
    private var rooms: [Room?] = []
    private var newer: [Int32] = []
    private var older: [Int32] = []
    private var free: [Int32] = []
    private var newest: Int32 = -1
    private var oldest: Int32 = -1
    private(set) var count = 0

    init() { slots = [Int32](repeating: -1, count: 64) }

    var all: some Sequence<Room> { rooms.lazy.compactMap { $0 } }

    /// The room with these ids, made now if there is none; it becomes the one used last.
    mutating func room(
        _ platform: UnsafeBufferPointer<UInt8>, _ room: UnsafeBufferPointer<UInt8>,
        _ session: UnsafeBufferPointer<UInt8>
    ) -> Room {
        let hash = Self.hash(platform, room, session)
        var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
        while slots[slot] >= 0 {
            let number = slots[slot]
            let candidate = rooms[Int(number)].unsafelyUnwrapped
            if candidate.hash == hash, candidate.matches(platform, room, session) {
                if number != newest {
                    unlink(number)
                    link(number)
                }
                return candidate
            }
            slot = (slot + 1) & (slots.count - 1)
        }
        let made = Room(platform: platform, roomID: room, sessionID: session, hash: hash)
        insert(made)
        return made
    }

    /// Removes and returns the room idle longest.
    mutating func removeOldest() -> Room? {
        guard oldest >= 0 else { return nil }
        let number = oldest
        let room = rooms[Int(number)]!
        unlink(number)
        removeSlot(of: number, hash: room.hash)
        rooms[Int(number)] = nil
        free.append(number)
        count -= 1
        return room
    }

    private mutating func insert(_ room: Room) {
        let number: Int32
        if let reused = free.popLast() {
            number = reused
            rooms[Int(number)] = room
        } else {
            number = Int32(rooms.count)
            rooms.append(room)
            newer.append(-1)
            older.append(-1)
        }
        count += 1
        link(number)
        if count * 2 > slots.count {
            slots = [Int32](repeating: -1, count: slots.count * 2)
            for (number, room) in rooms.enumerated() {
                if let room { place(Int32(number), hash: room.hash) }
            }
        } else {
            place(number, hash: room.hash)
        }
    }

    private mutating func place(_ number: Int32, hash: UInt64) {
        var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
        while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
        slots[slot] = number
    }

    /// Takes `number` out by moving later entries of its cluster back over the hole, so that no marker is left behind.
    private mutating func removeSlot(of number: Int32, hash: UInt64) {
        let mask = slots.count - 1
        var hole = Int(truncatingIfNeeded: hash) & mask
        while slots[hole] != number { hole = (hole + 1) & mask }
        slots[hole] = -1
        var slot = (hole + 1) & mask
        while slots[slot] >= 0 {
            let home = Int(truncatingIfNeeded: rooms[Int(slots[slot])]!.hash) & mask
            if (slot - home) & mask >= (slot - hole) & mask {
                slots[hole] = slots[slot]
                slots[slot] = -1
                hole = slot
            }
            slot = (slot + 1) & mask
        }
    }

    private mutating func link(_ number: Int32) {
        older[Int(number)] = newest
        newer[Int(number)] = -1
        if newest >= 0 { newer[Int(newest)] = number }
        newest = number
        if oldest < 0 { oldest = number }
    }

    private mutating func unlink(_ number: Int32) {
        let (before, after) = (older[Int(number)], newer[Int(number)])
        if before >= 0 { newer[Int(before)] = after } else { oldest = after }
        if after >= 0 { older[Int(after)] = before } else { newest = before }
    }

    /// Seeded anew in each process, so that nobody can choose room ids that collide. Never stored.
    private static func hash(
        _ platform: UnsafeBufferPointer<UInt8>, _ room: UnsafeBufferPointer<UInt8>,
        _ session: UnsafeBufferPointer<UInt8>
    ) -> UInt64 {
        var hasher = Hasher()
        hasher.combine(bytes: UnsafeRawBufferPointer(platform))
        hasher.combine(platform.count)
        hasher.combine(bytes: UnsafeRawBufferPointer(room))
        hasher.combine(room.count)
        hasher.combine(bytes: UnsafeRawBufferPointer(session))
        return UInt64(bitPattern: Int64(hasher.finalize()))
    }
}
