import TermMatching
import Testing

@Suite struct `Disguises of a term` {
    @Test(
        arguments: [
            ("最好", Tolerance(), false),
            ("最好", Tolerance(gaps: 1), true),
            ("最好", Tolerance(fillers: true), true),
            ("最", Tolerance(gaps: 1, fillers: true, sounds: true), false),
            ("最好", Tolerance(sounds: true), true),
            ("vx", Tolerance(sounds: true), false),
            ("v信", Tolerance(sounds: true), true),
            ("胖", Tolerance(split: true), true),
            ("一一", Tolerance(split: true), false),
            ("十天", Tolerance(numbers: true), true),
            ("99%", Tolerance(numbers: true), true),
            // Folding has 七 and 7 alike.
            ("七天", Tolerance(numbers: true), false),
            ("最好", Tolerance(numbers: true), false),
        ] as [(String, Tolerance, Bool)])
    func `are there if its tolerance can find anything else`(text: String, tolerance: Tolerance, has: Bool) {
        #expect(Term(text, tolerance: tolerance).hasDisguises == has)
    }

    @Test func `end where fuzzy matching does`() {
        let long = String(repeating: "好", count: 16)
        #expect(Term(long, tolerance: Tolerance(gaps: 1)).hasDisguises)
        #expect(!Term(long + "好", tolerance: Tolerance(gaps: 1)).hasDisguises)
    }
}
