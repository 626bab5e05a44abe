public import GeoCore

/// Many polygons, asked for the one that holds a point; safe to ask from many tasks.
///
/// A grid of buckets over the boxes narrows the question to a few polygons, horizontal slabs to a few edges; the side
/// of an edge is decided exactly where rounding could matter. A point on a shared boundary belongs to the polygon of
/// the smallest index. Rings count by the even-odd rule; a geometry with a number that is not finite holds nothing.
public struct PolygonIndex: Sendable {
    private struct Edge {
        var x0, y0, x1, y1: Double

        var minY: Double { min(y0, y1) }
        var maxY: Double { max(y0, y1) }
    }

    /// The edges of one polygon by slab; `starts` has one entry more than there are slabs.
    private struct Slabs {
        var box: BoundingBox
        var first: Int
        var count: Int
    }

    private let slabs: [Slabs?]
    /// Where the edges of each slab begin, in one row for all polygons.
    private let starts: [Int]
    private let edges: [Edge]
    private let box: BoundingBox
    private let side: Int
    /// Where the polygons of each bucket begin; one entry more than there are buckets.
    private let bucketStarts: [Int]
    /// The polygons whose box meets a bucket, by rising index.
    private let members: [Int32]

    /// Indexes polygons; other geometries hold nothing.
    ///
    /// - Complexity: linear in the number of edges.
    public init(_ geometries: [Geometry]) {
        var slabs: [Slabs?] = []
        var starts: [Int] = []
        var edges: [Edge] = []
        for geometry in geometries {
            let own = Self.edges(of: geometry)
            guard !own.isEmpty, let box = geometry.boundingBox else {
                slabs.append(nil)
                continue
            }
            let count = Self.slabCount(own, box)
            slabs.append(Slabs(box: box, first: starts.count, count: count))
            let spans = own.map {
                Self.place($0.minY, box.minY, box.height, count)...Self.place($0.maxY, box.minY, box.height, count)
            }
            let sorted = Self.sorted(spans, into: count)
            starts += sorted.starts.map { $0 + edges.count }
            edges += sorted.items.map { own[Int($0)] }
        }
        self.slabs = slabs
        self.starts = starts
        self.edges = edges

        let boxes = slabs.compactMap { $0?.box }
        var all = boxes.first ?? BoundingBox(minX: 0, minY: 0, maxX: 0, maxY: 0)
        for box in boxes { all.formUnion(box) }
        // Halved while large boxes that overlap would fill too many buckets.
        var side = max(1, min(256, Int(Double(boxes.count).squareRoot() * 3)))
        while side > 1, Self.entries(boxes, all, side) > boxes.count * 16 + 4096 { side /= 2 }
        var spans: [ClosedRange<Int>] = []
        var owners: [Int32] = []
        for (index, part) in slabs.enumerated() {
            guard let part else { continue }
            let (columns, rows) = Self.buckets(of: part.box, all, side)
            for row in rows {
                spans.append(row * side + columns.lowerBound...row * side + columns.upperBound)
                owners.append(Int32(truncatingIfNeeded: index))
            }
        }
        let sorted = Self.sorted(spans, into: side * side)
        self.side = side
        box = all
        bucketStarts = sorted.starts
        members = sorted.items.map { owners[Int($0)] }
    }

    /// Number of polygons.
    public var count: Int { slabs.count }

    private static func edges(of geometry: Geometry) -> [Edge] {
        let parts: [[[Position]]] =
            switch geometry {
            case .polygon(let rings): [rings]
            case .multiPolygon(let parts): parts
            default: []
            }
        var edges: [Edge] = []
        for ring in parts.joined() {
            guard ring.allSatisfy({ $0.x.isFinite && $0.y.isFinite }) else { return [] }
            for (from, to) in zip(ring, ring.dropFirst()) where from.x != to.x || from.y != to.y {
                edges.append(Edge(x0: from.x, y0: from.y, x1: to.x, y1: to.y))
            }
        }
        return edges
    }

    /// As many slabs as make a ray look at few edges, without more than some copies of each edge.
    private static func slabCount(_ edges: [Edge], _ box: BoundingBox) -> Int {
        var count = max(1, min(4096, edges.count / 2))
        while count > 1 {
            let copies = edges.reduce(0) {
                $0 + place($1.maxY, box.minY, box.height, count) - place($1.minY, box.minY, box.height, count) + 1
            }
            if copies <= edges.count * 6 { break }
            count /= 2
        }
        return count
    }

    private static func buckets(
        of box: BoundingBox, _ all: BoundingBox, _ side: Int
    ) -> (columns: ClosedRange<Int>, rows: ClosedRange<Int>) {
        (
            place(box.minX, all.minX, all.width, side)...place(box.maxX, all.minX, all.width, side),
            place(box.minY, all.minY, all.height, side)...place(box.maxY, all.minY, all.height, side)
        )
    }

    private static func entries(_ boxes: [BoundingBox], _ all: BoundingBox, _ side: Int) -> Int {
        boxes.reduce(0) {
            let (columns, rows) = buckets(of: $1, all, side)
            return $0 + columns.count * rows.count
        }
    }

    /// Sorts items by the places they span, by counting; items of a place keep their order.
    private static func sorted(_ spans: [ClosedRange<Int>], into count: Int) -> (starts: [Int], items: [Int32]) {
        var starts = [Int](repeating: 0, count: count + 1)
        for span in spans { for place in span { starts[place + 1] += 1 } }
        for place in 0..<count { starts[place + 1] += starts[place] }
        var next = starts
        var items = [Int32](repeating: 0, count: starts[count])
        for (index, span) in spans.enumerated() {
            for place in span {
                items[next[place]] = Int32(truncatingIfNeeded: index)
                next[place] += 1
            }
        }
        return (starts, items)
    }

    /// Which of `count` equal parts a value falls in; never falls where the value rises, which makes it safe to search.
    @inline(__always)
    private static func place(_ value: Double, _ start: Double, _ extent: Double, _ count: Int) -> Int {
        guard extent > 0 else { return 0 }
        let place = (value - start) / extent * Double(count)
        return place > 0 ? (place < Double(count) ? Int(place) : count - 1) : 0
    }

    /// Index of the first polygon that holds the point, edges included; `nil` when none does.
    ///
    /// - Complexity: a few edges for polygons of usual shape.
    public func firstPolygon(containing x: Double, _ y: Double) -> Int? {
        guard box.contains(x: x, y: y) else { return nil }
        let bucket = Self.place(y, box.minY, box.height, side) * side + Self.place(x, box.minX, box.width, side)
        for index in bucketStarts[bucket]..<bucketStarts[bucket + 1] where covers(Int(members[index]), x, y) {
            return Int(members[index])
        }
        return nil
    }

    /// Indices of all polygons that hold the point, edges included, by rising index.
    ///
    /// - Complexity: a few edges for polygons of usual shape, for each that may hold it.
    public func polygons(containing x: Double, _ y: Double) -> [Int] {
        guard box.contains(x: x, y: y) else { return [] }
        let bucket = Self.place(y, box.minY, box.height, side) * side + Self.place(x, box.minX, box.width, side)
        return members[bucketStarts[bucket]..<bucketStarts[bucket + 1]].map { Int($0) }.filter { covers($0, x, y) }
    }

    /// Whether one polygon holds the point, edges included; false for an index that does not exist.
    public func covers(_ polygon: Int, _ x: Double, _ y: Double) -> Bool {
        guard slabs.indices.contains(polygon), let part = slabs[polygon], part.box.contains(x: x, y: y) else {
            return false
        }
        let slab = part.first + Self.place(y, part.box.minY, part.box.height, part.count)
        var isInside = false
        for index in starts[slab]..<starts[slab + 1] {
            let edge = edges[index]
            guard y >= edge.minY, y <= edge.maxY, x <= max(edge.x0, edge.x1) else { continue }
            let crosses = (edge.y0 > y) != (edge.y1 > y)
            if x < min(edge.x0, edge.x1) {
                if crosses { isInside.toggle() }
                continue
            }
            let side = Orientation.sign(edge.x0, edge.y0, edge.x1, edge.y1, x, y)
            if side == 0 { return true }
            if crosses, (edge.y1 > edge.y0) == (side > 0) { isInside.toggle() }
        }
        return isInside
    }
}
