/// One round of Borůvka's method over mutual reachability distances; see ``ReachabilityTree``.
struct ReachabilityRound: Sendable {
    let tree: BoxTree
    let nearest: NearestLists
    let leastCore: [Double]
    let bound: [Double]
    let candidate: [Int32]
    let component: [Int32]
    /// The component of all points of a node, −1 where they differ.
    let nodeComponent: [Int32]
    /// Places grouped by component.
    let members: [Int32]

    /// What became known of a place: no way out is shorter than `bound`, and one to `candidate` has this length.
    struct Way: Sendable {
        var place: Int32
        var bound: Double
        var candidate: Int32
    }

    /// What a part of the components found.
    struct Part: Sendable {
        var changes: [Way] = []
        var ways: [Way] = []
    }

    /// The shortest way out of every component that starts in a range of members.
    func waysOut(_ range: Range<Int>) throws(AnalysisError) -> Part {
        var part = Part()
        var pending: [(node: Int32, squared: Double)] = []
        pending.reserveCapacity(64)
        var start = range.lowerBound
        if start > 0 {
            while start < members.count && isSame(start, start - 1) { start += 1 }
        }
        var sinceCheck = 0
        while start < range.upperBound {
            var end = start + 1
            while end < members.count && isSame(end, start) { end += 1 }
            sinceCheck += end - start
            if sinceCheck > 4096 {
                try AnalysisError.checkCancellation()
                sinceCheck = 0
            }
            let way = wayOut(start..<end, &part.changes, &pending)
            if way.candidate >= 0 { part.ways.append(way) }
            start = end
        }
        return part
    }

    private func isSame(_ a: Int, _ b: Int) -> Bool { component[Int(members[a])] == component[Int(members[b])] }

    private func wayOut(
        _ range: Range<Int>, _ changes: inout [Way], _ pending: inout [(node: Int32, squared: Double)]
    ) -> Way {
        var best = Way(place: -1, bound: .infinity, candidate: -1)
        // The most promising place is asked first, so that its answer spares the others their question.
        var (first, least) = (-1, Double.infinity)
        for member in range {
            let place = Int(members[member])
            if hasWay(place) {
                if bound[place] < best.bound {
                    best = Way(place: members[member], bound: bound[place], candidate: candidate[place])
                }
            } else if bound[place] < least {
                (first, least) = (member, bound[place])
            }
        }
        guard least < best.bound else { return best }
        ask(Int(members[first]), &best, &changes, &pending)
        for member in range where member != first {
            let place = Int(members[member])
            if bound[place] < best.bound && !hasWay(place) { ask(place, &best, &changes, &pending) }
        }
        return best
    }

    @inline(__always)
    private func hasWay(_ place: Int) -> Bool {
        candidate[place] >= 0 && component[Int(candidate[place])] != component[place]
    }

    private func ask(
        _ place: Int, _ best: inout Way, _ changes: inout [Way], _ pending: inout [(node: Int32, squared: Double)]
    ) {
        var way = Way(place: Int32(truncatingIfNeeded: place), bound: best.bound, candidate: -1)
        let core = nearest.squared[place]
        for slot in place * nearest.count..<(place + 1) * nearest.count {
            let other = Int(nearest.places[slot])
            // Whoever is in the list is no farther than the core distance.
            let reach = max(core, nearest.squared[other])
            if reach < way.bound && component[other] != component[place] {
                way.bound = reach
                way.candidate = nearest.places[slot]
            }
        }
        if way.bound > core { search(place, core, &way, &pending) }
        changes.append(way)
        if way.candidate >= 0 { best = way }
    }

    private func search(
        _ place: Int, _ core: Double, _ way: inout Way, _ pending: inout [(node: Int32, squared: Double)]
    ) {
        let query = tree.query(place)
        let own = component[place]
        var node = tree.leaf(of: place)
        scan(node, place, core, own, query, &way)
        while node > 1 && way.bound > core {
            let sibling = node ^ 1
            if distance(sibling, own, query) < way.bound { descend(sibling, place, core, own, query, &way, &pending) }
            node >>= 1
        }
    }

    /// No reachability from the query to a point of the node outside its component is shorter, squared.
    @inline(__always)
    private func distance(_ node: Int, _ own: Int32, _ query: SIMD4<Double>) -> Double {
        nodeComponent[node] == own ? .infinity : max(leastCore[node], tree.squaredDistance(node, query))
    }

    private func descend(
        _ start: Int, _ place: Int, _ core: Double, _ own: Int32, _ query: SIMD4<Double>, _ way: inout Way,
        _ pending: inout [(node: Int32, squared: Double)]
    ) {
        var node = start
        while true {
            var isOpen = true
            while isOpen && node < tree.leaves {
                let (left, right) = (2 * node, 2 * node + 1)
                let (toLeft, toRight) = (distance(left, own, query), distance(right, own, query))
                let (near, far) = toLeft <= toRight ? (left, right) : (right, left)
                let (toNear, toFar) = toLeft <= toRight ? (toLeft, toRight) : (toRight, toLeft)
                if toFar < way.bound { pending.append((Int32(truncatingIfNeeded: far), toFar)) }
                isOpen = toNear < way.bound
                node = near
            }
            if isOpen { scan(node, place, core, own, query, &way) }
            var next = -1
            while let (candidate, distance) = pending.popLast() {
                if distance < way.bound {
                    next = Int(candidate)
                    break
                }
            }
            if next < 0 { return }
            node = next
        }
    }

    @inline(__always)
    private func scan(
        _ leaf: Int, _ place: Int, _ core: Double, _ own: Int32, _ query: SIMD4<Double>, _ way: inout Way
    ) {
        for other in tree.range(leaf) {
            let (dx, dy) = (tree.x[other] - query.x, tree.y[other] - query.y)
            let reach = max(max(core, nearest.squared[other]), dx * dx + dy * dy)
            if reach < way.bound && component[other] != own {
                way.bound = reach
                way.candidate = Int32(truncatingIfNeeded: other)
            }
        }
    }
}
