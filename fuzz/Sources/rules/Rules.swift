import ClaimRules

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The seed in work, for the signal handler.
nonisolated(unsafe) private var seedInWork: UInt64 = 0

@main struct Rules {
    /// Seconds one input may take. The slowest of a million takes some milliseconds.
    static let timeLimit: UInt32 = 10

    static func main() {
        let arguments = Array(CommandLine.arguments.dropFirst())
        if arguments.first == "show", let seed = arguments.dropFirst().first.flatMap(UInt64.init) { return show(seed) }
        let count = arguments.first.flatMap(UInt64.init) ?? 1_000_000
        let first = arguments.dropFirst().first.flatMap(UInt64.init) ?? 1
        reportSeedOnCrash()
        var (valid, problems, slowest, slowestSeed) = (0, 0, Duration.zero, first)
        let clock = ContinuousClock()
        let start = clock.now
        for seed in first..<(first + count) {
            seedInWork = seed
            var mutator = Mutator(seed: seed)
            let input = mutator.input()
            alarm(timeLimit)
            let begin = clock.now
            let loaded = RulePackLoader.load([PackFile(path: "fuzz.yaml", bytes: input)])
            let time = clock.now - begin
            if time > slowest { (slowest, slowestSeed) = (time, seed) }
            check(loaded, input, seed)
            valid += loaded.ruleSet == nil ? 0 : 1
            problems += loaded.problems.count
            if (seed - first + 1) % 100_000 == 0 { print("\(seed - first + 1) inputs, \(clock.now - start)") }
        }
        print("\(count) inputs from seed \(first): no crash; \(valid) loaded, \(problems) problems reported,")
        print("\(clock.now - start) in all, slowest \(slowest) (seed \(slowestSeed))")
    }

    /// What every result promises.
    private static func check(_ loaded: LoadedPacks, _ input: [UInt8], _ seed: UInt64) {
        let hasError = loaded.problems.contains { $0.kind == .error }
        require((loaded.ruleSet == nil) == hasError, "a rule set and an error, or neither", seed)
        let lines = input.count { $0 == 10 || $0 == 13 } + 2
        var last = (0, 0)
        for problem in loaded.problems {
            let place = (problem.location.line, problem.location.column)
            require(place.0 >= 1 && place.1 >= 1 && place.0 <= lines, "a place outside the file: \(problem)", seed)
            require(last <= place, "problems out of order: \(problem)", seed)
            require(!problem.message.isEmpty, "a problem without a message", seed)
            last = place
        }
    }

    private static func require(_ holds: Bool, _ message: @autoclosure () -> String, _ seed: UInt64) {
        guard !holds else { return }
        print("seed \(seed): \(message())")
        exit(1)
    }

    private static func show(_ seed: UInt64) {
        var mutator = Mutator(seed: seed)
        let input = mutator.input()
        input.withUnsafeBytes { _ = write(1, $0.baseAddress, $0.count) }
        for problem in RulePackLoader.load([PackFile(path: "fuzz.yaml", bytes: input)]).problems { print(problem) }
    }

    private static func reportSeedOnCrash() {
        for number in [SIGALRM, SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGABRT] {
            signal(number) { number in
                // Only write and _exit: nothing else is safe here.
                withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 32) { buffer in
                    var (rest, place) = (seedInWork, 31)
                    buffer[place] = 10
                    repeat {
                        place -= 1
                        buffer[place] = UInt8(48 + rest % 10)
                        rest /= 10
                    } while rest > 0
                    _ = write(2, "crash or hang at seed ", 22)
                    _ = write(2, buffer.baseAddress! + place, 32 - place)
                }
                _exit(128 + number)
            }
        }
    }
}
