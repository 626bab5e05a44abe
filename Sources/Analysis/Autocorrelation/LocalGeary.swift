/// Local Geary's c of places: which places hold about the same as their neighbours, and which do not.
///
/// c = Σⱼ wᵢⱼ (zᵢ − zⱼ)² (n − 1) / Σ z², so that all places together make 2 S0 times the global statistic. All columns
/// are in the order of the places; `nil` is undefined: no neighbours, no variance, or a missing value.
/// Source: Anselin 1995, doi:10.1111/j.1538-4632.1995.tb00338.x; Anselin 2019, doi:10.1111/gean.12164.
public struct LocalGeary: Sendable, Equatable {
    /// In which way a place is like its neighbours.
    public enum Association: Int8, Sendable, Hashable {
        /// No neighbours or no value.
        case none = 0
        /// High among high.
        case highHigh = 1
        /// Unlike its neighbours.
        case dissimilar = 2
        /// Low among low.
        case lowLow = 3
        /// Like its neighbours, on both sides of the mean.
        case otherSimilar = 4
    }

    /// The statistic: 0 where all neighbours hold the same as the place.
    public let value: [Double?]
    /// Its expected value when the place keeps its own value and all others lie anyhow.
    public let expected: [Double?]
    /// Its variance when the place keeps its own value and all others lie anyhow.
    public let variance: [Double?]
    /// Its distance from the expected value in standard deviations, turned so that positive means alike; `nil` as well
    /// where no order of the others changes the statistic.
    public let z: [Double?]
    /// In which way each place is like its neighbours; to be shown only where significant.
    public let association: [Association]
    /// Probabilities from conditional permutations, since no normal law holds for sums of squares.
    public let probabilities: ConditionalProbabilities
}

/// Draws in the smaller tail after which a place needs no more of them.
private let enoughExceedances = 20

/// Local Geary's c of each place, with probabilities from conditional permutations.
///
/// A place keeps its value, and its neighbours get values drawn without replacement from all others. Drawing ends at a
/// place once both tails hold 20 draws (Besag & Clifford 1991, doi:10.1093/biomet/78.2.301): its probability is then the
/// part of the draws made so far. The same seed gives the same bits on any number of cores.
///
/// - Parameters:
///   - values: one value a place; `nil` takes the place out of the analysis and of every neighbourhood.
///   - weights: as many rows as values; a weight of a place for itself is passed over.
///   - permutations: most draws, 9 to 999 999; chosen for the rate of false discoveries if `nil`.
///   - seed: of the draws.
/// - Throws: ``AnalysisError`` when lengths differ, a value is not finite or a parameter is out of range.
/// - Complexity: O(n M K) for M draws and up to K neighbours where all places are unusual; most need few draws.
public func localGeary(
    _ values: [Double?], weights: SpatialWeights, permutations: Int? = nil, seed: UInt64 = 1
) async throws(AnalysisError) -> LocalGeary {
    try ConditionalProbabilities.requireSound(permutations)
    let complete = try CompleteValues(values, weights)
    let count = complete.values.count
    let rows = complete.weights.withoutSelf()
    guard let moments = Deviations(complete.values) else {
        let none = [Double?](repeating: nil, count: values.count)
        return LocalGeary(
            value: none, expected: none, variance: none, z: none,
            association: Array(repeating: .none, count: values.count),
            probabilities: ConditionalProbabilities(
                engine: .drawn, permutations: 0, greater: none, less: none, folded: none, missing: complete.missing))
    }
    let parts = try await Chunks.map(count, smallest: 4096) { range throws(AnalysisError) in
        try AnalysisError.checkCancellation()
        return range.map { GearyPlace($0, moments, rows) }
    }
    let places = Array(parts.joined())
    let (tails, made) = try await gearyTails(places, moments.deviations, rows, permutations, seed)
    return LocalGeary(
        value: complete.expanded(places.map(\.value), missing: nil),
        expected: complete.expanded(places.map(\.expected), missing: nil),
        variance: complete.expanded(places.map(\.variance), missing: nil),
        z: complete.expanded(places.map(\.z), missing: nil),
        association: complete.expanded(places.map(\.association), missing: .none),
        probabilities: ConditionalProbabilities(
            engine: .drawn, permutations: made, greater: complete.expanded(tails.greater, missing: nil),
            less: complete.expanded(tails.less, missing: nil),
            folded: complete.expanded(tails.folded, missing: nil), missing: complete.missing))
}

/// The statistic of one place with its moments.
private struct GearyPlace: Sendable {
    /// Σ w (zᵢ − zⱼ)², not scaled.
    var raw = 0.0
    /// What of it is expected.
    var rawExpected = 0.0
    var value: Double?
    var expected: Double?
    var variance: Double?
    var z: Double?
    var association = LocalGeary.Association.none

    init(_ place: Int, _ moments: Deviations, _ rows: SpatialWeights) {
        let row = rows.offsets[place]..<rows.offsets[place + 1]
        guard !row.isEmpty else { return }
        let (own, scale) = (moments.deviations[place], moments.squares / (moments.n - 1))
        var (sum, squared, lag) = (0.0, 0.0, 0.0)
        for entry in row {
            let (weight, other) = (rows.weights[entry], moments.deviations[Int(rows.neighbors[entry])])
            raw += weight * (own - other) * (own - other)
            sum += weight
            squared += weight * weight
            lag += weight * other
        }
        let others = SquaredDifferences(own, moments)
        rawExpected = sum * others.mean
        let (value, expected) = (raw / scale, rawExpected / scale)
        (self.value, self.expected) = (value, expected)
        let isAlike = value < expected
        association =
            !isAlike ? .dissimilar : own > 0 && lag > 0 ? .highHigh : own <= 0 && lag <= 0 ? .lowLow : .otherSimilar
        guard moments.n > 2, let spread = others.variance else { return }
        let factor = (moments.n - 1) * squared - sum * sum
        let variance = spread * max(0, factor) / (moments.n - 2) / (scale * scale)
        self.variance = variance
        if factor > 1e-12 * (moments.n - 1) * squared { z = (expected - value) / variance.squareRoot() }
    }
}

/// Mean and population variance of the squared differences between one value and all others.
private struct SquaredDifferences {
    let mean: Double
    /// `nil` where all are the same.
    let variance: Double?

    init(_ own: Double, _ all: Deviations) {
        let others = all.n - 1
        mean = (all.n * own * own + all.squares) / others
        // Central moments of the others, whose sum is −own, and their distance a: (a − u)² has the variance of −2au + u².
        let center = -own / others
        let second = (all.squares - own * own) / others
        let third = (all.cubes - own * own * own) / others
        let fourth = (all.fourths - own * own * own * own) / others
        let m2 = second - center * center
        let m3 = third - 3 * center * second + 2 * center * center * center
        let m4 = fourth - 4 * center * third + 6 * center * center * second - 3 * center * center * center * center
        let a = own - center
        let spread = 4 * a * a * m2 - 4 * a * m3 + m4 - m2 * m2
        variance = m2 * others > 1e-14 * all.squares && spread > 1e-12 * mean * mean ? spread : nil
    }
}

/// The share of draws at least and at most as large as each place's statistic, and at least as far from what is expected,
/// with the most draws of a place.
private func gearyTails(
    _ found: [GearyPlace], _ deviations: [Double], _ rows: SpatialWeights, _ permutations: Int?, _ seed: UInt64
) async throws(AnalysisError) -> (
    tails: (greater: [Double?], less: [Double?], folded: [Double?]), permutations: Int
) {
    let none = [Double?](repeating: nil, count: found.count)
    // Where all others are neighbours there is nothing to draw.
    let open = (0..<found.count).filter {
        (1..<max(1, found.count - 1)).contains(rows.offsets[$0 + 1] - rows.offsets[$0])
    }
    let size = open.reduce(0) { max($0, rows.offsets[$1 + 1] - rows.offsets[$1]) }
    guard size > 0 else { return ((none, none, none), 0) }
    let made = permutations ?? suggestedPermutations(tests: open.count, size: size)
    let draws = try await DrawTable.make(permutations: made, size: size, others: found.count - 1, seed: seed)
    let extreme = deviations.reduce(0) { max($0, $1.magnitude) }
    let guardScale = 4e-12 * extreme * extreme
    let parts = try await Chunks.map(open.count, smallest: 64) { range throws(AnalysisError) in
        var tails: [(greater: Double, less: Double, folded: Double)] = []
        tails.reserveCapacity(range.count)
        for place in open[range] {
            try AnalysisError.checkCancellation()
            let row = rows.offsets[place]..<rows.offsets[place + 1]
            let tolerance = guardScale * row.reduce(0) { $0 + rows.weights[$1].magnitude }
            let (low, high) = (found[place].raw - tolerance, found[place].raw + tolerance)
            let expected = found[place].rawExpected
            let distance = (found[place].raw - expected).magnitude - tolerance
            var (above, below, far, drawn) = (0, 0, 0, 0)
            while drawn < made, min(above, below) < enoughExceedances {
                let first = drawn * draws.size - row.lowerBound
                var sum = 0.0
                for entry in row {
                    let other = Int(draws.entries[first + entry])
                    let difference = deviations[place] - deviations[other < place ? other : other + 1]
                    sum += rows.weights[entry] * difference * difference
                }
                if sum >= low { above += 1 }
                if sum <= high { below += 1 }
                if (sum - expected).magnitude >= distance { far += 1 }
                drawn += 1
            }
            let isStopped = min(above, below) >= enoughExceedances
            let (extra, most) = isStopped ? (0, drawn) : (1, drawn + 1)
            func share(_ count: Int) -> Double { Double(count + extra) / Double(most) }
            tails.append((share(above), share(below), share(far)))
        }
        return tails
    }
    var tails = (greater: none, less: none, folded: none)
    for (place, tail) in zip(open, parts.joined()) {
        (tails.greater[place], tails.less[place], tails.folded[place]) = tail
    }
    return (tails, made)
}
