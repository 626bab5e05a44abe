/// Exact conditional probabilities of any values by going through all choices of neighbours, where they are few.
enum EnumeratedLag {
    /// Most choices of a place.
    static let choiceLimit = 2_000_000.0
    /// Most steps altogether, about a second's work.
    static let workLimit = 100_000_000.0

    /// Fills the probabilities of places with few choices; `false`, and nothing done, when it would take too long.
    static func fill(
        _ tails: inout (greater: [Double?], less: [Double?], folded: [Double?]), _ lags: ObservedLags
    ) throws(AnalysisError) -> Bool {
        let others = lags.values.count - 1
        let places = lags.values.indices.filter {
            lags.size($0) > 0 && choices(others, lags.size($0)) <= choiceLimit
        }
        guard !places.isEmpty, work(places.map(lags.size), others) <= workLimit else { return false }
        let order = lags.values.indices.sorted { lags.values[$0] < lags.values[$1] }
        for place in places {
            try AnalysisError.checkCancellation()
            let sorted = order.filter { $0 != place }.map { lags.values[$0] }
            let mirrored = lags.mirrored(place)
            let (above, below, beyond) = count(
                sorted, size: lags.size(place), sum: lags.sums[place], mirrored: mirrored,
                tolerance: lags.tolerance(place))
            let all = choices(others, lags.size(place))
            tails.greater[place] = Double(above) / all
            tails.less[place] = Double(below) / all
            tails.folded[place] = min(1, Double((lags.sums[place] < mirrored ? below : above) + beyond) / all)
        }
        return true
    }

    /// Whether all places with so many neighbours each can be gone through.
    static func canFill(_ sizes: [Int], _ others: Int) -> Bool {
        let sizes = sizes.filter { $0 > 0 }
        return sizes.allSatisfy { choices(others, $0) <= choiceLimit } && work(sizes, others) <= workLimit
    }

    /// Steps for places with so many neighbours each: the last neighbour is found by bisection.
    private static func work(_ sizes: [Int], _ others: Int) -> Double {
        sizes.reduce(0) { $0 + choices(others, $1 - 1) }
    }

    /// C(n, k), exact below 2⁵³.
    static func choices(_ n: Int, _ k: Int) -> Double {
        var result = 1.0
        for step in stride(from: 1, through: min(k, n - k), by: 1) {
            result = (result * Double(n - step + 1) / Double(step)).rounded()
            if result > 1e15 { return .infinity }
        }
        return result
    }

    /// How many choices of `size` from rising values sum to at least and at most `sum`, and how many lie beyond the sum
    /// that is as far from the mean on its other side.
    private static func count(
        _ values: [Double], size: Int, sum: Double, mirrored: Double, tolerance: Double
    ) -> (above: Int, below: Int, beyond: Int) {
        var (above, below, beyond) = (0, 0, 0)
        // Indices of all but the last chosen, rising, with the sum up to each.
        var chosen = Array(0..<size - 1)
        var partial = [Double](repeating: 0, count: size)
        for depth in chosen.indices { partial[depth + 1] = partial[depth] + values[chosen[depth]] }
        while true {
            let first = (chosen.last ?? -1) + 1
            let wanted = sum - partial[size - 1]
            above += values.count - boundary(values, from: first) { $0 < wanted - tolerance }
            below += boundary(values, from: first) { $0 <= wanted + tolerance } - first
            let other = mirrored - partial[size - 1]
            beyond +=
                sum < mirrored
                ? values.count - boundary(values, from: first) { $0 < other - tolerance }
                : boundary(values, from: first) { $0 <= other + tolerance } - first
            var depth = size - 2
            while depth >= 0 && chosen[depth] == values.count - size + depth { depth -= 1 }
            guard depth >= 0 else { return (above, below, beyond) }
            chosen[depth] += 1
            partial[depth + 1] = partial[depth] + values[chosen[depth]]
            for next in stride(from: depth + 1, to: size - 1, by: 1) {
                chosen[next] = chosen[next - 1] + 1
                partial[next + 1] = partial[next] + values[chosen[next]]
            }
        }
    }

    /// The first index from `first` on whose value is no longer before the boundary.
    @inline(__always)
    private static func boundary(_ values: [Double], from first: Int, _ isBefore: (Double) -> Bool) -> Int {
        var (low, high) = (first, values.count)
        while low < high {
            let middle = (low + high) / 2
            if isBefore(values[middle]) { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
