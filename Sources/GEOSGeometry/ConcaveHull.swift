public import GeoCore

extension MetricGeometry {
    /// A hull that follows points closely and holds every one of them.
    ///
    /// The alpha shape with the radius given, or the smallest of its doublings that leaves no point out; the convex
    /// hull where even the largest does. Of many points only those that can matter take part: corners of the convex
    /// hulls of small squares, and from the inside one here and there. Whether the shape holds the others is tested.
    ///
    /// - Parameters:
    ///   - points: positions in metres.
    ///   - radius: radius of the disc of the alpha shape in metres, above 0.
    /// - Returns: a polygon or several, or what the convex hull of points on a line is.
    /// - Throws: ``GEOSError`` when GEOS gives up.
    /// - Complexity: O(n log n).
    public static func concaveHull(of points: [Position], radius: Double) throws(GEOSError) -> MetricGeometry {
        let thinned = ThinnedPoints(points, square: radius / 4)
        let triangles = try AlphaTriangles(thinned.points)
        var radius = max(radius, 4 * thinned.square)
        // Forty doublings make a disc of a millimetre wider than the earth.
        for _ in 0..<40 where radius.isFinite {
            if let shape = try triangles.union(radius: radius), thinned.isComplete || shape.holds(points) {
                return shape
            }
            radius *= 2
        }
        return try MetricGeometry(metres: .multiPoint(thinned.points)).convexHull()
    }

    private func holds(_ points: [Position]) -> Bool {
        let index = PolygonIndex([shape])
        return points.allSatisfy { index.firstPolygon(containing: $0.x, $0.y) != nil }
    }
}

/// The points that decide a hull.
private struct ThinnedPoints {
    /// Most points that are all kept.
    private static let limit = 5000

    private struct Square: Hashable {
        var column, row: Int32
    }

    /// The points that are left, in an order that depends on the points alone.
    private(set) var points: [Position]
    /// Side of the squares they were chosen in, in metres; 0 when none is missing.
    private(set) var square = 0.0
    /// Whether none is missing.
    var isComplete: Bool { square == 0 }

    init(_ all: [Position], square side: Double) {
        points = Array(Set(all.map { Position($0.x, $0.y) })).sorted { ($0.x, $0.y) < ($1.x, $1.y) }
        guard points.count > Self.limit, side > 0, side.isFinite else { return }
        let distinct = points
        square = side
        for _ in 0..<48 {
            if let chosen = Self.chosen(distinct, square) {
                points = chosen
                return
            }
            square *= 2
        }
        points = Self.convexCorners(distinct)
    }

    /// What is left with squares of a side; `nil` when that is still too much, or when they cannot be counted.
    private static func chosen(_ points: [Position], _ side: Double) -> [Position]? {
        let origin = points.reduce(Position(.infinity, .infinity)) { Position(min($0.x, $1.x), min($0.y, $1.y)) }
        var squares: [Square: [Position]] = [:]
        for point in points {
            guard let column = Int32(exactly: ((point.x - origin.x) / side).rounded(.down)),
                let row = Int32(exactly: ((point.y - origin.y) / side).rounded(.down))
            else { return nil }
            squares[Square(column: column, row: row), default: []].append(point)
        }
        var chosen: [Position] = []
        for (square, members) in squares {
            if isInside(square, squares) {
                if square.column % 2 == 0, square.row % 2 == 0, let first = members.first { chosen.append(first) }
            } else {
                chosen += convexCorners(members)
            }
            guard chosen.count <= limit else { return nil }
        }
        return chosen.sorted { ($0.x, $0.y) < ($1.x, $1.y) }
    }

    /// Whether all eight squares around hold points.
    private static func isInside(_ square: Square, _ squares: [Square: [Position]]) -> Bool {
        for column in -1...1 {
            for row in -1...1 {
                let near = Square(
                    column: square.column &+ Int32(column), row: square.row &+ Int32(row))
                if squares[near] == nil { return false }
            }
        }
        return true
    }

    /// Corners of the convex hull of points in (x, y) order (Andrew 1979, doi:10.1016/0020-0190(79)90072-3).
    private static func convexCorners(_ sorted: [Position]) -> [Position] {
        guard sorted.count > 2 else { return sorted }
        func chain(_ points: some Sequence<Position>) -> [Position] {
            var corners: [Position] = []
            for point in points {
                while corners.count >= 2 {
                    let (a, b) = (corners[corners.count - 2], corners[corners.count - 1])
                    guard (b.x - a.x) * (point.y - a.y) - (b.y - a.y) * (point.x - a.x) <= 0 else { break }
                    corners.removeLast()
                }
                corners.append(point)
            }
            return corners
        }
        return Array(chain(sorted).dropLast() + chain(sorted.reversed()).dropLast())
    }
}
