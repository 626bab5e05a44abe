extension SpaceTimeCube {
    /// The other bins around each: the cells around in the same step, and these and the cell itself in the ones before.
    ///
    /// Bins are numbered as ``values`` are. All weights are 1.
    ///
    /// - Parameters:
    ///   - rings: of cells around a cell.
    ///   - previousSteps: steps before that are neighbours.
    /// - Throws: ``AnalysisError`` when cancelled.
    /// - Complexity: linear in the neighbours.
    public func neighbors(rings: Int, previousSteps: Int) throws(AnalysisError) -> SpatialWeights {
        let around = try cells.contiguity(grid: grid, rings: rings)
        let count = cells.count
        var offsets = [0]
        offsets.reserveCapacity(steps * count + 1)
        var neighbors: [Int32] = []
        neighbors.reserveCapacity((around.neighbors.count + count) * (previousSteps + 1) * steps)
        for step in 0..<steps {
            try AnalysisError.checkCancellation()
            let first = max(0, step - previousSteps)
            for place in 0..<count {
                for before in first...step {
                    let start = Int32(truncatingIfNeeded: before * count)
                    for entry in around.offsets[place]..<around.offsets[place + 1] {
                        neighbors.append(start + around.neighbors[entry])
                    }
                    if before < step { neighbors.append(start + Int32(truncatingIfNeeded: place)) }
                }
                offsets.append(neighbors.count)
            }
        }
        return SpatialWeights(soundOffsets: offsets, binary: neighbors)
    }
}
