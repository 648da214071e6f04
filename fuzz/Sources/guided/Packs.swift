import ClaimRules

/// Hostile YAML gives problems in the order of the file, or a rule set, and never a crash.
func fuzzPacks(_ input: UnsafeBufferPointer<UInt8>) -> CInt {
    let loaded = RulePackLoader.load([PackFile(path: "fuzz.yaml", bytes: Array(input))])
    let hasError = loaded.problems.contains { $0.kind == .error }
    require((loaded.ruleSet == nil) == hasError, "a rule set and an error, or neither")
    let lines = input.count { $0 == 10 || $0 == 13 } + 2
    var last = (0, 0)
    for problem in loaded.problems {
        let place = (problem.location.line, problem.location.column)
        require(place.0 >= 1 && place.1 >= 1 && place.0 <= lines, "a place outside the file: \(problem)")
        require(last <= place, "problems out of order: \(problem)")
        require(!problem.message.isEmpty, "a problem without a message")
        last = place
    }
    return 0
}
