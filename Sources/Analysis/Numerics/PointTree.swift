import GeoCore

/// A k-d tree over points, for nearest neighbours (Bentley 1975, doi:10.1145/361002.361007).
///
/// Splits at the median of the longer side down to small leaves. Coordinates are relative to the south-west corner.
struct PointTree {
    private struct Node {
        /// Points of the node in tree order.
        var start: Int32
        var end: Int32
        /// Index of the second child, the first follows the node; 0 for leaves.
        var right: Int32 = 0
        var splitsX = false
        var split = 0.0
        /// Whether all points of the leaf lie at one place; they are in rising order of index then.
        var isOnePlace = false
    }

    private static let leafSize = 12

    private var nodes: [Node] = []
    private(set) var order: [Int32]
    private var x: [Double]
    private var y: [Double]

    init(_ points: Points) {
        let box = points.boundingBox
        order = (0..<Int32(truncatingIfNeeded: points.count)).map { $0 }
        x = points.x.map { $0 - (box?.minX ?? 0) }
        y = points.y.map { $0 - (box?.minY ?? 0) }
        if !order.isEmpty { build() }
        // From here on coordinates lie in tree order.
        let (byPointX, byPointY) = (x, y)
        for place in order.indices {
            x[place] = byPointX[Int(order[place])]
            y[place] = byPointY[Int(order[place])]
        }
    }

    private mutating func build() {
        // Each entry: range of points and the parent whose second child it is, −1 for first children.
        var pending: [(start: Int, end: Int, parent: Int)] = [(0, order.count, -1)]
        while let (start, end, parent) = pending.popLast() {
            let index = nodes.count
            if parent >= 0 { nodes[parent].right = Int32(truncatingIfNeeded: index) }
            nodes.append(Node(start: Int32(truncatingIfNeeded: start), end: Int32(truncatingIfNeeded: end)))
            guard end - start > Self.leafSize else { continue }
            var (minX, maxX, minY, maxY) = (Double.infinity, -Double.infinity, Double.infinity, -Double.infinity)
            for place in start..<end {
                let (px, py) = (x[Int(order[place])], y[Int(order[place])])
                (minX, maxX) = (min(minX, px), max(maxX, px))
                (minY, maxY) = (min(minY, py), max(maxY, py))
            }
            // All at one place: one leaf, however large, as nothing can separate them.
            guard maxX > minX || maxY > minY else {
                order[start..<end].sort()
                nodes[index].isOnePlace = true
                continue
            }
            let splitsX = maxX - minX >= maxY - minY
            let middle = (start + end) / 2
            select(middle, start, end, splitsX)
            nodes[index].splitsX = splitsX
            nodes[index].split = splitsX ? x[Int(order[middle])] : y[Int(order[middle])]
            pending.append((middle, end, index))
            pending.append((start, middle, -1))
        }
    }

    /// Moves the points so that the one that belongs at `place` is there, smaller ones before, larger ones after.
    private mutating func select(_ place: Int, _ start: Int, _ end: Int, _ byX: Bool) {
        var (low, high) = (start, end - 1)
        while low < high {
            let pivot = median(low, low + (high - low) / 2, high, byX)
            var (i, j) = (low, high)
            while i <= j {
                while key(i, byX) < pivot { i += 1 }
                while key(j, byX) > pivot { j -= 1 }
                if i <= j {
                    order.swapAt(i, j)
                    i += 1
                    j -= 1
                }
            }
            if place <= j { high = j } else if place >= i { low = i } else { return }
        }
    }

    @inline(__always)
    private func key(_ place: Int, _ byX: Bool) -> Double { byX ? x[Int(order[place])] : y[Int(order[place])] }

    private func median(_ a: Int, _ b: Int, _ c: Int, _ byX: Bool) -> Double {
        let (p, q, r) = (key(a, byX), key(b, byX), key(c, byX))
        return max(min(p, q), min(max(p, q), r))
    }

    /// A neighbour: squared distance in square metres and index of the point.
    struct Neighbor: Comparable {
        var squared: Double
        var index: Int32

        /// Nearer first, smallest index among equals.
        static func < (left: Neighbor, right: Neighbor) -> Bool {
            left.squared != right.squared ? left.squared < right.squared : left.index < right.index
        }
    }

    /// Calls `body` with every point and its `k` nearest others (fewer when there are fewer), nearest first.
    func forEachNearest(_ k: Int, _ body: (Int, [Neighbor]) -> Void) throws(AnalysisError) {
        var best: [Neighbor] = []
        best.reserveCapacity(k + 1)
        var pending: [(node: Int, squared: Double)] = []
        for place in order.indices {
            if place & 0xFFF == 0 { try AnalysisError.checkCancellation() }
            best.removeAll(keepingCapacity: true)
            search(place, k, &best, &pending)
            body(Int(order[place]), best)
        }
    }

    private func search(
        _ place: Int, _ k: Int, _ best: inout [Neighbor], _ pending: inout [(node: Int, squared: Double)]
    ) {
        let (px, py) = (x[place], y[place])
        var limit = Neighbor(squared: .infinity, index: .max)
        pending.append((0, 0))
        while let (start, squared) = pending.popLast() {
            guard squared <= limit.squared else { continue }
            var node = start
            while nodes[node].right > 0 {
                let offset = (nodes[node].splitsX ? px : py) - nodes[node].split
                let (near, far) = offset <= 0 ? (node + 1, Int(nodes[node].right)) : (Int(nodes[node].right), node + 1)
                if offset * offset <= limit.squared { pending.append((far, offset * offset)) }
                node = near
            }
            for other in Int(nodes[node].start)..<Int(nodes[node].end) where other != place {
                let (dx, dy) = (x[other] - px, y[other] - py)
                let found = Neighbor(squared: dx * dx + dy * dy, index: order[other])
                guard found < limit else {
                    if nodes[node].isOnePlace { break }
                    continue
                }
                best.insert(found, at: best.partitioningIndex { found < $0 })
                if best.count > k { best.removeLast() }
                if best.count == k { limit = best[k - 1] }
            }
        }
    }
}
