extension CellSet {
    /// How many cells have no other within so many rings.
    ///
    /// - Complexity: linear where most cells have others around them.
    public func islandCount(grid: Grid, rings: Int) -> Int {
        let steps = grid.steps(rings: rings)
        return q.indices.count { place in
            !steps.contains { dq, dr in
                let (q, r) = (Int(q[place]) + dq, Int(r[place]) + dr)
                return self.place(
                    of: CellIndex(q: Int32(truncatingIfNeeded: q), r: Int32(truncatingIfNeeded: r))) != nil
            }
        }
    }
}
