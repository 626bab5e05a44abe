/// What the row of weights of one place sums up, its own place read as a variant of G wants it.
struct NeighborhoodSums {
    /// Values times weights.
    private(set) var weighted = 0.0
    /// Weights.
    private(set) var weights = 0.0
    /// Squares of weights.
    private(set) var squared = 0.0

    /// Sums one row; a place that Gi* finds without a weight of its own gets 1.
    @inline(__always)
    init(of place: Int, _ values: [Double], _ rows: SpatialWeights, _ variant: LocalG.Variant) {
        var hasSelf = false
        for entry in rows.offsets[place]..<rows.offsets[place + 1] {
            let neighbor = Int(rows.neighbors[entry])
            if neighbor == place {
                if variant == .g { continue }
                hasSelf = true
            }
            let weight = rows.weights[entry]
            weighted += weight * values[neighbor]
            weights += weight
            squared += weight * weight
        }
        if variant == .gStar, !hasSelf {
            weighted += values[place]
            weights += 1
            squared += 1
        }
    }
}
