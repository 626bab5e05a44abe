public import GeoCore

extension Points {
    /// The point whose mean distance to some points, itself among them, is least.
    ///
    /// Among equal ones it is that nearest their mean, then the first; `nil` where there are none. Exact: a point is passed over only where the triangle inequality rules it out. Source: Newling & Fleuret 2017, “A
    /// sub-quadratic exact medoid algorithm”, AISTATS, arXiv:1605.06950.
    ///
    /// - Parameter rows: rows of the points.
    /// - Throws: ``AnalysisError`` `cancelled`.
    /// - Complexity: O(n^1.5) for points spread over a plane, O(n²) at worst.
    public func medoid(of rows: [Int]) throws(AnalysisError) -> Int? {
        guard let first = rows.first else { return nil }
        // Relative to one point, so that differences are exact enough.
        let x = rows.map { self.x[$0] - self.x[first] }
        let y = rows.map { self.y[$0] - self.y[first] }
        let n = Double(rows.count)
        let center = (x: x.compensatedSum / n, y: y.compensatedSum / n)
        func distance(_ index: Int, _ place: (x: Double, y: Double)) -> Double {
            ((x[index] - place.x) * (x[index] - place.x) + (y[index] - place.y) * (y[index] - place.y)).squareRoot()
        }
        let fromCenter = x.indices.map { distance($0, center) }
        var bound = [Double](repeating: 0, count: rows.count)
        var best = (mean: Double.infinity, index: 0)
        for index in x.indices.sorted(by: { (fromCenter[$0], $0) < (fromCenter[$1], $1) }) {
            guard bound[index] < best.mean else { continue }
            try AnalysisError.checkCancellation()
            let distances = x.indices.map { distance($0, (x[index], y[index])) }
            let mean = distances.compensatedSum / n
            if mean < best.mean { best = (mean, index) }
            for other in bound.indices { bound[other] = max(bound[other], (mean - distances[other]).magnitude) }
        }
        return rows[best.index]
    }
}
