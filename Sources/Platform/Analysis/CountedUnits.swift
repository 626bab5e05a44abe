import Analysis
import GEOSGeometry
import GeoCore
import Storage

extension GroundedComputation {
    /// What lies in each of some area units, and which rows of the points; what lies in none is told.
    mutating func counts(
        in index: PolygonIndex, _ points: Points
    ) -> (cases: [Double], rows: [[Int]]) {
        var cases = [Double](repeating: 0, count: index.count)
        var rows = [[Int]](repeating: [], count: index.count)
        var elsewhere: [Int] = []
        for row in 0..<points.count {
            if let unit = index.firstPolygon(containing: points.x[row], points.y[row]) {
                cases[unit] += points.weight[row]
                rows[unit].append(row)
            } else {
                elsewhere.append(row)
            }
        }
        leaveOut(elsewhere, "outsideUnits")
        return (cases, rows)
    }
}

extension SpatialWeights {
    /// Weights between areas that touch, at vertices that are exactly the same.
    static func touching(_ shapes: [MetricGeometry]) -> SpatialWeights {
        SpatialWeights(
            areas: shapes.map { area -> [[Position]] in
                switch area.shape {
                case .polygon(let rings): rings
                case .multiPolygon(let parts): Array(parts.joined())
                default: []
                }
            }, rule: .queen)
    }
}
