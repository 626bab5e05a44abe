import Analysis
import GeoCore

/// The neighbours of cells: rings, whose weights need not be written out, or any weights.
enum CellNeighbors {
    case rings(Int)
    case weights(SpatialWeights)

    /// The weights, written out.
    func weights(_ counts: GridAggregation) throws -> SpatialWeights {
        switch self {
        case .rings(let rings): try counts.cells.contiguity(grid: counts.grid, rings: rings)
        case .weights(let weights): weights
        }
    }

    /// Gi* of values in the cells, or Gi.
    ///
    /// - Parameter noise: variance of noise in each value.
    func scores(
        _ values: [Double], _ counts: GridAggregation, _ variant: LocalG.Variant, noise: Double = 0
    ) async throws -> LocalG {
        switch self {
        case .rings(let rings):
            try await counts.cells.parallelGetisOrd(
                values, grid: counts.grid, rings: rings, variant: variant,
                noiseVariance: noise)
        case .weights(let weights):
            switch variant {
            case .gStar: try getisOrdGStar(values, weights: weights, noiseVariance: noise)
            case .g: try getisOrdG(values, weights: weights.withoutSelf(), noiseVariance: noise)
            }
        }
    }

    /// Most cells whose neighbours are counted one by one; more have many at most of their places.
    private static let mostCounted = 20_000

    /// Whether a cell has fewer than eight neighbours, at the border of a narrow area too, so that the normal law is rough.
    func areFew(_ counts: GridAggregation) throws -> Bool {
        switch self {
        case .rings(let rings):
            if case .hexagon = counts.grid, rings == 1 { return true }
            guard counts.cells.count <= Self.mostCounted else { return false }
            return try weights(counts).withoutSelf().meanNeighborCount < 8
        case .weights(let weights): return weights.withoutSelf().meanNeighborCount < 8
        }
    }
}
