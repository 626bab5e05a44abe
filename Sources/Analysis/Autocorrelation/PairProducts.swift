/// Σ wᵢⱼ zᵢ zⱼ for many columns z over the same weights: what a permutation test does again and again.
///
/// Each pair of places is multiplied once, with the weights of both directions. Cells of a grid have their neighbours at
/// the same distances of places over whole stretches, so that most of the sum is products of stretches that lie next to
/// each other in memory.
struct PairProducts: Sendable {
    /// Places that follow each other, with the same steps to their partners and the same weights.
    private struct Stretch {
        var places: Range<Int>
        let entries: Range<Int>
    }

    private var stretches: [Stretch] = []
    /// From a place to its partner, which comes after it.
    private var steps: [Int] = []
    private var weights: [Double] = []
    /// Largest magnitude of a weight.
    let largestWeight: Double

    /// - Parameter rows: without weights of places for themselves.
    /// - Complexity: linear in neighbours.
    init(_ rows: SpatialWeights) {
        largestWeight = rows.weights.reduce(0) { max($0, $1.magnitude) }
        let later = LaterPartners(rows)
        for place in 0..<rows.count {
            let partners = later.partners(place)
            if let last = stretches.indices.last, continues(stretches[last], place, partners) {
                stretches[last].places = stretches[last].places.lowerBound..<place + 1
                continue
            }
            let start = steps.count
            for (partner, weight) in partners {
                steps.append(partner - place)
                weights.append(weight)
            }
            stretches.append(Stretch(places: place..<place + 1, entries: start..<steps.count))
        }
    }

    private func continues(_ stretch: Stretch, _ place: Int, _ partners: [(place: Int, weight: Double)]) -> Bool {
        guard stretch.entries.count == partners.count else { return false }
        return zip(stretch.entries, partners).allSatisfy { entry, partner in
            steps[entry] == partner.place - place && weights[entry] == partner.weight
        }
    }

    /// The sum for one column.
    func sum(_ z: [Double]) -> Double {
        let (z, steps, weights) = (z.span, steps.span, weights.span)
        var total = CompensatedSum()
        for stretch in stretches {
            let own = z.extracting(stretch.places)
            var part = 0.0
            for entry in stretch.entries {
                let first = stretch.places.lowerBound + steps[entry]
                part += weights[entry] * Self.dot(own, z.extracting(first..<first + own.count))
            }
            total.add(part)
        }
        return total.value
    }

    /// Σ a b in eight sums that do not wait for each other.
    @inline(__always)
    private static func dot(_ a: Span<Double>, _ b: Span<Double>) -> Double {
        var (low, high) = (SIMD4<Double>.zero, SIMD4<Double>.zero)
        var index = 0
        while index &+ 8 <= a.count {
            low +=
                SIMD4(a[index], a[index &+ 1], a[index &+ 2], a[index &+ 3])
                * SIMD4(b[index], b[index &+ 1], b[index &+ 2], b[index &+ 3])
            high +=
                SIMD4(a[index &+ 4], a[index &+ 5], a[index &+ 6], a[index &+ 7])
                * SIMD4(b[index &+ 4], b[index &+ 5], b[index &+ 6], b[index &+ 7])
            index &+= 8
        }
        var rest = 0.0
        while index < a.count {
            rest += a[index] * b[index]
            index &+= 1
        }
        return (low + high).sum() + rest
    }
}

/// The partners of each place that come after it, rising, with the weights of both directions added.
private struct LaterPartners {
    private var starts: [Int]
    private var places: [Int32]
    private var weights: [Double]

    init(_ rows: SpatialWeights) {
        starts = Array(repeating: 0, count: rows.count + 1)
        for place in 0..<rows.count {
            for entry in rows.offsets[place]..<rows.offsets[place + 1] {
                starts[min(place, Int(rows.neighbors[entry])) + 1] += 1
            }
        }
        for place in 0..<rows.count { starts[place + 1] += starts[place] }
        places = Array(repeating: 0, count: rows.neighbors.count)
        weights = Array(repeating: 0, count: rows.neighbors.count)
        var next = starts
        for place in 0..<rows.count {
            for entry in rows.offsets[place]..<rows.offsets[place + 1] {
                let neighbor = Int(rows.neighbors[entry])
                let first = min(place, neighbor)
                places[next[first]] = Int32(truncatingIfNeeded: max(place, neighbor))
                weights[next[first]] = rows.weights[entry]
                next[first] += 1
            }
        }
    }

    func partners(_ place: Int) -> [(place: Int, weight: Double)] {
        let entries = (starts[place]..<starts[place + 1]).sorted { (places[$0], $0) < (places[$1], $1) }
        var partners: [(place: Int, weight: Double)] = []
        for entry in entries {
            if let last = partners.last, last.place == Int(places[entry]) {
                partners[partners.count - 1].weight += weights[entry]
            } else {
                partners.append((Int(places[entry]), weights[entry]))
            }
        }
        return partners
    }
}
