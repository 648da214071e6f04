/// Time as the simulation makes it: it goes on when somebody says what a piece of work cost, and never by itself.
public final class SimulatedClock {
    public private(set) var nowMS: Int64
    public init(nowMS: Int64 = 0) { self.nowMS = nowMS }
    public func advance(byMS milliseconds: Int64) { nowMS += max(0, milliseconds) }
}
