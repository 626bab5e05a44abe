import GeoCore

extension Grid {
    /// The area of polygons in each cell, in square metres; cells without any are left out.
    func areas(of polygons: [[[Position]]], limit: Int) throws(AnalysisError) -> [CellIndex: Double] {
        var sums: [CellIndex: Double] = [:]
        for rings in polygons {
            guard let exterior = rings.first, let box = Self.box(exterior) else { continue }
            let size = signedArea(exterior).magnitude
            guard size > 0 else { continue }
            let cells = try cells(covering: box, limit: limit)
            for column in Self.columns(cells) {
                try AnalysisError.checkCancellation()
                let members = cells[column]
                guard let bounds = Self.box(members.flatMap { ring(of: $0) }) else { continue }
                let strips = rings.map { ClippedRing($0).clipped(to: bounds.ring).positions }
                for cell in members {
                    let outline = ring(of: cell)
                    var area = 0.0
                    for (index, strip) in strips.enumerated() where !strip.isEmpty {
                        let part = ClippedRing(strip).clipped(to: outline).area
                        area += index == 0 ? part : -part
                    }
                    // Less than rounding leaves of the whole is nothing.
                    if area > 1e-14 * size { sums[cell, default: 0] += area }
                }
            }
        }
        return sums
    }

    private static func box(_ ring: [Position]) -> BoundingBox? {
        guard let first = ring.first else { return nil }
        var box = BoundingBox(minX: first.x, minY: first.y, maxX: first.x, maxY: first.y)
        for position in ring { box.extend(x: position.x, y: position.y) }
        return box
    }

    /// Runs of cells with one q.
    private static func columns(_ cells: [CellIndex]) -> [Range<Int>] {
        var runs: [Range<Int>] = []
        var start = 0
        for index in cells.indices where index + 1 == cells.count || cells[index + 1].q != cells[index].q {
            runs.append(start..<index + 1)
            start = index + 1
        }
        return runs
    }
}

/// A ring that is cut down to convex shapes, side by side (Sutherland & Hodgman 1974, doi:10.1145/360767.360802).
///
/// Of a ring that falls apart the parts stay joined by edges that run back and forth: its area is right all the same.
private struct ClippedRing {
    private(set) var positions: [Position]

    init(_ positions: [Position]) { self.positions = positions }

    /// The ring inside a closed convex outline, counterclockwise.
    func clipped(to outline: [Position]) -> ClippedRing {
        var ring = self
        for (a, b) in zip(outline, outline.dropFirst()) where !ring.positions.isEmpty { ring.cut(a, b) }
        return ring
    }

    /// Square metres, whatever the orientation.
    var area: Double {
        guard let origin = positions.first else { return 0 }
        var sum = CompensatedSum()
        for index in positions.indices {
            let (p, q) = (positions[index], positions[index + 1 < positions.count ? index + 1 : 0])
            sum.add((p.x - origin.x) * (q.y - origin.y) - (q.x - origin.x) * (p.y - origin.y))
        }
        return sum.value.magnitude / 2
    }

    /// Keeps what lies to the left of the line from a to b.
    private mutating func cut(_ a: Position, _ b: Position) {
        let (ex, ey) = (b.x - a.x, b.y - a.y)
        let sides = positions.map { ex * ($0.y - a.y) - ey * ($0.x - a.x) }
        guard sides.contains(where: { $0 < 0 }) else { return }
        var kept: [Position] = []
        for index in positions.indices {
            let next = index + 1 < positions.count ? index + 1 : 0
            let (p, q, here, there) = (positions[index], positions[next], sides[index], sides[next])
            if here >= 0 { kept.append(p) }
            if (here < 0) != (there < 0) {
                let t = here / (here - there)
                kept.append(Position(p.x + t * (q.x - p.x), p.y + t * (q.y - p.y)))
            }
        }
        positions = kept
    }
}
