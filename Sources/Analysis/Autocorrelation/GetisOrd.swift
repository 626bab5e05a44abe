/// Gi* of each place with any spatial weights (Ord & Getis 1995, doi:10.1111/j.1538-4632.1995.tb00912.x).
///
/// A row without its own place gets it with weight 1; a weight given for it is kept. The score does not change when a
/// row is multiplied by a constant (binary rows) or values are shifted or scaled.
///
/// - Parameters:
///   - values: one value a place; `nil` takes the place out of the analysis and of every neighbourhood.
///   - weights: as many rows as values.
///   - noiseVariance: variance of noise in each value, 0 or more, which is added to that of the values.
/// - Throws: ``AnalysisError`` when lengths differ, a value is not finite or the variance is out of range.
/// - Complexity: linear in places and neighbours.
public func getisOrdGStar(
    _ values: [Double?], weights: SpatialWeights, noiseVariance: Double = 0
) throws(AnalysisError) -> LocalG {
    try localG(values, weights, .gStar, noiseVariance)
}

/// Gi of each place with any spatial weights: as Gi*, but the place itself is left out of every sum and moment.
///
/// - Parameters:
///   - values: one value a place; `nil` takes the place out of the analysis and of every neighbourhood.
///   - weights: as many rows as values; a weight of a place for itself is passed over.
///   - noiseVariance: variance of noise in each value, 0 or more, which is added to that of the others.
/// - Throws: ``AnalysisError`` when lengths differ, a value is not finite or the variance is out of range.
/// - Complexity: linear in places and neighbours.
public func getisOrdG(
    _ values: [Double?], weights: SpatialWeights, noiseVariance: Double = 0
) throws(AnalysisError) -> LocalG {
    try localG(values, weights, .g, noiseVariance)
}

extension AnalysisError {
    /// Refuses what is no variance of noise.
    static func requireNoiseVariance(_ value: Double) throws(AnalysisError) {
        guard value.isFinite, value >= 0 else {
            throw AnalysisError(.invalidParameter, "The variance of noise must be a finite number, 0 or more.")
        }
    }
}

private func localG(
    _ values: [Double?], _ weights: SpatialWeights, _ variant: LocalG.Variant, _ noiseVariance: Double
) throws(AnalysisError) -> LocalG {
    try AnalysisError.requireNoiseVariance(noiseVariance)
    guard values.count == weights.count else {
        throw AnalysisError(.invalidColumns, "There must be one row of spatial weights for each value.")
    }
    guard values.allSatisfy({ $0?.isFinite ?? true }) else {
        throw AnalysisError(.notFinite, "A value is not a finite number.")
    }
    let isKept = values.map { $0 != nil }
    let kept = values.compactMap { $0 }
    if kept.count == values.count {
        return LocalG(variant: variant, z: OptionalColumn(try scores(kept, weights, variant, noiseVariance)))
    }
    var found = try scores(kept, weights.restricted(to: isKept), variant, noiseVariance)[...]
    let z = isKept.map { $0 ? found.removeFirst() : nil }
    return LocalG(variant: variant, z: OptionalColumn(z), missing: values.count - kept.count)
}

private func scores(
    _ values: [Double], _ weights: SpatialWeights, _ variant: LocalG.Variant, _ noiseVariance: Double
) throws(AnalysisError) -> [Double?] {
    let shifted = ShiftedValues(values, noiseVariance: noiseVariance)
    var z = [Double?](repeating: nil, count: values.count)
    for place in values.indices {
        if place & 0xFFF == 0 { try AnalysisError.checkCancellation() }
        let sums = NeighborhoodSums(of: place, shifted.values, weights, variant)
        switch variant {
        case .gStar:
            z[place] = shifted.scoreWithSelf(
                weighted: sums.weighted, weights: sums.weights, squaredWeights: sums.squared)
        case .g:
            z[place] = shifted.scoreWithoutSelf(
                place, weighted: sums.weighted, weights: sums.weights, squaredWeights: sums.squared)
        }
    }
    return z
}
