import Analysis
import GeoCore
import TestSupport
import Testing

struct ScanTests {
    struct Parameters: Decodable {
        let max_population_fraction: Double?
        let max_space_fraction: Double?
        let max_time_fraction: Double?
        let time_steps: Int?
        let min_cases: Int?
    }
    struct Input: Decodable {
        let xy: [[Double]]
        let cases: [Double]?
        let population: [Double]?
        let `case`: [Int]?
        let t: [Int]?
    }
    struct Zone: Decodable {
        let llr: Double
        let members: [Int]
        let cases: Double?
        let expected: Double?
        let relative_risk: Double?
        let t_from: Int?
        let t_to: Int?
    }
    struct Expected: Decodable {
        let n_zones: Int?
        let top: [Zone]
        let clusters_no_overlap: [Zone]?
    }
    typealias Oracle = OracleCase<Parameters, Input, Expected>

    /// Zones with equal ratios may come in any order.
    private func compare(_ made: [ScanResult.Cluster], _ expected: [Zone]) {
        #expect(made.count == expected.count)
        for (made, expected) in zip(made, expected) { #expect(isClose(made.logLikelihoodRatio, expected.llr)) }
        let last = expected.last?.llr ?? 0
        for zone in expected where zone.llr > last * (1 + 1e-9) {
            #expect(
                made.contains {
                    $0.members == zone.members && isClose($0.logLikelihoodRatio, zone.llr)
                        && zone.t_from == $0.steps?.lowerBound && zone.t_to == $0.steps?.upperBound
                        && isClose($0.cases, zone.cases ?? $0.cases)
                        && isClose($0.expected, zone.expected ?? $0.expected)
                        && isClose($0.relativeRisk ?? 0, zone.relative_risk ?? $0.relativeRisk ?? 0)
                })
        }
    }

    private func options(_ oracle: Oracle) -> ScanOptions {
        var options = ScanOptions()
        options.maximumShare = oracle.params.max_population_fraction ?? oracle.params.max_space_fraction ?? 0.5
        options.listed = oracle.expected.top.count
        options.simulations = 0
        return options
    }

    @Test(.enabled(if: SharedMaterial.isPresent, "needs the reference cases"), arguments: ["ny8", "sids"])
    func poissonEqualsTheReference(name: String) async throws {
        let oracle = try Oracle.load("scan-poisson-\(name)")
        let made = try await poissonScan(
            Points(pairs: oracle.input.xy), cases: try #require(oracle.input.cases),
            population: try #require(oracle.input.population), options: options(oracle))
        #expect(made.zones == oracle.expected.n_zones)
        compare(made.top, oracle.expected.top)
        let clusters = try #require(oracle.expected.clusters_no_overlap)
        for (made, expected) in zip(made.clusters, clusters) {
            #expect(made.members == expected.members)
            #expect(isClose(made.logLikelihoodRatio, expected.llr))
            #expect(isClose(made.cases, try #require(expected.cases)))
            #expect(isClose(made.expected, try #require(expected.expected)))
            #expect(isClose(try #require(made.relativeRisk), try #require(expected.relative_risk)))
        }
        #expect(made.clusters.count == clusters.count)
    }

    @Test(.enabled(if: SharedMaterial.isPresent, "needs the reference cases"))
    func bernoulliEqualsTheReference() async throws {
        let oracle = try Oracle.load("scan-bernoulli")
        let made = try await bernoulliScan(
            Points(pairs: oracle.input.xy), cases: try #require(oracle.input.case),
            totals: oracle.input.xy.map { _ in 1 }, options: options(oracle))
        #expect(made.zones == oracle.expected.n_zones)
        compare(made.top, oracle.expected.top)
    }

    @Test(.enabled(if: SharedMaterial.isPresent, "needs the reference cases"))
    func spaceTimeEqualsTheReference() async throws {
        let oracle = try Oracle.load("scan-space-time")
        var options = SpaceTimeScanOptions()
        options.circles = self.options(oracle)
        options.maximumDuration = try #require(oracle.params.max_time_fraction)
        options.minimumCases = try #require(oracle.params.min_cases)
        let made = try await spaceTimeScan(
            Points(pairs: oracle.input.xy), steps: try #require(oracle.input.t),
            stepCount: try #require(oracle.params.time_steps), options: options)
        compare(made.top, oracle.expected.top)
    }

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
