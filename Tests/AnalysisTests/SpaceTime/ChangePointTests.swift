import Analysis
import TestSupport
import Testing

/// The single change of a series of counts.
struct ChangePointTests {
    /// Ratios and rates from their definition, probabilities by 20,000 multinomial draws, with numpy 2 (seed 1).
    static let known: [([Int], [Double], ratio: Double, step: Int, p: Double, before: Double, after: Double)] = [
        ([1, 0, 2, 1, 6, 8, 7, 9], Array(repeating: 1, count: 8), 11.251845196432878, 4, 0.00005, 1, 7.5),
        (
            [3, 1, 2, 4, 3, 2], [31, 28, 31, 30, 31, 30], 0.2856868832153008, 3, 0.92455, 0.06666666666666667,
            0.0989010989010989
        ),
        ([5, 0, 0, 0, 0], Array(repeating: 1, count: 5), 8.047189562170502, 1, 0.0007, 5, 0),
        ([0, 0, 0, 1], Array(repeating: 7, count: 4), 1.3862943611198906, 3, 0.49863, 0, 0.14285714285714285),
    ]

    @Test(arguments: known.indices)
    func equalsWhatIsKnown(_ index: Int) async throws {
        let (counts, exposure, ratio, step, p, before, after) = Self.known[index]
        let change = try #require(try await changePoints([counts], exposure: exposure, permutations: 20_000)[0])
        #expect(change.step == step)
        #expect(isClose(change.logLikelihoodRatio, ratio, relative: 1e-12))
        #expect(isClose(change.before, before, relative: 1e-12) && isClose(change.after, after, relative: 1e-12))
        // Four standard errors of both.
        #expect(abs(change.p - p) <= 4 * (2 * p * (1 - p) / 20_000).squareRoot() + 1e-4, "\(change.p)")
    }

    @Test func aSeriesStandsForItselfWhateverIsBesideIt() async throws {
        let rows = (0..<40).map { row in (0..<12).map { ($0 * row) % 7 + (row % 3) * ($0 / 6) } }
        let exposure = (0..<12).map { 28 + Double($0 % 4) }
        let together = try await changePoints(rows, exposure: exposure, permutations: 199)
        for row in [0, 1, 17, 39] {
            #expect(try await changePoints([rows[row]], exposure: exposure, permutations: 199)[0] == together[row])
        }
        #expect(try await changePoints(rows.reversed(), exposure: exposure, permutations: 199) == together.reversed())
    }

    @Test func nothingChangesWhereNothingIs() async throws {
        #expect(try await changePoints([[0, 0, 0]], exposure: [1, 1, 1]) == [nil])
        #expect(try await changePoints([[4]], exposure: [1]) == [nil])
        #expect(try await changePoints([], exposure: [1, 1]).isEmpty)
        // The same throughout: no ratio is smaller.
        let even = try #require(try await changePoints([[3, 3, 3, 3]], exposure: [1, 1, 1, 1])[0])
        #expect(even.logLikelihoodRatio < 1e-12 && even.p == 1)
        // Far more counts than are drawn.
        let many = try #require(try await changePoints([[100_000, 200_000]], exposure: [1, 1], permutations: 99)[0])
        #expect(many.step == 1 && many.p == 0.01)
    }

    @Test(arguments: [([[1, 2]], [1.0]), ([[-1, 2]], [1, 1]), ([[1, 2]], [1, 0])] as [([[Int]], [Double])])
    func refusesWhatCannotBe(_ counts: [[Int]], _ exposure: [Double]) async {
        await #expect(throws: AnalysisError.self) { try await changePoints(counts, exposure: exposure) }
    }

    @Test func refusesTooFewDraws() async {
        await #expect(throws: AnalysisError.self) {
            try await changePoints([[1, 2]], exposure: [1, 1], permutations: 8)
        }
    }
}
