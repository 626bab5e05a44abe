/// How many drawn sums are at least and at most as large as the sum of each place's neighbours.
///
/// Going from place to place, each entry of the table changes its value exactly once: at place r + 1, from the value
/// there to the one at r. So the sums of a number of neighbours are kept in order, changed by those events, and each
/// place is one search. Few places, and unequal weights, add up the drawn values instead; both ways add in the same
/// order and count the same.
struct LagComparison: Sendable {
    let lags: ObservedLags
    let draws: DrawTable
    /// Whether sums as far from the expected one are counted as well.
    var isFolded = false

    typealias Counts = (above: Int32, below: Int32, far: Int32)

    /// Places with a number of neighbours below which adding up is quicker than keeping order.
    private static func fewest(_ size: Int) -> Int { 128 + size }

    /// The counts of places, in their order.
    func counts(_ places: [Int]) async throws(AnalysisError) -> [Counts] {
        guard lags.isEqual else { return try await gathered(places) }
        // Indices into the places, for each number of neighbours.
        var groups: [[Int]] = []
        for (index, place) in places.enumerated() {
            let size = lags.size(place)
            while groups.count <= size { groups.append([]) }
            groups[size].append(index)
        }
        var result = [Counts](repeating: (0, 0, 0), count: places.count)
        let order =
            groups.indices.contains { groups[$0].count >= Self.fewest($0) }
            ? draws.positionsInOrder(others: lags.values.count - 1) : []
        for (size, group) in groups.enumerated() where !group.isEmpty {
            let members = group.map { places[$0] }
            let found =
                members.count < Self.fewest(size)
                ? try await gathered(members) : try await swept(members, size: size, order)
            for (index, counts) in zip(group, found) { result[index] = counts }
        }
        return result
    }

    private func gathered(_ places: [Int]) async throws(AnalysisError) -> [Counts] {
        let parts = try await Chunks.map(places.count, smallest: 16) { range throws(AnalysisError) in
            var found: [Counts] = []
            found.reserveCapacity(range.count)
            for index in range {
                if index & 0xF == 0 { try AnalysisError.checkCancellation() }
                found.append(self.gather(places[index]))
            }
            return found
        }
        return Array(parts.joined())
    }

    private func gather(_ place: Int) -> Counts {
        let size = lags.size(place)
        let tolerance = lags.tolerance(place)
        let (low, high) = (lags.sums[place] - tolerance, lags.sums[place] + tolerance)
        let first = lags.weights.offsets[place]
        var counts: Counts = (0, 0, 0)
        let (nearHigh, nearLow) = isFolded ? near(place, tolerance) : (.infinity, -.infinity)
        for permutation in 0..<draws.permutations {
            let row = permutation * draws.size
            var sum = 0.0
            for draw in 0..<size {
                let entry = Int(draws.entries[row + draw])
                let value = lags.values[entry < place ? entry : entry + 1]
                sum += lags.isEqual ? value : lags.weights.weights[first + draw] * value
            }
            if sum >= low { counts.above += 1 }
            if sum <= high { counts.below += 1 }
            if sum >= nearHigh || sum <= nearLow { counts.far += 1 }
        }
        return counts
    }

    /// The bounds from which on a sum is at least as far from the expected one as that of a place.
    private func near(_ place: Int, _ tolerance: Double) -> (high: Double, low: Double) {
        let (sum, mirrored) = (lags.sums[place], lags.mirrored(place))
        return (max(sum, mirrored) - tolerance, min(sum, mirrored) + tolerance)
    }

    /// Places with `size` neighbours, rising.
    private func swept(_ places: [Int], size: Int, _ order: [Int32]) async throws(AnalysisError) -> [Counts] {
        // Each part puts all drawn sums in order once.
        let smallest = max(16_384, draws.permutations / 4)
        let parts = try await Chunks.map(places.count, smallest: smallest) { range throws(AnalysisError) in
            try self.sweep(places[range], size, order)
        }
        return Array(parts.joined())
    }

    private func sweep(
        _ places: ArraySlice<Int>, _ size: Int, _ order: [Int32]
    ) throws(AnalysisError) -> [Counts] {
        var found: [Counts] = []
        found.reserveCapacity(places.count)
        guard let start = places.first else { return found }
        var drawn = [Double](repeating: 0, count: draws.permutations * size)
        var sums = [Double](repeating: 0, count: draws.permutations)
        for permutation in 0..<draws.permutations {
            var sum = 0.0
            for draw in 0..<size {
                let entry = Int(draws.entries[permutation * draws.size + draw])
                let value = lags.values[entry < start ? entry : entry + 1]
                drawn[permutation * size + draw] = value
                sum += value
            }
            sums[permutation] = sum
        }
        var ordered = OrderedSums(sums)
        var event = order.partitioningIndex { Int(draws.entries[Int($0)]) >= start }
        // What the next position in the order holds, so that most places look no further.
        var nextEntry = event < order.count ? Int(draws.entries[Int(order[event])]) : Int.max
        let tolerance = lags.tolerance(places[places.startIndex])
        for (index, place) in places.enumerated() {
            if index & 0xFFF == 0 { try AnalysisError.checkCancellation() }
            while nextEntry < place {
                let (position, entry) = (Int(order[event]), nextEntry)
                event += 1
                nextEntry = event < order.count ? Int(draws.entries[Int(order[event])]) : Int.max
                let permutation = position / draws.size
                let draw = position - permutation * draws.size
                guard draw < size else { continue }
                let row = permutation * size
                guard drawn[row + draw] != lags.values[entry] else { continue }
                drawn[row + draw] = lags.values[entry]
                var sum = 0.0
                for term in row..<row + size { sum += drawn[term] }
                ordered.replace(sums[permutation], by: sum)
                sums[permutation] = sum
            }
            let sum = lags.sums[place]
            let (below, atMost) = ordered.counts(below: sum - tolerance, atMost: sum + tolerance)
            var far = 0
            if isFolded {
                let (high, low) = near(place, tolerance)
                far =
                    low >= high
                    ? draws.permutations
                    : draws.permutations - ordered.counts(below: high, atMost: high).below
                        + ordered.counts(below: low, atMost: low).atMost
            }
            found.append(
                (
                    Int32(truncatingIfNeeded: draws.permutations - below), Int32(truncatingIfNeeded: atMost),
                    Int32(truncatingIfNeeded: far)
                ))
        }
        return found
    }
}
