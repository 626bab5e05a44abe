/// An edge of a spanning tree between two points of the input, the smaller index first.
struct ReachabilityEdge: Sendable, Comparable {
    /// Square of the mutual reachability distance in metres.
    let squared: Double
    let first: Int32
    let second: Int32

    /// By weight, then the smaller index, then the larger.
    static func < (left: Self, right: Self) -> Bool {
        if left.squared != right.squared { return left.squared < right.squared }
        return left.first != right.first ? left.first < right.first : left.second < right.second
    }
}

/// The minimum spanning tree of mutual reachability distances, exact, by Borůvka's method.
///
/// The reachability of two points is the largest of their core distances and their distance. In each round every
/// component but the largest finds its shortest way out; a point asks the tree only when what it found in earlier rounds
/// cannot decide. Components are cut into parts that depend on the data alone. Source: Campello et al. 2015,
/// doi:10.1145/2733381; Prokopenko et al. 2022, doi:10.1145/3546157 (one tree, component labels in its nodes).
struct ReachabilityTree {
    private let tree: BoxTree
    private let nearest: NearestLists
    private var leastCore: [Double]
    /// No way out of the component of a place is shorter, squared.
    private var bound: [Double]
    /// The other end of the way out that has this length; −1 where none is known.
    private var candidate: [Int32]
    private var sets: UnionFind
    private(set) var edges: [ReachabilityEdge] = []

    /// Makes the tree of all points.
    ///
    /// - Complexity: O(n log n) on data as they occur.
    init(_ tree: BoxTree, _ nearest: NearestLists) async throws(AnalysisError) {
        self.tree = tree
        self.nearest = nearest
        bound = nearest.squared
        candidate = Array(repeating: -1, count: tree.count)
        sets = UnionFind(count: tree.count)
        leastCore = Array(repeating: .infinity, count: 2 * tree.leaves)
        guard tree.count > 1 else { return }
        for node in stride(from: 2 * tree.leaves - 1, to: 0, by: -1) {
            leastCore[node] =
                node < tree.leaves
                ? min(leastCore[2 * node], leastCore[2 * node + 1])
                : tree.range(node).reduce(.infinity) { min($0, nearest.squared[$1]) }
        }
        edges.reserveCapacity(tree.count - 1)
        while edges.count < tree.count - 1 { try await joinComponents() }
        edges.sort()
    }

    private mutating func joinComponents() async throws(AnalysisError) {
        let search = makeRound()
        let parts = try await Chunks.map(search.members.count, smallest: 2048) { range throws(AnalysisError) in
            try search.waysOut(range)
        }
        for part in parts {
            for change in part.changes {
                bound[Int(change.place)] = change.bound
                candidate[Int(change.place)] = change.candidate
            }
            for way in part.ways {
                let (a, b) = (Int(way.place), Int(way.candidate))
                guard sets.find(a) != sets.find(b) else { continue }
                sets.unite(a, b)
                let (first, second) = (tree.order[a], tree.order[b])
                edges.append(
                    ReachabilityEdge(squared: way.bound, first: min(first, second), second: max(first, second)))
            }
        }
    }

    /// What one round works on: components, grouped, without the largest.
    private mutating func makeRound() -> ReachabilityRound {
        let count = tree.count
        var component = [Int32](repeating: 0, count: count)
        var next = [Int32](repeating: 0, count: count + 1)
        for place in 0..<count {
            let root = sets.find(place)
            component[place] = Int32(truncatingIfNeeded: root)
            next[root + 1] &+= 1
        }
        var largest = 0
        for root in 0..<count where next[root + 1] > next[largest + 1] { largest = root }
        let skipped = Int(next[largest + 1])
        next[largest + 1] = 0
        for root in 0..<count { next[root + 1] &+= next[root] }
        var members = [Int32](repeating: 0, count: count - skipped)
        for place in 0..<count where Int(component[place]) != largest {
            let root = Int(component[place])
            members[Int(next[root])] = Int32(truncatingIfNeeded: place)
            next[root] &+= 1
        }
        var nodeComponent = [Int32](repeating: -1, count: 2 * tree.leaves)
        for node in stride(from: 2 * tree.leaves - 1, to: 0, by: -1) {
            if node < tree.leaves {
                let (left, right) = (nodeComponent[2 * node], nodeComponent[2 * node + 1])
                nodeComponent[node] = left == right ? left : -1
            } else if let first = tree.range(node).first,
                tree.range(node).allSatisfy({ component[$0] == component[first] })
            {
                nodeComponent[node] = component[first]
            }
        }
        return ReachabilityRound(
            tree: tree, nearest: nearest, leastCore: leastCore, bound: bound, candidate: candidate,
            component: component, nodeComponent: nodeComponent, members: members)
    }
}
