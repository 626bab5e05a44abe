public import GeoCore

/// Whether points that are near in space are near in time as well.
public struct Knox: Sendable, Equatable {
    /// Points that took part.
    public let count: Int
    /// Pairs near in space.
    public let pairsInSpace: Int
    /// Pairs near in time.
    public let pairsInTime: Int
    /// Pairs near in both.
    public let pairsInBoth: Int
    /// Pairs near in both expected if times fell on places at random.
    public let expected: Double
    /// Variance of that number over all permutations of the times; exact.
    public let variance: Double
    /// Deviation in standard deviations; `nil` without variance.
    public let z: Double?
    /// Two-sided normal probability of so large a deviation; rough for few pairs.
    public let p: Double?
    /// Probability of at least so many pairs, by permutations; `nil` unless asked for.
    public let permutedP: Double?
}

/// The test of Knox for interaction of space and time.
///
/// Both distances are closed. Source: Knox 1964, Appl. Stat. 13, doi:10.2307/2985220; moments: David & Barton 1966.
///
/// - Parameters:
///   - points: locations in metres.
///   - times: time of each point in any unit; milliseconds from the points unless given.
///   - distance: pairs within this many metres are near in space.
///   - duration: pairs within this many units of time are near in time.
///   - permutations: how often the times are permuted, 0 … 99 999.
///   - seed: of the permutations.
/// - Throws: ``AnalysisError`` for bad parameters, coordinates or times, or with fewer than four points.
/// - Complexity: O(n log n + pairs near in space · permutations).
public func knox(
    _ points: Points, times: [Double]? = nil, distance: Double, duration: Double, permutations: Int = 0,
    seed: UInt64 = 1
) throws(AnalysisError) -> Knox {
    try AnalysisError.requirePositive(distance, "The distance in space")
    guard duration.isFinite, duration >= 0 else {
        throw AnalysisError(.invalidParameter, "The distance in time must be a finite number, 0 or greater.")
    }
    guard (0...99_999).contains(permutations) else {
        throw AnalysisError(.invalidParameter, "The number of permutations must be from 0 to 99999, for example 999.")
    }
    let times = times ?? points.time.map { Double($0) }
    guard times.count == points.count else {
        throw AnalysisError(.invalidColumns, "Every point needs a time.")
    }
    guard times.allSatisfy(\.isFinite) else { throw AnalysisError(.notFinite, "A time is not a finite number.") }
    guard points.count >= 4 else {
        throw AnalysisError(.tooFewData, "The test for interaction of space and time needs at least 4 points.")
    }
    var search = KnoxSearch(try PointBuckets(points, side: distance / 2 * (1 + 1e-9)), times, distance, duration)
    try search.countInSpace(keepsPairs: permutations > 0)
    let inTime = search.countInTime()
    let n = Double(points.count)
    let (space, time) = (Double(search.pairsInSpace), Double(inTime.pairs))
    let expected = space * time / (n * (n - 1) / 2)
    let (wedgesInSpace, wedgesInTime) = (search.wedgesInSpace, inTime.wedges)
    let variance =
        expected + 4 * wedgesInSpace * wedgesInTime / (n * (n - 1) * (n - 2))
        + 4 * (space * (space - 1) - 2 * wedgesInSpace) * (time * (time - 1) - 2 * wedgesInTime)
        / (n * (n - 1) * (n - 2) * (n - 3)) - expected * expected
    // Rounding leaves a little where there is none.
    let z =
        variance > 1e-12 * max(expected * expected, 1)
        ? (Double(search.pairsInBoth) - expected) / variance.squareRoot() : nil
    return Knox(
        count: points.count, pairsInSpace: search.pairsInSpace, pairsInTime: inTime.pairs,
        pairsInBoth: search.pairsInBoth, expected: expected, variance: variance, z: z,
        p: z.map { Elementary.twoSidedP(z: $0) },
        permutedP: permutations > 0 ? try search.permutedP(permutations, seed) : nil)
}

/// The counting of pairs behind ``knox(_:times:distance:duration:permutations:seed:)``.
private struct KnoxSearch {
    private let buckets: PointBuckets
    /// Times in the order of the buckets.
    private let times: [Double]
    private let squared: Double
    private let duration: Double
    private var pairs: [(Int32, Int32)] = []
    private(set) var pairsInSpace = 0
    private(set) var pairsInBoth = 0
    private(set) var wedgesInSpace = 0.0

    init(_ buckets: PointBuckets, _ times: [Double], _ distance: Double, _ duration: Double) {
        self.buckets = buckets
        self.times = buckets.order.map { times[Int($0)] }
        squared = distance * distance
        self.duration = duration
    }

    mutating func countInSpace(keepsPairs: Bool) throws(AnalysisError) {
        var (space, both, wedges) = (0, 0, 0.0)
        var kept: [(Int32, Int32)] = []
        for cell in 0..<buckets.count {
            if cell & 0xFF == 0 { try AnalysisError.checkCancellation() }
            for place in buckets.range(cell) {
                let (x, y, time) = (buckets.x[place], buckets.y[place], times[place])
                var degree = 0
                buckets.forEachNear(cell) { near in
                    for other in buckets.range(near) where other != place {
                        let (dx, dy) = (buckets.x[other] - x, buckets.y[other] - y)
                        guard dx * dx + dy * dy <= squared else { continue }
                        degree += 1
                        guard other > place else { continue }
                        if abs(times[other] - time) <= duration { both += 1 }
                        if keepsPairs {
                            kept.append((Int32(truncatingIfNeeded: place), Int32(truncatingIfNeeded: other)))
                        }
                    }
                    return true
                }
                space += degree
                wedges += Double(degree) * Double(degree - 1) / 2
            }
        }
        (pairsInSpace, pairsInBoth, wedgesInSpace, pairs) = (space / 2, both, wedges, kept)
    }

    /// Pairs near in time, and pairs of such pairs with a point in common.
    func countInTime() -> (pairs: Int, wedges: Double) {
        let sorted = times.sorted()
        var (low, high, degrees, wedges) = (0, 0, 0, 0.0)
        for place in sorted.indices {
            while sorted[place] - sorted[low] > duration { low += 1 }
            while high < sorted.count && sorted[high] - sorted[place] <= duration { high += 1 }
            let degree = high - low - 1
            degrees += degree
            wedges += Double(degree) * Double(degree - 1) / 2
        }
        return (degrees / 2, wedges)
    }

    func permutedP(_ permutations: Int, _ seed: UInt64) throws(AnalysisError) -> Double {
        var reached = 0
        for permutation in 0..<permutations {
            try AnalysisError.checkCancellation()
            var random = CounterRandom(seed: seed, .timePermutation, permutation: permutation)
            var shuffled = times
            for place in stride(from: shuffled.count - 1, to: 0, by: -1) {
                shuffled.swapAt(place, random.index(below: place + 1))
            }
            var both = 0
            for (a, b) in pairs where abs(shuffled[Int(a)] - shuffled[Int(b)]) <= duration { both += 1 }
            if both >= pairsInBoth { reached += 1 }
        }
        return Double(reached + 1) / Double(permutations + 1)
    }
}
