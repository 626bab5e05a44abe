/// The nearest others of every point of a tree, and how far the last of them is.
struct NearestLists: Sendable {
    /// Others a point has in its list.
    let count: Int
    /// Places in the tree, `count` for each place, nearest first.
    let places: [Int32]
    /// Squared distance to the last in the list.
    let squared: [Double]

    /// Finds the `count` nearest others of every point; fewer when there are fewer points.
    ///
    /// - Complexity: O(n log n) on data as they occur, on all cores.
    init(_ tree: BoxTree, count wanted: Int) async throws(AnalysisError) {
        let count = max(min(wanted, tree.count - 1), 0)
        self.count = count
        guard count > 0 else {
            (places, squared) = ([], Array(repeating: 0, count: tree.count))
            return
        }
        let parts = try await Chunks.map(tree.count, smallest: 2048) { range throws(AnalysisError) in
            var search = NearestSearch(tree, count)
            var (places, squared) = ([Int32](), [Double]())
            places.reserveCapacity(range.count * count)
            squared.reserveCapacity(range.count)
            for place in range {
                if place & 0xFFF == 0 { try AnalysisError.checkCancellation() }
                squared.append(search.find(place))
                for entry in search.found { places.append(entry.place) }
            }
            return (places, squared)
        }
        places = parts.flatMap(\.0)
        squared = parts.flatMap(\.1)
    }
}

/// One search after another for the nearest others of a point, with memory that is used again.
struct NearestSearch {
    private let tree: BoxTree
    private let count: Int
    /// Places found, nearest first.
    private(set) var found: [(squared: Double, place: Int32)]
    private var pending: [(node: Int32, squared: Double)] = []

    init(_ tree: BoxTree, _ count: Int) {
        self.tree = tree
        self.count = count
        found = Array(repeating: (.infinity, -1), count: count)
        pending.reserveCapacity(64)
    }

    /// Searches from the leaf of the point upwards; returns the squared distance to the last one found.
    mutating func find(_ place: Int) -> Double {
        for slot in 0..<count { found[slot] = (.infinity, -1) }
        let query = tree.query(place)
        var worst = Double.infinity
        var node = tree.leaf(of: place)
        scan(node, place, query, &worst)
        while node > 1 {
            let sibling = node ^ 1
            let distance = tree.squaredDistance(sibling, query)
            if distance < worst { descend(sibling, place, query, &worst) }
            node >>= 1
        }
        return worst
    }

    private mutating func descend(_ start: Int, _ place: Int, _ query: SIMD4<Double>, _ worst: inout Double) {
        var node = start
        while true {
            var isOpen = true
            while isOpen && node < tree.leaves {
                let (left, right) = (2 * node, 2 * node + 1)
                let (toLeft, toRight) = (tree.squaredDistance(left, query), tree.squaredDistance(right, query))
                let (near, far) = toLeft <= toRight ? (left, right) : (right, left)
                let (toNear, toFar) = toLeft <= toRight ? (toLeft, toRight) : (toRight, toLeft)
                if toFar < worst { pending.append((Int32(truncatingIfNeeded: far), toFar)) }
                isOpen = toNear < worst
                node = near
            }
            if isOpen { scan(node, place, query, &worst) }
            var next = -1
            while let (candidate, distance) = pending.popLast() {
                if distance < worst {
                    next = Int(candidate)
                    break
                }
            }
            if next < 0 { return }
            node = next
        }
    }

    private mutating func scan(_ leaf: Int, _ place: Int, _ query: SIMD4<Double>, _ worst: inout Double) {
        Self.scan(tree, leaf, place, query, &found, &worst)
    }

    @inline(__always)
    private static func scan(
        _ tree: BoxTree, _ leaf: Int, _ place: Int, _ query: SIMD4<Double>,
        _ list: inout [(squared: Double, place: Int32)], _ worst: inout Double
    ) {
        var found = list.mutableSpan
        let last = found.count - 1
        for other in tree.range(leaf) where other != place {
            let (dx, dy) = (tree.x[other] - query.x, tree.y[other] - query.y)
            let distance = dx * dx + dy * dy
            guard distance < worst else { continue }
            var slot = last
            while slot > 0 && found[slot - 1].squared > distance {
                found[slot] = found[slot - 1]
                slot -= 1
            }
            found[slot] = (distance, Int32(truncatingIfNeeded: other))
            worst = found[last].squared
        }
    }
}
