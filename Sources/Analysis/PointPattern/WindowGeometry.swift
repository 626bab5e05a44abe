public import GeoCore

extension StudyWindow {
    /// Makes a rectangular window.
    ///
    /// - Throws: ``AnalysisError`` when the box has no area.
    public init(box: BoundingBox) throws(AnalysisError) { try self.init(polygons: [[box.ring]]) }

    /// Length of all rings in metres.
    public var perimeter: Double {
        var sum = CompensatedSum()
        for edge in edges {
            let (dx, dy) = (edge.bx - edge.ax, edge.by - edge.ay)
            sum.add((dx * dx + dy * dy).squareRoot())
        }
        return sum.value
    }

    /// The smallest box around the window.
    public var boundingBox: BoundingBox {
        var box = BoundingBox(minX: .infinity, minY: .infinity, maxX: -.infinity, maxY: -.infinity)
        for edge in edges { box.extend(x: edge.ax, y: edge.ay) }
        return box
    }

    /// Whether the window is one rectangle along the axes.
    public var isRectangle: Bool {
        let box = boundingBox
        return edges.count == 4 && edges.allSatisfy { $0.ax == $0.bx || $0.ay == $0.by }
            && area >= box.width * box.height * (1 - 1e-12)
    }

    /// The squared distance from a position to the nearest ring.
    ///
    /// - Complexity: linear in the number of edges.
    func squaredBoundaryDistance(x: Double, y: Double) -> Double {
        var least = Double.infinity
        for edge in edges { least = min(least, Self.squaredDistance(edge, x, y)) }
        return least
    }

    /// The share of a circle around a position that lies inside the window.
    ///
    /// - Complexity: linear in the number of edges, times those the circle crosses.
    func insideShare(x: Double, y: Double, radius: Double, _ angles: inout [Double]) -> Double {
        angles.removeAll(keepingCapacity: true)
        for edge in edges {
            let (ax, ay, dx, dy) = (edge.ax - x, edge.ay - y, edge.bx - edge.ax, edge.by - edge.ay)
            let (a, half, c) = (dx * dx + dy * dy, ax * dx + ay * dy, ax * ax + ay * ay - radius * radius)
            let discriminant = half * half - a * c
            guard a > 0, discriminant > 0 else { continue }
            let root = discriminant.squareRoot()
            for t in [(-half - root) / a, (-half + root) / a] where t >= 0 && t <= 1 {
                angles.append(Elementary.atan2(ay + t * dy, ax + t * dx))
            }
        }
        guard let first = angles.min() else { return contains(x: x + radius, y: y) ? 1 : 0 }
        angles.sort()
        var inside = 0.0
        for index in angles.indices {
            let end = index + 1 < angles.count ? angles[index + 1] : first + 2 * .pi
            let middle = (angles[index] + end) / 2
            let isInside = contains(
                x: x + radius * Elementary.cosine(middle), y: y + radius * Elementary.cosine(middle - .pi / 2))
            if isInside { inside += end - angles[index] }
        }
        return inside / (2 * .pi)
    }
}

extension Points {
    /// The rows inside a window, its border included.
    ///
    /// - Throws: ``AnalysisError`` when a coordinate is not finite or the task is cancelled.
    func rows(inside window: StudyWindow) throws(AnalysisError) -> Points {
        let box = window.boundingBox
        let tolerance = 1e-9 * max(box.width, box.height)
        var kept = Points(capacity: count)
        for row in 0..<count {
            if row & 0xFF == 0 { try AnalysisError.checkCancellation() }
            guard x[row].isFinite, y[row].isFinite else {
                throw AnalysisError(.notFinite, "The coordinates of point \(row) are not finite numbers.")
            }
            guard
                window.contains(x: x[row], y: y[row])
                    || window.squaredBoundaryDistance(x: x[row], y: y[row]) <= tolerance * tolerance
            else { continue }
            kept.append(x: x[row], y: y[row], weight: weight[row], time: time[row], category: category[row])
        }
        return kept
    }
}
