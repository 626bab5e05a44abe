public import GeoCore

/// Points in metres, ordered so that those near a geometry are found without looking at all.
public struct PointsNear: Sendable {
    /// Rows of the points by x, then y.
    private let order: [Int]
    private let x: [Double]
    private let y: [Double]

    /// Orders points.
    ///
    /// - Throws: ``AnalysisError`` when a coordinate is not finite.
    /// - Complexity: O(n log n).
    public init(_ points: Points) throws(AnalysisError) {
        try requireFinite(points)
        order = (0..<points.count).sorted { (points.x[$0], points.y[$0], $0) < (points.x[$1], points.y[$1], $1) }
        x = order.map { points.x[$0] }
        y = order.map { points.y[$0] }
    }

    /// The rows of the points at most `distance` metres from a geometry, in order; a point in a polygon is at 0.
    ///
    /// - Throws: ``AnalysisError`` for a distance below 0, or when the task is cancelled.
    /// - Complexity: O(log n) and, for each point in the widened box, the positions of the geometry.
    public func rows(within distance: Double, of geometry: Geometry) throws(AnalysisError) -> [Int] {
        guard distance.isFinite, distance >= 0 else {
            throw AnalysisError(.invalidParameter, "A distance must be a finite number of metres, not negative.")
        }
        try AnalysisError.checkCancellation()
        guard let box = geometry.boundingBox?.expanded(by: distance) else { return [] }
        let shape = MeasuredShape(geometry)
        var found: [Int] = []
        var place = first(notBelow: box.minX)
        while place < x.count, x[place] <= box.maxX {
            if place & 0xFFF == 0 { try AnalysisError.checkCancellation() }
            if y[place] >= box.minY, y[place] <= box.maxY,
                shape.squaredDistance(x[place], y[place], enough: distance * distance) <= distance * distance
            {
                found.append(order[place])
            }
            place += 1
        }
        return found.sorted()
    }

    private func first(notBelow value: Double) -> Int {
        var (low, high) = (0, x.count)
        while low < high {
            let middle = (low + high) / 2
            if x[middle] < value { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

/// A geometry as points and segments, with rings for the test whether a point lies inside.
private struct MeasuredShape {
    private var points: [Position] = []
    private var lines: [[Position]] = []
    private var polygons: [[[Position]]] = []

    init(_ geometry: Geometry) { add(geometry) }

    private mutating func add(_ geometry: Geometry) {
        switch geometry {
        case .point(let position): points.append(position)
        case .multiPoint(let positions): points += positions
        case .lineString(let line): lines.append(line)
        case .multiLineString(let several): lines += several
        case .polygon(let rings): polygons.append(rings)
        case .multiPolygon(let several): polygons += several
        case .geometryCollection(let members): for member in members { add(member) }
        }
    }

    /// The squared distance of a position; any value not above `enough` where it is that close.
    func squaredDistance(_ x: Double, _ y: Double, enough: Double) -> Double {
        var least = Double.infinity
        for point in points {
            least = min(least, (point.x - x) * (point.x - x) + (point.y - y) * (point.y - y))
        }
        for line in lines { least = min(least, Self.squaredDistance(line, x, y)) }
        for rings in polygons {
            if least <= enough { return least }
            if Self.contains(rings, x, y) { return 0 }
            for ring in rings { least = min(least, Self.squaredDistance(ring, x, y)) }
        }
        return least
    }

    private static func squaredDistance(_ line: [Position], _ x: Double, _ y: Double) -> Double {
        var least = Double.infinity
        guard line.count > 1 else {
            return line.first.map { ($0.x - x) * ($0.x - x) + ($0.y - y) * ($0.y - y) } ?? least
        }
        for index in 1..<line.count {
            let (a, b) = (line[index - 1], line[index])
            let (dx, dy) = (b.x - a.x, b.y - a.y)
            let length = dx * dx + dy * dy
            let along = length > 0 ? max(0, min(1, ((x - a.x) * dx + (y - a.y) * dy) / length)) : 0
            let (ex, ey) = (a.x + along * dx - x, a.y + along * dy - y)
            least = min(least, ex * ex + ey * ey)
        }
        return least
    }

    /// Even-odd over all rings, so that holes are outside.
    private static func contains(_ rings: [[Position]], _ x: Double, _ y: Double) -> Bool {
        var isInside = false
        for ring in rings where ring.count > 2 {
            for index in 1..<ring.count {
                let (a, b) = (ring[index - 1], ring[index])
                guard (a.y > y) != (b.y > y) else { continue }
                if x < (b.x - a.x) * (y - a.y) / (b.y - a.y) + a.x { isInside.toggle() }
            }
        }
        return isInside
    }
}
