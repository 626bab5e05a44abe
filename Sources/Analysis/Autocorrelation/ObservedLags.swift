/// The neighbours of each place as the comparison with draws needs them.
struct ObservedLags: Sendable {
    /// Values with their rounded mean taken away.
    let values: [Double]
    /// Rows without self.
    let weights: SpatialWeights
    /// Weighted sums, plain sums where all weights of all rows are equal.
    let sums: [Double]
    /// The sum of all values.
    let total: Double
    /// Largest error of a sum that rounding can make, per neighbour of weight 1.
    let guardScale: Double
    /// Whether the weights in each row are equal and positive, so that the sum of values says all.
    let isEqual: Bool

    init(_ complete: CompleteValues) async throws(AnalysisError) {
        let offset = try await ValueMoments.parallel(complete.values).offset
        let values = complete.values.map { $0 - offset }
        let given = complete.weights
        let traits = try await Chunks.map(given.count, smallest: 8192) { range in RowTraits(given, range) }
        let weights = traits.contains(where: \.haveSelf) ? given.withoutSelf() : given
        let isEqual = traits.allSatisfy(\.areEqual)
        let sums = try await Chunks.map(given.count, smallest: 8192) { range in
            Self.sums(values, weights, isEqual, range)
        }
        self.values = values
        self.weights = weights
        self.isEqual = isEqual
        self.sums = sums.flatMap { $0 }
        var total = CompensatedSum()
        for value in values { total.add(value) }
        self.total = total.value
        guardScale = 1e-12 * values.reduce(0) { max($0, $1.magnitude) }
    }

    private static func sums(
        _ values: [Double], _ weights: SpatialWeights, _ isEqual: Bool, _ range: Range<Int>
    ) -> [Double] {
        let (values, offsets, neighbors) = (values.span, weights.offsets.span, weights.neighbors.span)
        let factors = weights.weights.span
        var sums = [Double](repeating: 0, count: range.count)
        for place in range {
            var sum = 0.0
            for entry in offsets[place]..<offsets[place + 1] {
                let value = values[Int(neighbors[entry])]
                sum += isEqual ? value : factors[entry] * value
            }
            sums[place - range.lowerBound] = sum
        }
        return sums
    }

    /// Neighbours of a place; 0 where there are none, or as many as to leave no choice.
    func size(_ place: Int) -> Int {
        let size = weights.offsets[place + 1] - weights.offsets[place]
        return size < values.count ? size : 0
    }

    /// The sum as far from the expected one of a place as its own, on the other side.
    ///
    /// A place keeps its value, so that the values expected of its neighbours are the mean of all others.
    func mirrored(_ place: Int) -> Double {
        let row = weights.offsets[place]..<weights.offsets[place + 1]
        let weight = isEqual ? Double(row.count) : row.reduce(0) { $0 + weights.weights[$1] }
        return 2 * weight * (total - values[place]) / Double(values.count - 1) - sums[place]
    }

    /// How far apart two sums at a place may be and still count as equal.
    func tolerance(_ place: Int) -> Double {
        if isEqual { return guardScale * Double(size(place)) }
        let row = weights.offsets[place]..<weights.offsets[place + 1]
        return guardScale * row.reduce(0) { $0 + weights.weights[$1].magnitude }
    }
}

/// What holds of the rows of some places.
private struct RowTraits: Sendable {
    /// Whether a place has a weight for itself.
    private(set) var haveSelf = false
    /// Whether the weights for others are equal in each row, and positive.
    private(set) var areEqual = true

    init(_ rows: SpatialWeights, _ range: Range<Int>) {
        let (offsets, neighbors, weights) = (rows.offsets.span, rows.neighbors.span, rows.weights.span)
        for place in range {
            var first: Double?
            for entry in offsets[place]..<offsets[place + 1] {
                if Int(neighbors[entry]) == place {
                    haveSelf = true
                } else if weights[entry] != first ?? weights[entry] || weights[entry] <= 0 {
                    areEqual = false
                } else {
                    first = weights[entry]
                }
            }
        }
    }
}
