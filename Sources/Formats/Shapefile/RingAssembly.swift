import GeoCore

/// Makes polygons with holes of the loose rings of a Shapefile record.
///
/// Rings that run clockwise are shells, the others holes (ESRI Shapefile Technical Description, "Polygon"). A hole goes
/// to the smallest shell around it; one outside of all shells becomes a polygon of its own, and where no ring runs
/// clockwise nesting decides. Shells come out counterclockwise, holes clockwise, as RFC 7946 wants them.
enum RingAssembly {
    private struct Ring {
        var positions: [Position]
        /// Twice the signed area, positive when counterclockwise.
        var area: Double
        var box: BoundingBox
    }

    /// Edges that may be compared for one record; beyond it boxes decide alone, so that time stays bounded.
    private static let maximumEdgeTests = 20_000_000

    /// The polygon or multipolygon of the rings; unclosed rings get their first position repeated.
    ///
    /// - Complexity: O(shells × holes) comparisons of boxes, and of edges where boxes lie in each other.
    static func polygons(of parts: [[Position]]) -> Geometry? {
        let rings = parts.compactMap(ring)
        guard let first = rings.first else { return nil }
        if rings.count == 1 { return .polygon([oriented(first, counterclockwise: true)]) }
        var shells = rings.indices.filter { rings[$0].area < 0 }
        if shells.isEmpty { shells = evenlyNested(rings) }
        let isShell = Set(shells)
        // Smallest first: the first shell around a hole is its own.
        let bySize = shells.sorted { (abs(rings[$0].area), $0) < (abs(rings[$1].area), $1) }
        var holes: [Int: [Int]] = [:]
        var ownShells = shells
        var tests = 0
        for hole in rings.indices where !isShell.contains(hole) {
            if let shell = bySize.first(where: { contains(rings[$0], rings[hole], tests: &tests) }) {
                holes[shell, default: []].append(hole)
            } else {
                ownShells.append(hole)
            }
        }
        let polygons = ownShells.sorted().map { shell in
            [oriented(rings[shell], counterclockwise: true)]
                + (holes[shell] ?? []).map { oriented(rings[$0], counterclockwise: false) }
        }
        return polygons.count == 1 ? .polygon(polygons[0]) : .multiPolygon(polygons)
    }

    private static func ring(_ positions: [Position]) -> Ring? {
        guard let first = positions.first, let last = positions.last else { return nil }
        var positions = positions
        if first.x != last.x || first.y != last.y { positions.append(first) }
        var area = 0.0
        var box = BoundingBox(minX: first.x, minY: first.y, maxX: first.x, maxY: first.y)
        for index in 1..<max(1, positions.count) {
            let (a, b) = (positions[index - 1], positions[index])
            // Relative to the first position, which keeps digits with large coordinates.
            area += (a.x - first.x) * (b.y - first.y) - (b.x - first.x) * (a.y - first.y)
            box.extend(x: b.x, y: b.y)
        }
        return Ring(positions: positions, area: area, box: box)
    }

    private static func oriented(_ ring: Ring, counterclockwise: Bool) -> [Position] {
        (ring.area > 0) == counterclockwise ? ring.positions : ring.positions.reversed()
    }

    /// The rings that lie inside an even number of others.
    private static func evenlyNested(_ rings: [Ring]) -> [Int] {
        var tests = 0
        return rings.indices.filter { index in
            var depth = 0
            for other in rings.indices where other != index && abs(rings[other].area) > abs(rings[index].area) {
                if contains(rings[other], rings[index], tests: &tests) { depth += 1 }
            }
            return depth % 2 == 0
        }
    }

    private static func contains(_ outer: Ring, _ inner: Ring, tests: inout Int) -> Bool {
        guard outer.box.minX <= inner.box.minX, outer.box.maxX >= inner.box.maxX, outer.box.minY <= inner.box.minY,
            outer.box.maxY >= inner.box.maxY
        else { return false }
        // Positions on the edge of the shell tell nothing; rings may touch there.
        for position in inner.positions {
            tests += outer.positions.count
            if tests > maximumEdgeTests { return true }
            switch side(of: position, in: outer.positions) {
            case .inside: return true
            case .outside: return false
            case .edge: continue
            }
        }
        return true
    }

    private enum Side { case inside, outside, edge }

    private static func side(of p: Position, in ring: [Position]) -> Side {
        var inside = false
        for index in 1..<max(1, ring.count) {
            let (a, b) = (ring[index - 1], ring[index])
            let cross = (b.x - a.x) * (p.y - a.y) - (b.y - a.y) * (p.x - a.x)
            if cross == 0, min(a.x, b.x) <= p.x, p.x <= max(a.x, b.x), min(a.y, b.y) <= p.y, p.y <= max(a.y, b.y) {
                return .edge
            }
            if (a.y > p.y) != (b.y > p.y), (cross > 0) == (b.y > a.y) { inside.toggle() }
        }
        return inside ? .inside : .outside
    }
}
