import Analysis
import GEOSGeometry
import GeoCore
import Storage

extension GroundedComputation {
    /// What lies in each of some area units, and who stands behind it where that matters; what lies in none is told.
    mutating func counts(
        in shapes: [MetricGeometry], _ points: Points
    ) -> (cases: [Double], people: [Contributors]) {
        let index = PolygonIndex(shapes.map(\.shape))
        var cases = [Double](repeating: 0, count: shapes.count)
        var people = [Contributors](repeating: Contributors(), count: ground.tellsContributors ? shapes.count : 0)
        var elsewhere: [Int] = []
        for row in 0..<points.count {
            if let unit = index.firstPolygon(containing: points.x[row], points.y[row]) {
                cases[unit] += points.weight[row]
                if ground.tellsContributors { people[unit].add(columns.author[usedRows[row]]) }
            } else {
                elsewhere.append(row)
            }
        }
        leaveOut(elsewhere, "outsideUnits")
        return (cases, people)
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
