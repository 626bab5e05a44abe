public import GeoCore

/// Ripley's L of points together with what simulations of a null pattern say about it.
public struct RipleyTest: Sendable, Equatable {
    /// K and L of the points.
    public let observed: RipleyK
    /// Distances in metres at which L is defined for the points and every simulation: those of the envelope.
    public let radii: [Double]
    /// Compared with the simulations.
    public let envelope: PatternEnvelope
    /// Seed of the simulations.
    public let seed: UInt64
}

/// Tests whether points gather more or less than a null pattern, by simulations.
///
/// A simulation depends on the seed and its number alone. Distances at which L is undefined for the points or a
/// simulation take no part.
///
/// - Parameters:
///   - points: locations in metres.
///   - window: the study area.
///   - radii: distances in metres, as for ``ripleyK(_:window:radii:correction:isWeighted:)``.
///   - correction: how the border is treated.
///   - null: what the points are compared with.
///   - simulations: number of simulations, 19 … 9999.
///   - rank: of the values taken for the envelope; 1 of 99 is a pointwise level of 2 per cent.
///   - seed: of the simulations.
///   - tabulates: as that function.
///   - isWeighted: counts pairs by the product of their weights, which simulated places get dealt anew. Drawn from the
///     points themselves, the places stay and their weights are dealt among them.
/// - Throws: ``AnalysisError`` as that function, or for a bad number of simulations or rank.
/// - Complexity: simulations times that function, on all cores.
public func ripleyTest(
    _ points: Points, window: StudyWindow, radii: [Double]? = nil, correction: PatternCorrection = .translate,
    null: PatternNull = .uniform, simulations: Int = 99, rank: Int = 1, seed: UInt64 = 1, tabulates: Bool = false,
    isWeighted: Bool = false
) async throws(AnalysisError) -> RipleyTest {
    guard (19...9999).contains(simulations) else {
        throw AnalysisError(.invalidParameter, "The number of simulations must be from 19 to 9999, for example 99.")
    }
    let table =
        tabulates && correction == .translate && !window.isRectangle
        ? try await CovarianceTable.make(points, window, radii) : nil
    let observed = try await ripleyK(points, window, radii, correction, isWeighted, table)
    let weights = isWeighted ? try points.rows(inside: window).weight : []
    let simulator = try PatternSimulator(null, window: window, count: observed.count, seed: seed)
    let radii = observed.radii
    let parts = try await Chunks.map(simulations, smallest: 4) { range throws(AnalysisError) in
        var rows: [[Double?]] = []
        for number in range {
            try AnalysisError.checkCancellation()
            var drawn = simulator.points(number)
            // Places are drawn in any order, so that weights in theirs are dealt at random.
            if isWeighted { drawn.weight = Array(weights.prefix(drawn.count)) }
            let counter = try PatternCounter(drawn, window, radii, correction, isWeighted, table: table)
            let k = counter.k([try counter.count(0..<drawn.count)])
            rows.append(k.map { $0.map { ($0 / .pi).squareRoot() } })
        }
        return rows
    }
    let rows = parts.flatMap { $0 }
    let defined = radii.indices.filter { index in observed.l[index] != nil && rows.allSatisfy { $0[index] != nil } }
    let envelope = try patternEnvelope(
        observed: defined.compactMap { observed.l[$0] },
        simulations: rows.map { row in defined.compactMap { row[$0] } },
        radii: defined.map { radii[$0] }, rank: rank)
    return RipleyTest(
        observed: observed, radii: defined.map { radii[$0] }, envelope: envelope, seed: seed)
}
