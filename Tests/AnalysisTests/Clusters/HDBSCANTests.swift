import Analysis
import GeoCore
import TestSupport
import Testing

struct HDBSCANTests {
    private static func clumps(_ count: Int, seed: UInt64) -> Points {
        var random = SeededGenerator(seed: seed)
        var points = Points()
        for index in 0..<count {
            let scale = Double(1 + index % 4 * 10)
            let spread = { (random: inout SeededGenerator) in
                Double.random(in: -1...1, using: &random) * Double.random(in: 0...scale, using: &random)
            }
            points.append(x: Double(index % 4) * 100 + spread(&random), y: spread(&random))
        }
        return points
    }

    /// Prim's method over all pairs.
    private static func slowTreeWeights(_ points: Points, _ cores: [Double]) -> [Double] {
        var (best, isIn, weights) = ([Double](repeating: .infinity, count: points.count), Set([0]), [Double]())
        var current = 0
        while isIn.count < points.count {
            var next = (-1, Double.infinity)
            for other in 0..<points.count where !isIn.contains(other) {
                let (dx, dy) = (points.x[current] - points.x[other], points.y[current] - points.y[other])
                best[other] = min(
                    best[other], max((dx * dx + dy * dy).squareRoot(), cores[current], cores[other]))
                if best[other] < next.1 { next = (other, best[other]) }
            }
            weights.append(next.1)
            isIn.insert(next.0)
            current = next.0
        }
        return weights.sorted()
    }

    @Test(arguments: [1, 3, 9])
    func spanningTreeIsTheShortest(neighbors: Int) async throws {
        var points = Self.clumps(240, seed: 5)
        // Places that occur many times and a far one.
        for _ in 0..<30 { points.append(x: 3, y: 4) }
        points.append(x: 1e4, y: 1e4)
        let made = try await hdbscan(points, HierarchicalClustering(minimumSize: 5, neighbors: neighbors))
        #expect(agree(made.treeWeights, Self.slowTreeWeights(points, made.coreDistances), absolute: 1e-9))
    }

    @Test func findsClustersOfDifferentDensity() async throws {
        let made = try await hdbscan(Self.clumps(400, seed: 6), HierarchicalClustering(minimumSize: 20))
        #expect(made.count == 4)
        for index in 0..<400 where made.labels[index] >= 0 { #expect(made.labels[index] == Int32(index % 4)) }
    }

    @Test func orderOfThePointsDoesNotMatter() async throws {
        var random = SeededGenerator(seed: 8)
        // Whole metres, so that many distances are equal.
        var points = Self.clumps(300, seed: 9)
        for index in 0..<points.count {
            points.x[index] = points.x[index].rounded()
            points.y[index] = points.y[index].rounded()
        }
        let order = (0..<300).shuffled(using: &random)
        let shuffled = Points(x: order.map { points.x[$0] }, y: order.map { points.y[$0] })
        let question = HierarchicalClustering(minimumSize: 8)
        let (first, second) = (try await hdbscan(points, question), try await hdbscan(shuffled, question))
        #expect(first.count == second.count)
        var names: [Int32: Int32] = [-1: -1]
        for (place, index) in order.enumerated() {
            #expect(names[first.labels[index], default: second.labels[place]] == second.labels[place])
            names[first.labels[index]] = second.labels[place]
            #expect(isClose(first.probabilities[index], second.probabilities[place]))
            #expect(isClose(first.outlierScores[index], second.outlierScores[place]))
        }
    }

    @Test func survivesFewAndEqualPoints() async throws {
        #expect(try await hdbscan(Points()).labels == [])
        #expect(try await hdbscan(Points(x: [1], y: [1])).labels == [-1])
        #expect(try await hdbscan(Points(x: [1, 2, 3], y: [1, 1, 1])).labels == [-1, -1, -1])
        let same = Points(x: Array(repeating: 7, count: 300), y: Array(repeating: 8, count: 300))
        let made = try await hdbscan(same)
        #expect(made.count == 0)
        #expect(made.treeWeights.allSatisfy { $0 == 0 })
        var single = HierarchicalClustering(minimumSize: 5)
        single.allowsSingleCluster = true
        #expect(try await hdbscan(same, single).labels.allSatisfy { $0 == 0 })
    }

    @Test func oneSetOfPointsCanBeOneCluster() async throws {
        var question = HierarchicalClustering(minimumSize: 60)
        let points = Self.clumps(100, seed: 7)
        #expect(try await hdbscan(points, question).count == 0)
        question.allowsSingleCluster = true
        #expect(try await hdbscan(points, question).count == 1)
    }

    @Test func refusesBadParameters() async {
        let points = Points(x: [1, 2], y: [1, 2])
        await #expect(throws: AnalysisError.self) { try await hdbscan(points, HierarchicalClustering(minimumSize: 1)) }
        await #expect(throws: AnalysisError.self) {
            try await hdbscan(points, HierarchicalClustering(minimumSize: 5, neighbors: 0))
        }
        await #expect(throws: AnalysisError.self) {
            try await hdbscan(points, HierarchicalClustering(minimumSize: 5, epsilon: -1))
        }
        await #expect(throws: AnalysisError.self) { try await hdbscan(Points(x: [.nan], y: [1])) }
    }
}
