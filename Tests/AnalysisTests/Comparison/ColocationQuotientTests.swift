import Analysis
import GeoCore
import TestSupport
import Testing

struct ColocationQuotientTests {
    struct Parameters: Decodable { let k: Int }
    struct Input: Decodable {
        let xy: [[Double]]
        let category: [String]
    }
    struct Expected: Decodable {
        let global: [String: Double]
        let local: [[Double]]
        let categories: [String]
    }

    @Test(.enabled(if: SharedMaterial.isPresent, "needs the reference cases"))
    func equalsTheReference() async throws {
        let oracle = try OracleCase<Parameters, Input, Expected>.load("colocation")
        let names = oracle.expected.categories
        var points = Points(pairs: oracle.input.xy)
        points.category = try oracle.input.category.map { Int32(try #require(names.firstIndex(of: $0))) }
        let made = try await colocationQuotient(
            points, categories: names.count, neighbors: oracle.params.k, permutations: 99)
        for (a, first) in names.enumerated() {
            for (b, second) in names.enumerated() {
                let expected = try #require(oracle.expected.global["\(first)->\(second)"])
                #expect(isClose(try #require(made.quotient[a * names.count + b]), expected))
            }
        }
        #expect(agree(made.local, Array(oracle.expected.local.joined())))
        // The categories of this case were drawn at random.
        #expect(made.p.allSatisfy { ($0 ?? 0) > 0.01 })
    }

    @Test func findsCategoriesThatKeepTogether() async throws {
        var points = Points()
        for index in 0..<60 {
            points.append(x: Double(index % 30), y: Double(index / 30) * 500, category: index < 30 ? 0 : 1)
        }
        let made = try await colocationQuotient(points, categories: 3, neighbors: 4, permutations: 199, seed: 2)
        #expect(isClose(try #require(made.quotient[0]), 59.0 / 29))
        #expect(made.quotient[1] == 0)
        #expect(made.quotient[2] == nil && made.p[2] == nil)
        #expect(made.p[0] == 0.01 && made.p[1] == 0.01)
        #expect(try await colocationQuotient(points, categories: 3, neighbors: 4, permutations: 199, seed: 2) == made)
    }

    @Test func refusesWhatItCannotCompute() async {
        let points = Points(x: [0, 1, 2], y: [0, 0, 0], category: [0, 1, 0])
        await #expect(throws: AnalysisError.self) { try await colocationQuotient(points, categories: 2, neighbors: 3) }
        await #expect(throws: AnalysisError.self) { try await colocationQuotient(points, categories: 1, neighbors: 1) }
        await #expect(throws: AnalysisError.self) { try await colocationQuotient(points, categories: 2, neighbors: 0) }
        await #expect(throws: AnalysisError.self) {
            try await colocationQuotient(
                Points(x: [0, .nan], y: [0, 0], category: [0, 0]), categories: 1, neighbors: 1)
        }
    }
}
