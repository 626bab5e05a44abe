/// The hierarchy of clusters that remains when splits that only shed few points are left out.
///
/// Merges of equal length happen at once, so that the hierarchy does not depend on which of several minimum spanning
/// trees was found nor on the order of the points: a point equally far from two clusters belongs to neither.
/// Source: Campello et al. 2015, ACM Trans. Knowl. Discov. Data 10, doi:10.1145/2733381, sections 3 and 4.
struct CondensedTree {
    /// Cluster each cluster came from, always before it; −1 for the root, which is cluster 0.
    private(set) var parent: [Int32] = [-1]
    /// λ = 1 / distance at which each cluster came into being; 0 for the root.
    private(set) var birth: [Double] = [0]
    /// Points of each cluster at its birth.
    private(set) var size: [Int]
    /// Sum over leaving points of λ at leaving less λ at birth.
    private(set) var stability: [Double] = [0]
    /// Largest λ at which points left each cluster.
    private(set) var death: [Double] = [0]
    /// The cluster each point left last.
    private(set) var cluster: [Int32]
    /// λ at which it left.
    private(set) var lambda: [Double]

    /// Condenses the tree of merges along sorted edges.
    ///
    /// - Parameters:
    ///   - edges: a spanning tree of `count` points, sorted.
    ///   - minimumSize: points a cluster needs, at least 2.
    ///   - shortest: distances below it count as it, in metres; above 0.
    init(_ edges: [ReachabilityEdge], count: Int, minimumSize: Int, shortest: Double) {
        size = [count]
        cluster = Array(repeating: 0, count: count)
        lambda = Array(repeating: 0, count: count)
        guard let last = edges.indices.last else { return }
        let merges = Merges(edges, count: count)
        // Cluster of each merge while it is alive, and the λ at which it left once it has.
        var home = [Int32](repeating: 0, count: edges.count)
        var left = [Double](repeating: -1, count: edges.count)
        var isAbsorbed = [Bool](repeating: false, count: edges.count)
        func distance(_ merge: Int) -> Double { max(edges[merge].squared.squareRoot(), shortest) }
        var (parts, open): ([Int32], [Int32]) = ([], [])
        for merge in stride(from: last, through: 0, by: -1) where !isAbsorbed[merge] {
            let (own, exit) = (home[merge], left[merge])
            guard exit < 0 else {
                settle(merges.first[merge], own, exit, &home, &left)
                settle(merges.second[merge], own, exit, &home, &left)
                continue
            }
            let length = distance(merge)
            let now = 1 / length
            let place = Int(own)
            death[place] = max(death[place], now)
            // Merges of one length have no order among them: their parts part at once.
            parts.removeAll(keepingCapacity: true)
            open.append(Int32(truncatingIfNeeded: merge))
            while let side = open.popLast() {
                if side >= 0 && distance(Int(side)) == length {
                    isAbsorbed[Int(side)] = true
                    open.append(merges.second[Int(side)])
                    open.append(merges.first[Int(side)])
                } else {
                    parts.append(side)
                }
            }
            let large = parts.reduce(0) { merges.size($1) >= minimumSize ? $0 + 1 : $0 }
            for part in parts {
                let members = merges.size(part)
                let stays = members >= minimumSize && large == 1
                if !stays { stability[place] += (now - birth[place]) * Double(members) }
                if members >= minimumSize && large > 1 {
                    settle(part, append(parent: own, birth: now, size: members), -1, &home, &left)
                } else {
                    settle(part, own, stays ? -1 : now, &home, &left)
                }
            }
        }
    }

    private mutating func append(parent: Int32, birth: Double, size: Int) -> Int32 {
        self.parent.append(parent)
        self.birth.append(birth)
        self.size.append(size)
        stability.append(0)
        death.append(0)
        return Int32(truncatingIfNeeded: self.parent.count - 1)
    }

    /// Hands a cluster and an exit down to a merge, or to a point below the merges.
    private mutating func settle(
        _ side: Int32, _ own: Int32, _ exit: Double, _ home: inout [Int32], _ left: inout [Double]
    ) {
        if side >= 0 {
            home[Int(side)] = own
            left[Int(side)] = exit
        } else {
            cluster[Int(~side)] = own
            lambda[Int(~side)] = exit
        }
    }
}

/// The dendrogram: what each edge of a sorted spanning tree joins.
private struct Merges {
    /// The merge on one side of each merge; the complement of its index for a point.
    private(set) var first: [Int32] = []
    private(set) var second: [Int32] = []
    private var sizes: [Int32] = []

    init(_ edges: [ReachabilityEdge], count: Int) {
        var sets = UnionFind(count: count)
        var top = (0..<Int32(truncatingIfNeeded: count)).map { ~$0 }
        for (merge, edge) in edges.enumerated() {
            let (a, b) = (sets.find(Int(edge.first)), sets.find(Int(edge.second)))
            first.append(top[a])
            second.append(top[b])
            sizes.append(Int32(truncatingIfNeeded: size(top[a]) + size(top[b])))
            sets.unite(a, b)
            top[min(a, b)] = Int32(truncatingIfNeeded: merge)
        }
    }

    /// Points below a side.
    func size(_ side: Int32) -> Int { side < 0 ? 1 : Int(sizes[Int(side)]) }
}
