extension CellSet {
    /// Gi or Gi* of values in the cells of a grid; neighbours are the cells of the set at most `rings` cells away.
    ///
    /// The same as with binary weights, without building them.
    ///
    /// - Parameters:
    ///   - values: one value a cell, in the order of the set; zero is a value, so give empty cells zeros.
    ///   - grid: the tiling of the set.
    ///   - rings: 1 to 64; the number of rings of cells around a cell that are its neighbours.
    ///   - variant: Gi* unless said otherwise.
    ///   - noiseVariance: variance of noise in each value, 0 or more, which is added to that of the values: scores of noisy
    ///     values are the smaller, the more of them is noise (Dwork & Roth 2014, doi:10.1561/0400000042).
    /// - Throws: ``AnalysisError`` when lengths differ, a value is not finite, or `rings` or the variance is out of range.
    /// - Complexity: O(cells · rings²).
    public func getisOrd(
        _ values: [Double], grid: Grid, rings: Int = 1, variant: LocalG.Variant = .gStar, noiseVariance: Double = 0
    ) throws(AnalysisError) -> LocalG {
        try AnalysisError.requireNoiseVariance(noiseVariance)
        var moments = ValueMoments(values)
        moments.noiseVariance = noiseVariance
        let scores = try GridScores(self, values, moments, grid, rings, variant)
        let parts = try Chunks.mapInOrder(OptionalColumn.parts(count), scores.scores)
        return LocalG(variant: variant, z: OptionalColumn(parts: parts))
    }

    /// Gi or Gi* as ``getisOrd(_:grid:rings:variant:noiseVariance:)``, worked on by all cores at once: the same bits as on one.
    ///
    /// - Throws: ``AnalysisError`` as the method on one core.
    /// - Complexity: O(cells · rings²).
    public func parallelGetisOrd(
        _ values: [Double], grid: Grid, rings: Int = 1, variant: LocalG.Variant = .gStar, noiseVariance: Double = 0
    ) async throws(AnalysisError) -> LocalG {
        try AnalysisError.requireNoiseVariance(noiseVariance)
        var moments = try await ValueMoments.parallel(values)
        moments.noiseVariance = noiseVariance
        let scores = try GridScores(self, values, moments, grid, rings, variant)
        let parts = try await Chunks.map(OptionalColumn.parts(count)) { range throws(AnalysisError) in
            try scores.scores(range)
        }
        return LocalG(variant: variant, z: OptionalColumn(parts: parts))
    }

    /// Binary weights between the cells of the set at most `rings` cells away, for methods that need them written out.
    ///
    /// - Throws: ``AnalysisError`` when `rings` is out of range.
    /// - Complexity: O(cells · rings²).
    public func contiguity(grid: Grid, rings: Int = 1) throws(AnalysisError) -> SpatialWeights {
        guard (1...64).contains(rings) else { throw Self.ringsOutOfRange }
        let steps = grid.steps(rings: rings)
        var offsets = [0]
        offsets.reserveCapacity(count + 1)
        var neighbors: [Int32] = []
        neighbors.reserveCapacity(count * steps.count)
        for place in 0..<count {
            let (ownColumn, ownRow) = (Int(q[place]) - firstQ, Int(r[place]) - firstR)
            for (dq, dr) in steps {
                let (column, row) = (ownColumn + dq, ownRow + dr)
                guard column >= 0, column < columns, row >= 0, row < rows else { continue }
                let neighbor = places[column * rows + row]
                if neighbor >= 0 { neighbors.append(neighbor) }
            }
            offsets.append(neighbors.count)
        }
        return SpatialWeights(soundOffsets: offsets, binary: neighbors)
    }

    static let ringsOutOfRange = AnalysisError(
        .invalidParameter, "The number of neighbour rings must be between 1 and 64.")
}
