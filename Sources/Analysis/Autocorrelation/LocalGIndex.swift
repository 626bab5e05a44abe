/// The index G of Getis and Ord itself, of which ``LocalG`` tells the score, with its moments.
///
/// It has a meaning for positive values alone: the part of the sum of all that lies in a place's neighbourhood, each weighed.
/// Source: Getis & Ord 1992, doi:10.1111/j.1538-4632.1992.tb00261.x.
public struct LocalGIndex: Sendable, Equatable {
    /// The index of each place; `nil` where the values add up to 0 or the place has no value.
    public let value: [Double?]
    /// What it is expected to be where values lie anyhow.
    public let expected: [Double?]
    /// Its variance where values lie anyhow.
    public let variance: [Double?]

    /// Works the index out.
    ///
    /// - Parameters:
    ///   - values: one value a place; `nil` takes the place out of the analysis and of every neighbourhood.
    ///   - weights: as many rows as values, read as ``getisOrdGStar(_:weights:noiseVariance:)`` and
    ///     ``getisOrdG(_:weights:noiseVariance:)`` read them.
    ///   - variant: whether a place is part of its own neighbourhood.
    /// - Throws: ``AnalysisError`` when lengths differ or a value is not finite.
    /// - Complexity: linear in places and neighbours.
    public init(_ values: [Double?], weights: SpatialWeights, variant: LocalG.Variant) throws(AnalysisError) {
        let complete = try CompleteValues(values, weights)
        let (weights, shifted) = (complete.weights, ShiftedValues(complete.values))
        let total = complete.values.compensatedSum
        let (n, offset) = (Double(complete.values.count), shifted.moments.offset)
        var found = [(value: Double, expected: Double, variance: Double)?](repeating: nil, count: complete.values.count)
        for place in complete.values.indices {
            let sums = NeighborhoodSums(of: place, shifted.values, weights, variant)
            let others = variant == .g ? n - 1 : n
            let rest = variant == .g ? total - complete.values[place] : total
            guard others > 1, rest != 0 else { continue }
            var squares = shifted.squares
            if variant == .g {
                let deviation = shifted.values[place] - shifted.mean
                squares = max(0, squares - deviation * deviation * n / others)
            }
            let spread = max(0, others * sums.squared - sums.weights * sums.weights)
            found[place] = (
                (sums.weighted + offset * sums.weights) / rest, sums.weights / others,
                squares / others * spread / (others - 1) / (rest * rest)
            )
        }
        value = complete.expanded(found.map { $0?.value }, missing: nil)
        expected = complete.expanded(found.map { $0?.expected }, missing: nil)
        variance = complete.expanded(found.map { $0?.variance }, missing: nil)
    }
}
