public import GeoCore

/// Many polygons, asked for the one that holds a point; safe to ask from many tasks.
///
/// A grid of buckets over the boxes narrows the question to a few edges; the side of an edge is decided exactly where
/// rounding could matter. A point on a shared boundary belongs to the polygon of the smallest index.
public struct PolygonIndex: Sendable {
    private struct Edge {
        var x0, y0, x1, y1: Double
    }

    private let polygons: [[Edge]]
    private let boxes: [BoundingBox?]
    private let box: BoundingBox
    private let columns: Int
    private let rows: Int
    /// For each bucket: the polygons whose box meets it, by index.
    private let buckets: [[Int32]]
    /// For each polygon: its edges by horizontal slab, so that a ray looks at few.
    private let slabs: [[[Int32]]]
    private static let slabCount = 64

    /// Indexes polygons; other geometries hold nothing.
    ///
    /// - Complexity: linear in the number of edges.
    public init(_ geometries: [Geometry]) {
        var polygons: [[Edge]] = []
        var boxes: [BoundingBox?] = []
        for geometry in geometries {
            var edges: [Edge] = []
            let parts: [[[Position]]] =
                switch geometry {
                case .polygon(let rings): [rings]
                case .multiPolygon(let parts): parts
                default: []
                }
            for rings in parts {
                for ring in rings {
                    for (from, to) in zip(ring, ring.dropFirst()) where from.x != to.x || from.y != to.y {
                        edges.append(Edge(x0: from.x, y0: from.y, x1: to.x, y1: to.y))
                    }
                }
            }
            polygons.append(edges)
            boxes.append(edges.isEmpty ? nil : geometry.boundingBox)
        }
        var all = boxes.lazy.compactMap { $0 }.first ?? BoundingBox(minX: 0, minY: 0, maxX: 0, maxY: 0)
        for box in boxes { if let box { all.formUnion(box) } }
        let side = max(1, min(128, Int(Double(max(1, polygons.count)).squareRoot() * 3)))
        columns = side
        rows = side
        box = all
        var buckets = [[Int32]](repeating: [], count: side * side)
        for (index, part) in boxes.enumerated() {
            guard let part else { continue }
            let (c0, c1) = (
                Self.bucket(part.minX, all.minX, all.width, side), Self.bucket(part.maxX, all.minX, all.width, side)
            )
            let (r0, r1) = (
                Self.bucket(part.minY, all.minY, all.height, side), Self.bucket(part.maxY, all.minY, all.height, side)
            )
            for row in r0...max(r0, r1) {
                for column in c0...max(c0, c1) { buckets[row * side + column].append(Int32(index)) }
            }
        }
        self.buckets = buckets
        slabs = zip(polygons, boxes).map { edges, box in
            guard let box else { return [] }
            var slabs = [[Int32]](repeating: [], count: Self.slabCount)
            for (index, edge) in edges.enumerated() {
                let low = Self.bucket(min(edge.y0, edge.y1), box.minY, box.height, Self.slabCount)
                let high = Self.bucket(max(edge.y0, edge.y1), box.minY, box.height, Self.slabCount)
                for slab in low...max(low, high) { slabs[slab].append(Int32(index)) }
            }
            return slabs
        }
        self.polygons = polygons
        self.boxes = boxes
    }

    /// Number of polygons.
    public var count: Int { polygons.count }

    private static func bucket(_ value: Double, _ start: Double, _ extent: Double, _ count: Int) -> Int {
        guard extent > 0, value.isFinite else { return 0 }
        let place = ((value - start) / extent * Double(count)).rounded(.down)
        return place < 0 ? 0 : place >= Double(count) ? count - 1 : Int(exactly: place) ?? 0
    }

    /// Index of the first polygon that holds the point, edges included; `nil` when none does.
    public func firstPolygon(containing x: Double, _ y: Double) -> Int? {
        guard box.contains(x: x, y: y) else { return nil }
        let column = Self.bucket(x, box.minX, box.width, columns)
        let row = Self.bucket(y, box.minY, box.height, rows)
        for index in buckets[row * columns + column] where covers(Int(index), x, y) { return Int(index) }
        return nil
    }

    /// Whether one polygon holds the point, edges included.
    public func covers(_ polygon: Int, _ x: Double, _ y: Double) -> Bool {
        guard let box = boxes[polygon], box.contains(x: x, y: y) else { return false }
        let edges = polygons[polygon]
        var isInside = false
        for index in slabs[polygon][Self.bucket(y, box.minY, box.height, Self.slabCount)] {
            let edge = edges[Int(index)]
            guard y >= min(edge.y0, edge.y1), y <= max(edge.y0, edge.y1) else { continue }
            let side = Orientation.sign(edge.x0, edge.y0, edge.x1, edge.y1, x, y)
            if side == 0, x >= min(edge.x0, edge.x1), x <= max(edge.x0, edge.x1) { return true }
            if (edge.y0 > y) != (edge.y1 > y), (edge.y1 > edge.y0) == (side > 0) { isInside.toggle() }
        }
        return isInside
    }
}

/// On which side of a directed line a point lies, decided exactly.
enum Orientation {
    /// 1 when (cx, cy) lies left of the line from a to b, −1 right of it, 0 on it.
    ///
    /// Floating point decides when it is far enough from zero; otherwise the determinant is expanded without error.
    /// Source: J. R. Shewchuk, "Adaptive Precision Floating-Point Arithmetic and Fast Robust Geometric Predicates"
    /// (1997), error bound of `orient2d` and the two-product expansions.
    static func sign(_ ax: Double, _ ay: Double, _ bx: Double, _ by: Double, _ cx: Double, _ cy: Double) -> Int {
        let left = (ax - cx) * (by - cy)
        let right = (ay - cy) * (bx - cx)
        let determinant = left - right
        let bound = 3.3306690738754716e-16 * (abs(left) + abs(right))
        if determinant > bound { return 1 }
        if determinant < -bound { return -1 }
        // ax·by − ax·cy − cx·by − ay·bx + ay·cx + cy·bx, each product as high and low part.
        var parts: [Double] = []
        for (x, y, isNegative) in [
            (ax, by, false), (ax, cy, true), (cx, by, true), (ay, bx, true), (ay, cx, false), (cy, bx, false),
        ] {
            let high = x * y
            let low = (-high).addingProduct(x, y)
            parts += isNegative ? [-high, -low] : [high, low]
        }
        return sign(ofSum: parts)
    }

    /// Sign of a sum of doubles without rounding: the terms are distilled to a non-overlapping expansion.
    private static func sign(ofSum terms: [Double]) -> Int {
        var expansion: [Double] = []
        for term in terms {
            var carry = term
            var next: [Double] = []
            for part in expansion {
                let sum = carry + part
                let virtual = sum - carry
                let error = (carry - (sum - virtual)) + (part - virtual)
                if error != 0 { next.append(error) }
                carry = sum
            }
            if carry != 0 { next.append(carry) }
            expansion = next
        }
        guard let leading = expansion.last else { return 0 }
        return leading > 0 ? 1 : -1
    }
}
