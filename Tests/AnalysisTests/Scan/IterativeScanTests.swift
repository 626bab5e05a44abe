import GeoCore
import TestSupport
import Testing

@testable import Analysis

struct IterativeScanTests {
    /// Cases on a lattice of 12 by 12 places with as many people each: many in one corner, some more in another.
    private static func planted() -> (places: Points, cases: [Double], people: [Double]) {
        var places = Points()
        var cases: [Double] = []
        for row in 0..<12 {
            for column in 0..<12 {
                places.append(x: Double(column) * 100, y: Double(row) * 100)
                let (isStrong, isWeak) = (row < 3 && column < 3, row > 8 && column > 8)
                cases.append(isStrong ? 40 : isWeak ? 9 : Double(2 + (row + column) % 2))
            }
        }
        return (places, cases, Array(repeating: 100, count: cases.count))
    }

    private static func scan(_ kept: [Int], simulations: Int = 199) async throws(AnalysisError) -> ScanResult {
        let (places, cases, people) = planted()
        var options = ScanOptions()
        (options.simulations, options.maximumShare) = (simulations, 0.2)
        return try await poissonScan(
            Points(x: kept.map { places.x[$0] }, y: kept.map { places.y[$0] }), cases: kept.map { cases[$0] },
            population: kept.map { people[$0] }, options: options)
    }

    @Test func findsWhatAStrongerClusterHides() async throws {
        let all = Array(0..<144)
        let plain = try await Self.scan(all)
        let found = try await iterativeScan(places: 144, rounds: 4) { kept async throws(AnalysisError) in
            try await Self.scan(kept)
        }
        #expect(found.clusters.first == plain.clusters.first && found.zones == plain.zones)
        let second = try #require(found.clusters.dropFirst().first)
        // In the numbers of all places, in the other corner, and tested without the first.
        #expect(second.members.allSatisfy { $0 / 12 > 7 && $0 % 12 > 7 })
        #expect(Set(second.members).isDisjoint(with: found.clusters[0].members))
        let rest = all.filter { !found.clusters[0].members.contains($0) }
        #expect(second.logLikelihoodRatio == (try await Self.scan(rest)).clusters.first?.logLikelihoodRatio)
        #expect(try #require(second.p) <= 0.05)
        #expect(found.clusters.allSatisfy { ($0.p ?? 1) <= 0.05 })
    }

    /// A scan that finds the first two of its places, with a probability.
    private static func result(_ p: Double, gumbel: Double?) -> ScanResult {
        var cluster = ScanResult.Cluster(
            members: [0, 1], center: 1, radius: 5, steps: nil, cases: 3, expected: 1, relativeRisk: 3,
            logLikelihoodRatio: 2)
        (cluster.p, cluster.gumbelP) = (p, gumbel)
        return ScanResult(clusters: [cluster], top: [], zones: 9, simulations: 99, isStoppedEarly: false)
    }

    @Test func endsWithTheFirstThatIsNotSignificant() async throws {
        func members(_ p: [Double], gumbel: [Double?] = [nil, nil, nil], isGumbel: Bool = false, rounds: Int = 9)
            async throws -> [[Int]]
        {
            var round = 0
            let found = try await iterativeScan(places: 7, rounds: rounds, isGumbel: isGumbel) {
                kept async throws(AnalysisError) in
                round += 1
                guard kept.count > 1 else { throw AnalysisError(.tooFewData, "Too little is left.") }
                return Self.result(p[round - 1], gumbel: gumbel[round - 1])
            }
            return found.clusters.map(\.members)
        }
        #expect(try await members([0.01, 0.05, 0.2]) == [[0, 1], [2, 3]])
        #expect(try await members([0.5, 0.01, 0.01]) == [[0, 1]])
        #expect(try await members([0.01, 0.01, 0.01]) == [[0, 1], [2, 3], [4, 5]])
        #expect(try await members([0.01, 0.01, 0.01], rounds: 1) == [[0, 1]])
        #expect(try await members([0.2, 0.2, 0.2], gumbel: [0.01, 0.2, nil], isGumbel: true) == [[0, 1]])
        #expect(try await members([0.01, 0.2, 0.2], gumbel: [nil, 0.01, nil], isGumbel: true) == [[0, 1], [2, 3]])
        await #expect(throws: AnalysisError.self) { try await members([0.01], rounds: 0) }
    }
}
