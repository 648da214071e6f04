@testable import ClaimRules
import TermMatching
import Testing

@Suite struct `How often terms are expected` {
    @Test func `is less for what is said rarely, and more where other characters may stand for it`() {
        let frequencies = TermFrequencies()
        let estimates = ["到", "糖尿病", "驴牌老花"].map { frequencies.estimate(Term($0)) }
        #expect(estimates[0] > estimates[1] && estimates[1] > estimates[2])
        let heard = frequencies.estimate(Term("糖尿病", tolerance: Tolerance(sounds: true)))
        #expect(heard > estimates[1])
    }
}
