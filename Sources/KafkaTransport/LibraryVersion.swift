import CRdkafka

/// The librdkafka loaded at run time, which may be newer than the one compiled against.
public enum LibraryVersion {
    public enum Verdict: Equatable, Sendable {
        case fine
        case warn(String)
        case refuse(String)
    }

    public static var current: String { String(cString: rd_kafka_version_str()) }

    public static var verdict: Verdict { verdict(of: rd_kafka_version()) }

    /// - Parameter version: As `rd_kafka_version()` gives it: one byte each for major, minor, revision, pre-release.
    package static func verdict(of version: Int32) -> Verdict {
        switch version >> 8 {
        case ..<0x02_00_02:
            .refuse("librdkafka \(current) is too old. Install 2.0.2 or later; 2.8.0 or later is recommended.")
        case 0x02_05_00:
            .refuse("librdkafka 2.5.0 can crash in telemetry (librdkafka#4826). Install 2.8.0 or later.")
        case 0x02_0A_00:
            .refuse("librdkafka 2.10.0 can re-bootstrap for ever (librdkafka#5088). Install 2.10.1 or later.")
        case ..<0x02_03_00:
            .warn(
                "librdkafka \(current) can mistake a broker failover for a fatal error (librdkafka#4438). "
                    + "Install 2.8.0 or later for production.")
        default: .fine
        }
    }
}
