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

    /// Whether a cell has fewer than eight neighbours, so that the normal law is rough.
    func areFew(_ counts: GridAggregation) -> Bool {
        switch self {
        case .rings(let rings):
            if case .hexagon = counts.grid { rings == 1 } else { false }
        case .weights(let weights): weights.withoutSelf().meanNeighborCount < 8
        }
    }
}
