public import LiveEvents

extension Evaluation {
    /// What rules found in rooms with ground truth.
    ///
    /// A violation is found if an alert that counts cites a segment of it, whatever rule raised it: kinds of claims are named
    /// differently by whoever writes the truth. A hit that is about no violation is wrong, and what it cites is accused. A
    /// hard negative is accused by whatever cites it.
    public struct RoomCounts: Sendable {
        /// How many of how many.
        public struct Part: Sendable, Equatable {
            public var count = 0
            public var of = 0
            public init(count: Int = 0, of: Int = 0) { (self.count, self.of) = (count, of) }
            public var share: Double? { of == 0 ? nil : Double(count) / Double(of) }

            mutating func add(_ holds: Bool) {
                of += 1
                if holds { count += 1 }
            }
        }

        /// One room.
        public struct Room: Sendable, Equatable {
            public var id: String
            public var violations = Part()
            public var hardNegatives = Part()
            public var otherSegments = Part()
        }

        /// A violation that no alert is about.
        public struct Missed: Sendable, Equatable {
            public var room: String
            public var violation: LabelledRoom.Violation
            /// What is said there.
            public var text: String
        }

        /// A hit about no violation.
        public struct Wrong: Sendable {
            public var room: String
            /// With the evidence of this hit only.
            public var alert: Alert
            public var isHardNegative: Bool
        }

        /// Violations found.
        public internal(set) var violations = Part()
        /// Of them those within one segment, and those that need several.
        public internal(set) var oneSegment = Part(), severalSegments = Part()
        /// By how they can be seen: "lexical", "facts", "implied".
        public internal(set) var byReach: [String: Part] = [:]
        /// Lawful texts that sound unlawful, and were accused.
        public internal(set) var hardNegatives = Part()
        /// Segments of neither kind that were accused.
        public internal(set) var otherSegments = Part()
        /// Hits in what is said that are about a violation: an alert may stand for several.
        public internal(set) var hits = Part()
        /// Hits in listings alone, about no violation; nobody has said whether they are right.
        public internal(set) var listingHits = 0
        /// Hits by rule, and how many of them are about a violation.
        public internal(set) var byRule: [RuleID: Part] = [:]
        /// The rooms, up to `mostRooms`.
        public internal(set) var rooms: [Room] = []
        public internal(set) var roomCount = 0
        /// The first of them, up to `mostCases` each.
        public internal(set) var missed: [Missed] = []
        public internal(set) var wrong: [Wrong] = []

        public static let mostRooms = 100
        public static let mostCases = 20
        public init() {}

        mutating func add(_ room: LabelledRoom, _ raised: [LabelledRoom.RaisedAlert]) {
            var row = Room(id: room.id)
            let hits = raised.flatMap(\.hits)
            for violation in room.violations {
                let isFound = hits.contains { LabelledRoom.isAbout(violation, $0) }
                row.violations.add(isFound)
                if violation.segments.count > 1 { severalSegments.add(isFound) } else { oneSegment.add(isFound) }
                byReach[violation.reach, default: Part()].add(isFound)
                if !isFound, missed.count < Self.mostCases {
                    missed.append(
                        Missed(room: room.id, violation: violation, text: room.text(of: violation.segments)))
                }
            }
            let unlawful = room.violations.reduce(into: Set()) { $0.formUnion($1.segments) }
            let negatives = room.hardNegatives.reduce(into: Set()) { $0.formUnion($1) }.subtracting(unlawful)
            var accused: Set<Int64> = []
            for hit in hits {
                let isRight = room.violations.contains { LabelledRoom.isAbout($0, hit) }
                if !isRight, hit.segments.isEmpty {
                    listingHits += 1
                    continue
                }
                self.hits.add(isRight)
                byRule[hit.alert.rule.id, default: Part()].add(isRight)
                accused.formUnion(isRight ? hit.segments.intersection(negatives) : hit.segments)
                guard !isRight else { continue }
                let isNear = !hit.segments.isDisjoint(with: negatives)
                guard wrong.count < Self.mostCases else { continue }
                var alert = hit.alert
                alert.evidence.removeAll { !($0.segmentID.map(hit.segments.contains) ?? false) }
                wrong.append(Wrong(room: room.id, alert: alert, isHardNegative: isNear))
            }
            for negative in room.hardNegatives {
                row.hardNegatives.add(!negative.subtracting(unlawful).isDisjoint(with: accused))
            }
            for segment in room.texts.keys where !unlawful.contains(segment) && !negatives.contains(segment) {
                row.otherSegments.add(accused.contains(segment))
            }
            sum(row)
        }

        private mutating func sum(_ row: Room) {
            func add(_ part: Part, to total: inout Part) {
                (total.count, total.of) = (total.count + part.count, total.of + part.of)
            }
            add(row.violations, to: &violations)
            add(row.hardNegatives, to: &hardNegatives)
            add(row.otherSegments, to: &otherSegments)
            roomCount += 1
            if rooms.count < Self.mostRooms { rooms.append(row) }
        }
    }
}
