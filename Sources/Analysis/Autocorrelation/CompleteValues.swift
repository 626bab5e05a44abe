/// The places that have a value, with the weights among them.
///
/// A missing value takes its place out of the analysis and of every neighbourhood.
struct CompleteValues {
    let values: [Double]
    let weights: SpatialWeights
    private let isKept: [Bool]

    /// Number of places left out.
    var missing: Int { isKept.count - values.count }

    /// - Throws: ``AnalysisError`` when lengths differ or a value is not finite.
    init(_ values: [Double?], _ weights: SpatialWeights) throws(AnalysisError) {
        guard values.count == weights.count else {
            throw AnalysisError(.invalidColumns, "There must be one row of spatial weights for each value.")
        }
        guard values.allSatisfy({ $0?.isFinite ?? true }) else {
            throw AnalysisError(.notFinite, "A value is not a finite number.")
        }
        isKept = values.map { $0 != nil }
        self.values = values.compactMap { $0 }
        self.weights = self.values.count == values.count ? weights : weights.restricted(to: isKept)
    }

    /// A column of the kept places as a column of all.
    func expanded<Value>(_ column: [Value], missing: Value) -> [Value] {
        if column.count == isKept.count { return column }
        var next = 0
        return isKept.map { isKept in
            guard isKept else { return missing }
            next += 1
            return column[next - 1]
        }
    }
}
