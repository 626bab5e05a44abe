/// The walk of OPTICS through a tree of points; see ``optics(_:minimum:maximumRadius:)``.
struct OrderingWalk {
    private let tree: BoxTree
    private let cores: [Double]
    private let limit: Double
    /// Smallest index of the points of each node that are not in order yet.
    private var least: [Int32]
    /// Place in the tree of each point.
    private var places: [Int32] = []
    private var isDone: [Bool]
    private var offers = Heap()
    private var pending: [(node: Int32, squared: Double)] = []
    private(set) var ordering: [Int32] = []
    private(set) var reachability: [Double]
    private(set) var predecessors: [Int32]

    /// A way on: squared reachability, the point reached, and who offers, by place in the order.
    fileprivate struct Offer: Comparable {
        var squared: Double
        var index: Int32
        var rank: Int32
        /// Place of the point reached, and of the one that offers, in the tree.
        var place: Int32
        var origin: Int32

        static func < (left: Self, right: Self) -> Bool {
            if left.squared != right.squared { return left.squared < right.squared }
            return left.index != right.index ? left.index < right.index : left.rank < right.rank
        }
    }

    init(_ tree: BoxTree, _ cores: [Double], limit: Double) {
        self.tree = tree
        self.cores = cores
        self.limit = limit
        reachability = Array(repeating: .infinity, count: tree.count)
        predecessors = Array(repeating: -1, count: tree.count)
        isDone = Array(repeating: false, count: tree.count)
        ordering.reserveCapacity(tree.count)
        least = Array(repeating: .max, count: 2 * tree.leaves)
        guard tree.count > 0 else { return }
        for node in stride(from: 2 * tree.leaves - 1, to: 0, by: -1) {
            least[node] =
                node < tree.leaves
                ? min(least[2 * node], least[2 * node + 1])
                : tree.range(node).reduce(.max) { min($0, tree.order[$1]) }
        }
        places = Array(repeating: 0, count: tree.count)
        for (place, index) in tree.order.enumerated() { places[Int(index)] = Int32(truncatingIfNeeded: place) }
    }

    /// Puts all points in order.
    mutating func run() throws(AnalysisError) {
        while ordering.count < tree.count {
            if ordering.count & 0x3FF == 0 { try AnalysisError.checkCancellation() }
            var next: Offer?
            while let offer = offers.popLeast() {
                if !isDone[Int(offer.place)] {
                    next = offer
                    break
                }
                makeOffer(from: Int(offer.origin), rank: offer.rank)
            }
            let place: Int
            if let next {
                place = Int(next.place)
                reachability[Int(next.index)] = next.squared.squareRoot()
                predecessors[Int(next.index)] = tree.order[Int(next.origin)]
            } else {
                place = Int(places[Int(least[1])])
            }
            take(place)
            if let next { makeOffer(from: Int(next.origin), rank: next.rank) }
            makeOffer(from: place, rank: Int32(truncatingIfNeeded: ordering.count - 1))
        }
    }

    private mutating func take(_ place: Int) {
        isDone[place] = true
        ordering.append(tree.order[place])
        var node = tree.leaf(of: place)
        var smallest = Int32.max
        for other in tree.range(node) where !isDone[other] { smallest = min(smallest, tree.order[other]) }
        least[node] = smallest
        while node > 1 {
            node >>= 1
            least[node] = min(least[2 * node], least[2 * node + 1])
        }
    }

    private mutating func makeOffer(from origin: Int, rank: Int32) {
        guard cores[origin].isFinite else { return }
        var best = Offer(
            squared: .infinity, index: .max, rank: rank, place: -1, origin: Int32(truncatingIfNeeded: origin))
        let query = tree.query(origin)
        let core = cores[origin]
        var node = tree.leaf(of: origin)
        scan(node, core, query, &best)
        while node > 1 {
            let sibling = node ^ 1
            node >>= 1
            guard mayImprove(sibling, distance(sibling, core, query), best) else { continue }
            pending.append((Int32(truncatingIfNeeded: sibling), distance(sibling, core, query)))
            while let (candidate, squared) = pending.popLast() {
                let inner = Int(candidate)
                guard mayImprove(inner, squared, best) else { continue }
                if inner >= tree.leaves {
                    scan(inner, core, query, &best)
                    continue
                }
                let (left, right) = (2 * inner, 2 * inner + 1)
                let (toLeft, toRight) = (distance(left, core, query), distance(right, core, query))
                let isLeftFirst = (toLeft, least[left]) <= (toRight, least[right])
                let (near, far) = isLeftFirst ? (left, right) : (right, left)
                pending.append((Int32(truncatingIfNeeded: far), isLeftFirst ? toRight : toLeft))
                pending.append((Int32(truncatingIfNeeded: near), isLeftFirst ? toLeft : toRight))
            }
        }
        if best.place >= 0, best.squared.squareRoot() <= limit { offers.insert(best) }
    }

    @inline(__always)
    private func distance(_ node: Int, _ core: Double, _ query: SIMD4<Double>) -> Double {
        max(core, tree.squaredDistance(node, query))
    }

    @inline(__always)
    private func mayImprove(_ node: Int, _ squared: Double, _ best: Offer) -> Bool {
        least[node] < .max && (squared < best.squared || (squared == best.squared && least[node] < best.index))
    }

    @inline(__always)
    private func scan(_ leaf: Int, _ core: Double, _ query: SIMD4<Double>, _ best: inout Offer) {
        for other in tree.range(leaf) where !isDone[other] {
            let (dx, dy) = (tree.x[other] - query.x, tree.y[other] - query.y)
            let squared = max(core, dx * dx + dy * dy)
            if squared < best.squared || (squared == best.squared && tree.order[other] < best.index) {
                best.squared = squared
                best.index = tree.order[other]
                best.place = Int32(truncatingIfNeeded: other)
            }
        }
    }
}

/// A binary heap of offers, the least on top (Williams 1964, doi:10.1145/512274.3734138).
private struct Heap {
    private var items: [OrderingWalk.Offer] = []

    mutating func insert(_ item: OrderingWalk.Offer) {
        var place = items.count
        items.append(item)
        while place > 0 {
            let parent = (place - 1) / 2
            guard item < items[parent] else { break }
            items[place] = items[parent]
            place = parent
        }
        items[place] = item
    }

    mutating func popLeast() -> OrderingWalk.Offer? {
        guard let top = items.first, let item = items.popLast() else { return nil }
        guard !items.isEmpty else { return top }
        var place = 0
        while 2 * place + 1 < items.count {
            var child = 2 * place + 1
            if child + 1 < items.count && items[child + 1] < items[child] { child += 1 }
            guard items[child] < item else { break }
            items[place] = items[child]
            place = child
        }
        items[place] = item
        return top
    }
}
