import Analysis
import GeoCore
import TestSupport
import Testing

struct DBSCANTests {
    @Test func equalsThePlainDefinition() throws {
        var random = SeededGenerator(seed: 5)
        for (radius, minimum) in [(1.0, 3), (2.5, 6), (0.3, 2), (40, 5)] {
            var points = Points()
            for _ in 0..<250 {
                points.append(
                    x: 3_000_000 + Double(Int.random(in: 0...60, using: &random)) / 4,
                    y: Double(Int.random(in: 0...60, using: &random)) / 4)
            }
            let made = try dbscan(points, radius: radius, minimum: minimum)
            func isNear(_ i: Int, _ j: Int) -> Bool {
                let (dx, dy) = (points.x[i] - points.x[j], points.y[i] - points.y[j])
                return dx * dx + dy * dy <= radius * radius
            }
            let all = 0..<points.count
            let isCore = all.map { i in all.filter { isNear(i, $0) }.count >= minimum }
            #expect(made.isCore == isCore)
            for i in all {
                for j in all where isCore[i] && isCore[j] && isNear(i, j) { #expect(made.labels[i] == made.labels[j]) }
                if !isCore[i] { #expect((made.labels[i] >= 0) == all.contains { isCore[$0] && isNear(i, $0) }) }
            }
        }
    }

    @Test func survivesOddInput() throws {
        #expect(try dbscan(Points(), radius: 1, minimum: 1).count == 0)
        let one = Points(x: [5], y: [5])
        #expect(try dbscan(one, radius: 1, minimum: 1).labels == [0])
        #expect(try dbscan(one, radius: 1, minimum: 2).labels == [-1])
        let same = Points(x: Array(repeating: 7, count: 20_000), y: Array(repeating: 7, count: 20_000))
        #expect(try dbscan(same, radius: 1e9, minimum: 5).count == 1)
        let far = Points(x: [0, 1e8, 1e8 + 0.5], y: [0, 1e8, 1e8])
        #expect(try dbscan(far, radius: 1, minimum: 2).labels == [-1, 0, 0])
        #expect(throws: AnalysisError.self) { try dbscan(Points(x: [.nan], y: [0]), radius: 1, minimum: 1) }
        #expect(throws: AnalysisError.self) { try dbscan(one, radius: 0, minimum: 1) }
        #expect(throws: AnalysisError.self) { try dbscan(one, radius: 1, minimum: 0) }
        #expect(throws: AnalysisError.self) { try dbscan(far, radius: 1e-3, minimum: 1) }
    }

    @Test func profilesAddUp() throws {
        let points = Points(x: [0, 1, 0, 50, 51, 99], y: [0, 0, 1, 50, 50, 99], weight: [1, 2, 3, 4, 5, 6])
        let profiles = ClusterProfiles(try dbscan(points, radius: 2, minimum: 2), of: points)
        #expect(profiles.size == [3, 2])
        #expect(profiles.weight == [6, 9])
        #expect(profiles.centroid[1] == Position(50.5, 50))
        #expect(profiles.members == [0, 1, 2, 3, 4])
    }

    @Test func profilesCountContributorsAndVotes() throws {
        let points = Points(x: [0, 1, 0, 50, 51, 99], y: [0, 0, 1, 50, 50, 99])
        let clusters = try dbscan(points, radius: 2, minimum: 2)
        let profiles = ClusterProfiles(
            clusters, of: points, contributors: [7, 7, 9, nil, nil, 7], votesUp: [1, 2, 3, 0, .max, 9],
            votesDown: [0, 0, 5, 1, 1, 1])
        #expect(profiles.contributors == [2, 2])
        #expect(profiles.votesUp == [6, .max])
        #expect(profiles.votesDown == [5, 2])
        #expect(ClusterProfiles(clusters, of: points).contributors == nil)
    }
}
