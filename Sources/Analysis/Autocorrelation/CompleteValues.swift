/// The places that have a value, with the weights among them.
///
/// A missing value takes its place out of the analysis and of every neighbourhood.
struct CompleteValues {
    let values: [Double]
    let weights: SpatialWeights
    /// Which places have a value; `nil` where all have.
    private let isKept: [Bool]?

    /// Number of places left out.
    var missing: Int { isKept.map { $0.count - values.count } ?? 0 }

    /// - Throws: ``AnalysisError`` when lengths differ or a value is not finite.
    init(_ values: [Double?], _ weights: SpatialWeights) throws(AnalysisError) {
        let kept = values.compactMap { $0 }
        try Self.requireSound(kept, rows: values.count, weights)
        self.values = kept
        if kept.count == values.count {
            (self.weights, isKept) = (weights, nil)
        } else {
            let isKept = values.map { $0 != nil }
            (self.weights, self.isKept) = (weights.restricted(to: isKept), isKept)
        }
    }

    /// Values of which none is missing.
    ///
    /// - Throws: ``AnalysisError`` when lengths differ or a value is not finite.
    init(all values: [Double], _ weights: SpatialWeights) throws(AnalysisError) {
        try Self.requireSound(values, rows: values.count, weights)
        (self.values, self.weights, isKept) = (values, weights, nil)
    }

    private static func requireSound(
        _ values: [Double], rows: Int, _ weights: SpatialWeights
    ) throws(AnalysisError) {
        guard rows == weights.count else {
            throw AnalysisError(.invalidColumns, "There must be one row of spatial weights for each value.")
        }
        guard values.allSatisfy(\.isFinite) else {
            throw AnalysisError(.notFinite, "A value is not a finite number.")
        }
    }

    /// A column of the kept places as a column of all.
    func expanded<Value>(_ column: [Value], missing: Value) -> [Value] {
        guard let isKept else { return column }
        var next = 0
        return isKept.map { isKept in
            guard isKept else { return missing }
            next += 1
            return column[next - 1]
        }
    }
}
