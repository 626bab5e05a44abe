import Analysis
import GeoCore
import TestSupport
import Testing

struct LocalColocationTests {
    /// Thirty points in a row a metre apart, a category for each letter.
    private func row(_ letters: String) -> Points {
        var points = Points()
        for (place, letter) in letters.enumerated() {
            points.append(x: Double(place), y: 0, category: letter == "a" ? 0 : letter == "b" ? 1 : 2)
        }
        return points
    }

    @Test func probabilitiesAreHypergeometric() throws {
        // Of 29 others ten are b; scipy.stats.hypergeom(29, 10, 5) gives min(1, 2 min(cdf, sf + pmf)) for 4 and 0 among five.
        let points = row("abbbbcccccccccccccccbbbbbbcacc")
        let found = try localColocation(points, of: 0, with: 1, neighbors: 5)
        #expect(found.rows == [0, 27] && found.joins == [4, 2])
        #expect(isClose(try #require(found.p[0]), 0.07144120247568522))
        #expect(isClose(try #require(found.p[1]), 1))
        #expect(isClose(try #require(found.quotient[0]), 2.32))
        #expect(isClose(try #require(found.quotient[1]), 1.16))
        let far = try localColocation(row("abcccccbbbbbbbbbcccccccccccccc"), of: 0, with: 1, neighbors: 5)
        #expect(far.joins == [1])
    }

    @Test func quotientsAreThoseOfAllPairs() async throws {
        var random = SeededGenerator(seed: 3)
        var points = Points()
        for _ in 0..<120 {
            points.append(
                x: Double.random(in: 0...50, using: &random), y: Double.random(in: 0...50, using: &random),
                category: Int32.random(in: 0...2, using: &random))
        }
        let all = try await colocationQuotient(points, categories: 3, neighbors: 6)
        for (category, other) in [(0, 1), (1, 1), (2, 0)] {
            let found = try localColocation(points, of: Int32(category), with: Int32(other), neighbors: 6)
            #expect(found.quotient == found.rows.map { all.local[$0 * 3 + other] })
        }
    }

    @Test func refusesBadParametersAndSurvivesACategoryThatIsNotThere() throws {
        let points = row("aab")
        #expect(throws: AnalysisError.self) { try localColocation(points, of: 0, with: 1, neighbors: 3) }
        #expect(throws: AnalysisError.self) { try localColocation(points, of: 0, with: 1, neighbors: 0) }
        let none = try localColocation(points, of: 0, with: 7, neighbors: 1)
        #expect(none.quotient == [nil, nil] && none.p == [nil, nil])
        #expect(try localColocation(points, of: 7, with: 0, neighbors: 1).rows.isEmpty)
    }
}
