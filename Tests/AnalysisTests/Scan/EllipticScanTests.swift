import GeoCore
import TestSupport
import Testing

@testable import Analysis

/// Scans with ellipses beside circles.
struct EllipticScanTests {
    private static let options: ScanOptions = {
        var options = ScanOptions()
        (options.windows, options.simulations, options.maximumShare) = (ScanWindow.ellipses, 99, 0.3)
        return options
    }()

    private static func scattered(_ count: Int, seed: UInt64) -> (points: Points, cases: [Int], totals: [Int]) {
        var chance = SeededGenerator(seed: seed)
        var points = Points(capacity: count)
        for _ in 0..<count {
            points.append(
                x: 560_000 + Double.random(in: 0..<4000, using: &chance),
                y: 5_900_000 + Double.random(in: 0..<4000, using: &chance))
        }
        let totals = (0..<count).map { _ in Int.random(in: 1...4, using: &chance) }
        return (points, totals.map { Int.random(in: 0...$0, using: &chance) }, totals)
    }

    /// The Bernoulli ratio from its definition.
    private static func ratio(_ cases: Int, _ people: Int, of all: Int, _ everybody: Int) -> Double {
        func term(_ x: Double, _ p: Double) -> Double { x > 0 ? x * Elementary.log(p) : 0 }
        let (c, n, rest, others) = (Double(cases), Double(people), Double(all - cases), Double(everybody - people))
        let whole = Double(all) / Double(everybody)
        guard c / n > whole, others > 0 else { return 0 }
        return term(c, c / n) + term(n - c, 1 - c / n) + term(rest, rest / others)
            + term(others - rest, 1 - rest / others)
            - term(Double(all), whole) - term(Double(everybody - all), 1 - whole)
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func findsWhatTryingAllEllipsesFinds(_ seed: UInt64) async throws {
        let (points, cases, totals) = Self.scattered(60, seed: seed)
        let found = try await bernoulliScan(points, cases: cases, totals: totals, options: Self.options)
        let (all, everybody) = (cases.reduce(0, +), totals.reduce(0, +))
        var best = 0.0
        for window in ScanWindow.ellipses {
            let penalty = (4 * window.shape / ((window.shape + 1) * (window.shape + 1))).squareRoot()
            for center in cases.indices {
                let near = cases.indices.map { place -> (Double, Int) in
                    let (u, v) = window.stretched(
                        points.x[place] - points.x[center], points.y[place] - points.y[center])
                    return (u * u + v * v, place)
                }.sorted { $0 < $1 }
                var (c, n) = (0, 0)
                for (_, place) in near {
                    (c, n) = (c + cases[place], n + totals[place])
                    guard Double(n) <= 0.3 * Double(everybody) else { break }
                    best = max(best, penalty * Self.ratio(c, n, of: all, everybody))
                }
            }
        }
        let cluster = try #require(found.clusters.first)
        #expect(isClose(cluster.logLikelihoodRatio, best, relative: 1e-9))
        // All its places lie in the ellipse that is told, and on its border the farthest.
        let distances = cluster.members.map { place -> Double in
            let (u, v) = cluster.window.stretched(
                points.x[place] - points.x[cluster.center], points.y[place] - points.y[cluster.center])
            return (u * u + v * v).squareRoot()
        }
        #expect(isClose(distances.max() ?? 0, cluster.radius, relative: 1e-9, absolute: 1e-9))
    }

    /// Cases along a street from south-west to north-east.
    @Test func followsAStreet() async throws {
        var (points, cases, totals) = Self.scattered(150, seed: 7)
        cases = cases.map { _ in 0 }
        for place in 0..<12 {
            points.append(x: 561_000 + Double(place) * 120, y: 5_901_000 + Double(place) * 120)
            cases.append(3)
            totals.append(3)
        }
        let ellipse = try #require(
            try await bernoulliScan(points, cases: cases, totals: totals, options: Self.options).clusters.first)
        var round = Self.options
        round.windows = [.circle]
        let circle = try #require(
            try await bernoulliScan(points, cases: cases, totals: totals, options: round).clusters.first)
        #expect(ellipse.window.shape >= 3 && abs(ellipse.window.angle - 45) <= 20)
        #expect(ellipse.cases > circle.cases || ellipse.members.count < circle.members.count)
        #expect(ellipse.logLikelihoodRatio > circle.logLikelihoodRatio)
        #expect(circle.window == .circle)
    }

    @Test func aPoissonScanTakesEllipsesToo() async throws {
        let (points, cases, totals) = Self.scattered(80, seed: 4)
        let (weights, people) = (cases.map(Double.init), totals.map(Double.init))
        let found = try await poissonScan(points, cases: weights, population: people, options: Self.options)
        var round = Self.options
        round.windows = [.circle]
        let circles = try await poissonScan(points, cases: weights, population: people, options: round)
        #expect(
            (found.clusters.first?.logLikelihoodRatio ?? 0) >= (circles.clusters.first?.logLikelihoodRatio ?? 0))
        #expect(found.zones > circles.zones)
    }

    /// Shape, logarithm of the likelihood ratio and test statistic that SaTScan 9.6 told of the leukaemia of New York with
    /// the medium penalty.
    @Test(arguments: [
        (1.5, 14.772705, 14.474236), (2, 9.860447, 9.296518), (3, 9.347892, 8.095512), (4, 6.154083, 4.923266),
        (1, 4.651839, 4.651839),
    ])
    func longEllipsesCountForLess(shape: Double, logarithm: Double, statistic: Double) {
        let window = ScanWindow(shape: shape, angle: 0)
        #expect(isClose(logarithm * window.factor(.medium), statistic, relative: 0, absolute: 2e-6))
        #expect(isClose(window.factor(.strong), window.factor(.medium) * window.factor(.medium), relative: 1e-14))
        #expect(window.factor(.none) == 1)
    }

    /// 48 places no two of which lie at one distance from a third, with more cases along a slanting band.
    private static let band: (points: Points, cases: [Int], totals: [Int]) = {
        var points = Points()
        var (cases, totals): ([Int], [Int]) = ([], [])
        for i in 0..<48 {
            let x = Double((i * i * 37 + i * 13) % 1009)
            let y = Double((i * i * i * 7 + i * 53) % 997)
            let isIn = abs(y - (0.5 * x + 150)) < 130 && x > 200 && x < 900
            points.append(x: x, y: y)
            totals.append(50 + i * 29 % 83)
            cases.append(6 + i * 7 % 5 + (isIn ? 9 : 0))
        }
        return (points, cases, totals)
    }()

    /// A best zone among all, listed one by one with numpy.
    struct Best: Sendable {
        let penalty: EccentricityPenalty
        let isShare: Bool
        let statistic: Double
        let window: ScanWindow
        let shorterHalfAxis: Double
        let members: [Int]
    }

    static let references: [Best] = [
        Best(
            penalty: .none, isShare: false, statistic: 30.320987756660, window: ScanWindow(shape: 2, angle: 30),
            shorterHalfAxis: 138.782828860, members: [3, 10, 15, 24, 37, 38, 44, 47]),
        Best(
            penalty: .medium, isShare: false, statistic: 28.586901406678, window: ScanWindow(shape: 2, angle: 30),
            shorterHalfAxis: 138.782828860, members: [3, 10, 15, 24, 37, 38, 44, 47]),
        Best(
            penalty: .medium, isShare: true, statistic: 32.809667979416, window: ScanWindow(shape: 2, angle: 30),
            shorterHalfAxis: 138.782828860, members: [3, 10, 15, 24, 37, 38, 44, 47]),
        Best(
            penalty: .strong, isShare: true, statistic: 31.061278880225, window: ScanWindow(shape: 1.5, angle: 0),
            shorterHalfAxis: 162.114157309, members: [3, 15, 24, 38, 44, 47]),
    ]

    @Test(arguments: references)
    func findsTheEllipsesOfAnIndependentList(reference: Best) async throws {
        var options = Self.options
        (options.penalty, options.simulations) = (reference.penalty, 0)
        let (points, cases, totals) = Self.band
        let found =
            reference.isShare
            ? try await bernoulliScan(points, cases: cases, totals: totals, options: options)
            : try await poissonScan(
                points, cases: cases.map(Double.init), population: totals.map(Double.init), options: options)
        let best = try #require(found.clusters.first)
        #expect(best.members == reference.members && best.center == 44)
        #expect(best.window == reference.window)
        #expect(isClose(best.radius / best.window.shape, reference.shorterHalfAxis, relative: 1e-9))
        #expect(isClose(best.logLikelihoodRatio, reference.statistic, relative: 1e-11))
    }

    @Test func anOutlineIsClosedAndAsLongAsItsAxes() {
        let window = ScanWindow(shape: 2, angle: 90)
        let ring = window.outline(around: Position(100, 200), radius: 40, margin: 0)
        #expect(ring.first == ring.last && ring.count == 65)
        #expect(isClose(ring.map(\.y).max() ?? 0, 240, relative: 1e-12))
        #expect(isClose(ring.map(\.x).max() ?? 0, 120, relative: 1e-12))
    }
}
