import GeoCore

/// A balanced k-d tree over points with the box of every node, laid out as a heap: root 1, children 2i and 2i + 1.
///
/// Every leaf holds nearly the same number of points, and where a node starts follows from its number, so that a search
/// can begin at the leaf of its own point and go up. Coordinates are relative to the south-west corner of all points.
/// Source: Bentley 1975, doi:10.1145/361002.361007.
struct BoxTree: Sendable {
    /// Index of each point in the input, in tree order.
    private(set) var order: [Int32] = []
    /// Local x in metres, in tree order.
    private(set) var x: [Double] = []
    /// Local y in metres, in tree order.
    private(set) var y: [Double] = []
    /// Number of leaves, a power of two.
    private(set) var leaves = 1
    /// South-west corner and negated north-east corner of each node, so that one difference serves all four sides.
    private(set) var boxes: [SIMD4<Double>] = []

    /// Number of points.
    var count: Int { order.count }

    private struct Item {
        var x: Double
        var y: Double
        var index: Int32
    }

    /// Sorts points with finite coordinates into a tree.
    ///
    /// - Complexity: O(n log n).
    init(_ points: Points) throws(AnalysisError) {
        guard let box = points.boundingBox else { return }
        guard points.count < Int(Int32.max) else {
            throw AnalysisError(.invalidParameter, "At most \(Int32.max - 1) points can be searched.")
        }
        var items: [Item] = []
        items.reserveCapacity(points.count)
        for index in 0..<points.count {
            let (x, y) = (points.x[index] - box.minX, points.y[index] - box.minY)
            guard x.isFinite, y.isFinite else {
                throw AnalysisError(.notFinite, "The coordinates of point \(index) are not finite numbers.")
            }
            items.append(Item(x: x, y: y, index: Int32(truncatingIfNeeded: index)))
        }
        while leaves * 8 < items.count { leaves *= 2 }
        boxes = Array(repeating: SIMD4(repeating: .infinity), count: 2 * leaves)
        for node in 1..<max(leaves, 2) where node < leaves {
            if node & 0xFFF == 0 { try AnalysisError.checkCancellation() }
            let range = range(node, items.count)
            let box = Self.box(items, range)
            // South-west corner plus negated north-east corner is minus the extent.
            let splitsX = box[2] + box[0] <= box[3] + box[1]
            let middle = self.range(2 * node, items.count).upperBound
            guard range.count > 1 else { continue }
            if splitsX {
                Self.select(&items, middle, range) { $0.x }
            } else {
                Self.select(&items, middle, range) { $0.y }
            }
        }
        for leaf in leaves..<2 * leaves { boxes[leaf] = Self.box(items, range(leaf, items.count)) }
        for node in stride(from: leaves - 1, to: 0, by: -1) {
            boxes[node] = pointwiseMin(boxes[2 * node], boxes[2 * node + 1])
        }
        order = items.map(\.index)
        x = items.map(\.x)
        y = items.map(\.y)
    }

    /// The points of a node in tree order.
    @inline(__always)
    func range(_ node: Int) -> Range<Int> { range(node, order.count) }

    private func range(_ node: Int, _ count: Int) -> Range<Int> {
        let level = node._binaryLogarithm()
        let place = node - (1 << level)
        return (count * place) >> level..<(count * (place + 1)) >> level
    }

    /// The leaf that holds a point, as a node.
    @inline(__always)
    func leaf(of place: Int) -> Int { leaves + ((place + 1) * leaves - 1) / order.count }

    /// The squared distance from a corner pair (x, y, −x, −y) to the box of a node; 0 inside, infinite for no points.
    @inline(__always)
    func squaredDistance(_ node: Int, _ query: SIMD4<Double>) -> Double {
        let outside = pointwiseMax(boxes[node] - query, .zero)
        let squares = outside * outside
        return (squares[0] + squares[2]) + (squares[1] + squares[3])
    }

    /// A point as ``squaredDistance(_:_:)`` wants it.
    @inline(__always)
    func query(_ place: Int) -> SIMD4<Double> { SIMD4(x[place], y[place], -x[place], -y[place]) }

    private static func box(_ items: [Item], _ range: Range<Int>) -> SIMD4<Double> {
        var box = SIMD4<Double>(repeating: .infinity)
        for place in range {
            let item = items[place]
            box = pointwiseMin(box, SIMD4(item.x, item.y, -item.x, -item.y))
        }
        return box
    }

    /// Moves the items so that the one that belongs at `place` is there, smaller ones before, larger ones after.
    @inline(__always)
    private static func select(_ items: inout [Item], _ place: Int, _ range: Range<Int>, _ key: (Item) -> Double) {
        var (low, high) = (range.lowerBound, range.upperBound - 1)
        var span = items.mutableSpan
        while low < high {
            let (first, second, third) = (key(span[low]), key(span[low + (high - low) / 2]), key(span[high]))
            let pivot = max(min(first, second), min(max(first, second), third))
            var (i, j) = (low, high)
            while i <= j {
                while key(span[i]) < pivot { i += 1 }
                while key(span[j]) > pivot { j -= 1 }
                if i <= j {
                    span.swapAt(i, j)
                    i += 1
                    j -= 1
                }
            }
            if place <= j { high = j } else if place >= i { low = i } else { return }
        }
    }
}
