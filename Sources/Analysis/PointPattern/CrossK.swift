public import GeoCore

/// How often points of one category have those of another within each distance, compared with random labels.
public struct CrossKTest: Sendable, Equatable {
    /// Distances in metres, rising.
    public let radii: [Double]
    /// K of the points of one category about those of the other, in square metres at each distance.
    public let k: [Double]
    /// √(K/π) in metres.
    public let l: [Double]
    /// L of all points of both categories, which random labels let expect.
    public let expected: [Double]
    /// L less what is expected, compared with permutations of the labels; `nil` without simulations.
    ///
    /// Its limits are those of L itself.
    public let envelope: PatternEnvelope?
    /// Points of the first category inside the area.
    public let first: Int
    /// Points of the second category inside the area.
    public let second: Int
    /// The largest error of a shared area in parts of the study area, where they came from a table.
    public let tableError: Double?
}

/// Ripley's cross-K of two categories, with an envelope of random labels.
///
/// Pairs of one point of each category are all pairs less those within each category, so that
/// K₁₂ = (n(n − 1)K − n₁(n₁ − 1)K₁ − n₂(n₂ − 1)K₂) / 2n₁n₂; under `isotropic` that is the mean of both directions. Labels are
/// dealt anew among the places, under which K₁₂ is expected to be K, so that only what keeps the categories apart or
/// together counts, and not where people write at all.
/// Source: Lotwick & Silverman 1982, J. R. Stat. Soc. B 44; Diggle 2013, Statistical Analysis of Spatial and Spatio-Temporal
/// Point Patterns, section 6.3.
///
/// - Parameters:
///   - points: locations in metres.
///   - isFirst: for each point whether it is of the first category.
///   - window: the study area.
///   - radii: distances in metres, rising and not negative.
///   - correction: how the border is treated; not `border`.
///   - simulations: permutations of the labels, 19 … 9999, or 0 for none.
///   - rank: of the values taken for the envelope.
///   - seed: of the permutations.
///   - tabulates: as in ``ripleyK(_:window:radii:correction:isWeighted:tabulates:)``.
/// - Throws: ``AnalysisError`` as that function, with fewer than two points of a category, or for a bad parameter.
/// - Complexity: that function for all points, and for each permutation for those of each category, on all cores.
public func crossKTest(
    _ points: Points, isFirst: [Bool], window: StudyWindow, radii: [Double],
    correction: PatternCorrection = .translate, simulations: Int = 99, rank: Int = 1, seed: UInt64 = 1,
    tabulates: Bool = false
) async throws(AnalysisError) -> CrossKTest {
    guard isFirst.count == points.count else {
        throw AnalysisError(.invalidColumns, "Each point needs a label.")
    }
    guard correction != .border else {
        throw AnalysisError(.invalidParameter, "Cross-K takes no border correction: translate can be done.")
    }
    guard simulations == 0 || (19...9999).contains(simulations) else {
        throw AnalysisError(
            .invalidParameter, "The number of simulations must be 0 or from 19 to 9999, for example 99.")
    }
    // The label travels with its point through the choice of those inside.
    var labelled = points
    labelled.category = isFirst.map { $0 ? 1 : 0 }
    labelled = try labelled.rows(inside: window)
    let labels = labelled.category
    let first = labels.count { $0 == 1 }
    guard first >= 2, labels.count - first >= 2 else {
        throw AnalysisError(.tooFewData, "Cross-K needs two points of each category inside the study area.")
    }
    let table =
        tabulates && correction == .translate && !window.isRectangle
        ? try await CovarianceTable.make(labelled, window, radii) : nil
    let whole = try await ripleyK(labelled, window, radii, correction, false, table)
    let all = whole.k.map { $0 ?? 0 }
    let places = labelled
    @Sendable func cross(_ labels: [Int32]) throws(AnalysisError) -> [Double] {
        func own(_ label: Int32) throws(AnalysisError) -> [Double] {
            let some = places.rows { labels[$0] == label }
            let counter = try PatternCounter(some, window, radii, correction, false, table: table)
            return counter.k([try counter.count(0..<some.count)]).map { $0 ?? 0 }
        }
        let (one, two) = (try own(1), try own(0))
        func pairs(_ count: Int) -> Double { Double(count) * Double(count - 1) }
        return all.indices.map { index in
            let both =
                pairs(labels.count) * all[index] - pairs(first) * one[index] - pairs(labels.count - first) * two[index]
            return max(0, both / (2 * Double(first) * Double(labels.count - first)))
        }
    }
    func l(_ k: [Double]) -> [Double] { k.map { ($0 / .pi).squareRoot() } }
    let observed = try cross(labels)
    let (found, expected) = (l(observed), l(all))
    var envelope: PatternEnvelope?
    if simulations > 0 {
        let parts = try await Chunks.map(simulations, smallest: 4) { range throws(AnalysisError) in
            var rows: [[Double]] = []
            for number in range {
                try AnalysisError.checkCancellation()
                var random = CounterRandom(seed: seed, .categoryPermutation, permutation: number)
                var dealt = labels
                for place in stride(from: dealt.count - 1, to: 0, by: -1) {
                    dealt.swapAt(place, random.index(below: place + 1))
                }
                rows.append(try cross(dealt).map { ($0 / .pi).squareRoot() })
            }
            return rows
        }
        // The envelope compares with L(r) = r: what is expected is put there.
        func shifted(_ values: [Double]) -> [Double] { values.indices.map { values[$0] - expected[$0] + radii[$0] } }
        envelope = try patternEnvelope(
            observed: shifted(found), simulations: parts.flatMap { $0 }.map(shifted), radii: radii, rank: rank
        ).movedBy(radii.indices.map { expected[$0] - radii[$0] })
    }
    return CrossKTest(
        radii: radii, k: observed, l: found, expected: expected, envelope: envelope,
        first: first, second: labels.count - first, tableError: whole.tableError)
}

extension PatternEnvelope {
    /// The same with the limits moved by so much at each distance.
    fileprivate func movedBy(_ shift: [Double]) -> PatternEnvelope {
        PatternEnvelope(
            rank: rank, simulations: simulations, lower: zip(lower, shift).map(+), upper: zip(upper, shift).map(+),
            maximumDeviation: maximumDeviation, maximumDeviationP: maximumDeviationP,
            squaredDeviation: squaredDeviation, squaredDeviationP: squaredDeviationP, bandHalfWidth: bandHalfWidth)
    }
}
