import Analysis
import GeoCore
import TestSupport
import Testing

struct ScanTests {
    /// A lattice with more cases in one corner.
    private func lattice(_ excess: Int) -> (points: Points, cases: [Int], totals: [Int]) {
        var points = Points()
        var (cases, totals): ([Int], [Int]) = ([], [])
        for x in 0..<6 {
            for y in 0..<6 {
                points.append(x: Double(x) * 100, y: Double(y) * 100)
                cases.append(1 + (x < 2 && y < 2 ? excess : (x + y) % 2))
                totals.append(10)
            }
        }
        return (points, cases, totals)
    }

    @Test func simulationsFindWhatIsThereAndNothingElse() async throws {
        for (excess, isFound) in [(7, true), (0, false)] {
            let data = lattice(excess)
            var options = ScanOptions()
            options.simulations = 199
            options.maximumShare = 0.3
            let shares = try await bernoulliScan(
                data.points, cases: data.cases, totals: data.totals, options: options)
            let rates = try await poissonScan(
                data.points, cases: data.cases.map(Double.init), population: data.totals.map(Double.init),
                options: options)
            for made in [shares, rates] {
                let best = try #require(made.clusters.first)
                let p = try #require(best.p)
                #expect(isFound ? p <= 0.01 : p > 0.1)
                if isFound { #expect(best.members == [0, 1, 6, 7]) } else { #expect(made.isStoppedEarly) }
            }
            #expect(
                try await bernoulliScan(data.points, cases: data.cases, totals: data.totals, options: options)
                    == shares)
        }
    }

    @Test func casesOfWeightOneAreLaidAsCasesAre() async throws {
        let data = lattice(7)
        var options = ScanOptions()
        options.simulations = 99
        let (cases, population) = (data.cases.map(Double.init), data.totals.map(Double.init))
        let plain = try await poissonScan(data.points, cases: cases, population: population, options: options)
        let weighted = try await poissonScan(
            data.points, cases: cases, population: population,
            weights: Array(repeating: 1, count: data.cases.reduce(0, +)), options: options)
        #expect(plain == weighted)
    }

    /// Two hundred contributions at random, of which a few weigh a hundred times as much: at 0.05 one of twenty such sets is
    /// expected to hold a cluster.
    @Test func heavyCasesAtRandomAreNoCluster() async throws {
        var points = Points()
        for index in 0..<36 { points.append(x: Double(index / 6) * 100, y: Double(index % 6) * 100) }
        var options = ScanOptions()
        (options.simulations, options.maximumShare) = (99, 0.3)
        var found = 0
        for seed in 1...40 as ClosedRange<UInt64> {
            var random = SeededGenerator(seed: seed)
            let weights = (0..<200).map { $0 < 10 ? 100.0 : 1 }
            var cases = [Double](repeating: 0, count: 36)
            for weight in weights { cases[Int.random(in: 0..<36, using: &random)] += weight }
            let made = try await poissonScan(
                points, cases: cases, population: Array(repeating: 1000, count: 36), weights: weights, options: options)
            if let p = made.clusters.first?.p, p <= 0.05 { found += 1 }
        }
        #expect(found <= 6)
    }

    @Test func timesThatClusterAreFound() async throws {
        let points = lattice(0).points
        var steps = (0..<36).map { $0 * 7 % 10 }
        for place in [0, 1, 2, 6, 7, 8, 12, 13] { steps[place] = 4 }
        var options = SpaceTimeScanOptions()
        options.circles.simulations = 99
        let made = try await spaceTimeScan(points, steps: steps, stepCount: 10, options: options)
        let best = try #require(made.clusters.first)
        #expect(best.steps == 4...4)
        #expect(try #require(best.p) <= 0.05)
        #expect(best.cases > best.expected)
    }

    @Test func prospectiveCylindersLastUntilTheEnd() async throws {
        let points = lattice(0).points
        let steps = (0..<36).map { $0 < 8 ? 9 : $0 * 7 % 10 }
        var options = SpaceTimeScanOptions()
        options.circles.simulations = 0
        options.isProspective = true
        let made = try await spaceTimeScan(points, steps: steps, stepCount: 10, options: options)
        #expect(!made.top.isEmpty)
        #expect(made.top.allSatisfy { $0.steps?.upperBound == 9 })
    }

    @Test func lowClustersHaveFewerCases() async throws {
        let data = lattice(7)
        var options = ScanOptions()
        options.direction = .low
        options.simulations = 19
        let made = try await bernoulliScan(data.points, cases: data.cases, totals: data.totals, options: options)
        #expect(made.top.allSatisfy { $0.cases < $0.expected })
    }

    @Test func refusesWhatItCanNotScan() async throws {
        let data = lattice(0)
        var options = ScanOptions()
        options.maximumShare = 0
        await #expect(throws: AnalysisError.self) {
            try await bernoulliScan(data.points, cases: data.cases, totals: data.totals, options: options)
        }
        await #expect(throws: AnalysisError.self) {
            try await bernoulliScan(data.points, cases: data.totals, totals: data.totals)
        }
        await #expect(throws: AnalysisError.self) {
            try await poissonScan(data.points, cases: [1], population: [1])
        }
        await #expect(throws: AnalysisError.self) {
            try await spaceTimeScan(data.points, steps: data.cases, stepCount: 1)
        }
    }
}
