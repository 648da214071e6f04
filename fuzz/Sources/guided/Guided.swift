import CFuzzer

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// `guided events|published|packs|state [FOLDER] [-OPTION…]`: libFuzzer on one reader.
@main struct Guided {
    static func main() {
        let targets: [String: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt] = [
            "events": { fuzzEvents(UnsafeBufferPointer(start: $0, count: $1)) },
            "published": { fuzzPublished(UnsafeBufferPointer(start: $0, count: $1)) },
            "packs": { fuzzPacks(UnsafeBufferPointer(start: $0, count: $1)) },
            "state": { fuzzState(UnsafeBufferPointer(start: $0, count: $1)) },
        ]
        guard CommandLine.argc > 1, let target = targets[CommandLine.arguments[1]] else {
            print("usage: guided events|published|packs|state [FOLDER] [-OPTION…]")
            exit(64)
        }
        // What libFuzzer knows as its own name is the name of the target.
        var count = CommandLine.argc - 1
        var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = CommandLine.unsafeArgv + 1
        arguments![0] = CommandLine.unsafeArgv[0]
        exit(LLVMFuzzerRunDriver(&count, &arguments, target))
    }
}

/// A `precondition` whose message is printed in an optimised build too.
func require(_ holds: Bool, _ message: @autoclosure () -> String) {
    guard holds else { fatalError(message()) }
}
