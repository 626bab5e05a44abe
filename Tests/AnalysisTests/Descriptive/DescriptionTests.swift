import Analysis
import TestSupport
import Testing

struct DescriptionTests {
    @Test func describesAColumn() throws {
        let made = try Description([1e9 + 1, nil, 1e9 + 2, 1e9 + 3, 1e9 + 6])
        #expect(made.count == 4)
        #expect(made.missing == 1)
        #expect(made.mean == 1e9 + 3)
        #expect(isClose(made.standardDeviation ?? 0, (14.0 / 3).squareRoot()))
        #expect(made.median == 1e9 + 2.5)
        #expect(made.lowerQuartile == 1e9 + 1.75)
        let none = try Description([])
        #expect(none.mean == nil && none.median == nil && none.gini == nil)
        #expect(throws: AnalysisError.self) { try Description([.nan]) }
    }

    @Test(arguments: [[3, 0, 0, 7, 1, 0, 2], [-4, 2, 2], [5], [], [1_000_000_007, 2, 0]])
    func describesWholeNumbersAsOthers(_ counts: [Int64]) throws {
        #expect(try Description(counts: counts) == Description(counts.map(Double.init)))
    }

    @Test func giniIsZeroForEqualSharesAndNearOneForOne() throws {
        #expect(try Description([2, 2, 2]).gini == 0)
        #expect(try Description([0, 0, 0, 8]).gini == 0.75)
    }

    @Test func countsWhatWeightsAreWorth() {
        #expect(effectiveNumber([1, 1, 1]) == 3)
        #expect(effectiveNumber([1e200, 0]) == 1)
        #expect(effectiveNumber([]) == nil)
        #expect(effectiveNumber([0]) == nil)
    }

    @Test func ranksByTheLowerBound() {
        // Wilson interval of 8 of 10; 0.490162 with the unrounded z.
        #expect(isClose(VoteScore(up: 8, down: 2).wilsonLowerBound, 0.490162, relative: 2e-5))
        #expect(VoteScore(up: 0, down: 0).wilsonLowerBound == 0)
        #expect(VoteScore(up: 1, down: 0).wilsonLowerBound < VoteScore(up: 20, down: 2).wilsonLowerBound)
        #expect(VoteScore(up: 0, down: 0).posteriorMean == 0.5)
        #expect(VoteScore(up: 3, down: 9).dampedWeight == 1)
        #expect(VoteScore(up: 9, down: 0).controversy == 0)
        #expect(isClose(VoteScore(up: 8, down: 8).controversy, 16, relative: 1e-12))
        // 10 to the power of 2/8, by hand: the fourth root of 10.
        #expect(isClose(VoteScore(up: 2, down: 8).controversy, 1.778279410038923, relative: 1e-12))
    }
}
