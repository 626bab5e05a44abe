import Analysis
import TestSupport
import Testing

struct LocationQuotientTests {
    private static func choose(_ n: Int, _ k: Int) -> Double {
        k < 0 || k > n ? 0 : (0..<k).reduce(1) { $0 * Double(n - $1) / Double($1 + 1) }
    }

    @Test func testIsExact() throws {
        let (counts, totals) = ([0, 1, 6, 3, 8, 0], [4, 9, 7, 6, 14, 0])
        let made = try LocationQuotient(counts: counts, totals: totals)
        let (all, total) = (18, 40)
        for cell in counts.indices where totals[cell] > 0 {
            let probabilities = (0...totals[cell]).map {
                Self.choose(all, $0) * Self.choose(total - all, totals[cell] - $0) / Self.choose(total, totals[cell])
            }
            let upper = probabilities[counts[cell]...].reduce(0, +)
            let lower = probabilities[...counts[cell]].reduce(0, +)
            #expect(isClose(try #require(made.p[cell]), min(1, 2 * min(upper, lower))), "\(cell)")
            #expect(
                isClose(try #require(made.quotient[cell]), Double(counts[cell]) / Double(totals[cell]) / 0.45))
        }
        #expect(made.p[5] == nil && made.quotient[5] == nil && made.q[5] == nil)
        #expect(made.share == 0.45)
    }

    @Test func quotientOfTheWholeIsOne() throws {
        let made = try LocationQuotient(counts: [7], totals: [20])
        #expect(made.quotient == [1])
        #expect(isClose(try #require(made.p[0]), 1))
    }

    @Test func smoothingDrawsSmallCellsTowardsOne() throws {
        let made = try LocationQuotient(counts: [2, 200, 100, 30], totals: [2, 400, 800, 300])
        let (raw, smooth) = (try #require(made.quotient[0]), try #require(made.smoothed[0]))
        #expect(smooth < raw && smooth > 0)
        #expect(raw - smooth > abs((try #require(made.quotient[1])) - (try #require(made.smoothed[1]))))
    }

    /// Worked by hand: b = 1/3, X² = 14.7, r = (14.7 - 2) / (30 - 10 - 2), and r 10 / (1 + 9 r) of the way is kept.
    @Test func smoothingTakesTheVarianceOfAShare() throws {
        let made = try LocationQuotient(counts: [8, 1, 1], totals: [10, 10, 10])
        let kept = 10 * (12.7 / 18) / (1 + 9 * (12.7 / 18))
        #expect(isClose(try #require(made.smoothed[0]), 1 + kept * 1.4))
        #expect(isClose(try #require(made.smoothed[1]), 1 - kept * 0.7))
    }

    /// Forty cells of ten items, nine of them of the category in four cells and three elsewhere: with the noise of the
    /// Poisson law all would be drawn to 1.
    @Test func clearConcentrationsSurviveSmoothing() throws {
        let made = try LocationQuotient(
            counts: (0..<40).map { $0 < 4 ? 9 : 3 }, totals: Array(repeating: 10, count: 40))
        let (concentrated, raw) = (try #require(made.smoothed[0]), try #require(made.quotient[0]))
        #expect(concentrated > 1.5 && concentrated < raw)
        #expect(try #require(made.smoothed[4]) < 1)
    }

    @Test func sharesThatDifferByChanceAloneAreDrawnToTheWhole() throws {
        let made = try LocationQuotient(counts: [3, 3, 4, 3], totals: [10, 10, 10, 10])
        #expect(agree(made.smoothed, [1, 1, 1, 1]))
        #expect(try LocationQuotient(counts: [3, 4], totals: [3, 4]).smoothed == [1, 1])
        #expect(try LocationQuotient(counts: [1, 0], totals: [1, 1]).smoothed == [1, 1])
    }

    @Test func manyItemsAreTestedToo() throws {
        let made = try LocationQuotient(counts: [500_000, 300_000], totals: [1_000_000, 900_000])
        #expect(try #require(made.p[0]) < 1e-100)
        let even = try LocationQuotient(counts: [500_000, 450_000], totals: [1_000_000, 900_000])
        #expect(try #require(even.p[0]) > 0.9)
    }

    @Test func differenceOfTwoPeriodsIgnoresGrowthEverywhere() throws {
        let same = try CellComparison(first: [10, 20, 30, 0], second: [20, 40, 60, 0])
        #expect(agree(same.ratio, [1, 1, 1, nil]))
        #expect(agree(same.difference, [0, 0, 0, 0]))
        #expect(same.changes() == [0, 0, 0, 0])
        let moved = try CellComparison(first: [100, 20, 30], second: [20, 100, 30])
        #expect(moved.changes() == [-1, 1, 0])
    }

    @Test func survivesEmptySets() throws {
        let empty = try CellComparison(first: [0, 0], second: [3, 0])
        #expect(empty.difference == [nil, nil] && empty.ratio == [nil, nil])
        #expect(try LocationQuotient(counts: [], totals: []).share == nil)
        #expect(try LocationQuotient(counts: [0, 0], totals: [3, 4]).quotient == [nil, nil])
    }

    @Test func refusesWhatCannotBe() {
        #expect(throws: AnalysisError.self) { try LocationQuotient(counts: [1], totals: []) }
        #expect(throws: AnalysisError.self) { try LocationQuotient(counts: [2], totals: [1]) }
        #expect(throws: AnalysisError.self) { try LocationQuotient(counts: [-1], totals: [1]) }
        #expect(throws: AnalysisError.self) { try CellComparison(first: [-1], second: [1]) }
    }
}
