/// The three sums of spatial weights that the moments of global statistics need.
public struct WeightSums: Sendable, Equatable {
    /// Σ w.
    public let s0: Double
    /// ½ Σ (wᵢⱼ + wⱼᵢ)².
    public let s1: Double
    /// Σ (row sum + column sum)².
    public let s2: Double

    /// Adds up the weights; a weight of a place for itself is passed over.
    ///
    /// Source: Cliff & Ord 1981, Spatial Processes, chapter 2.
    ///
    /// - Complexity: linear in places and neighbours.
    public init(_ weights: SpatialWeights) {
        let count = weights.count
        // Columns: who names a place as its neighbour.
        var starts = [Int](repeating: 0, count: count + 1)
        for neighbor in weights.neighbors { starts[Int(neighbor) + 1] += 1 }
        for place in 0..<count { starts[place + 1] += starts[place] }
        var next = starts
        var columnPlaces = [Int32](repeating: 0, count: weights.neighbors.count)
        var columnWeights = [Double](repeating: 0, count: weights.neighbors.count)
        for place in 0..<count {
            for entry in weights.offsets[place]..<weights.offsets[place + 1] {
                let neighbor = Int(weights.neighbors[entry])
                columnPlaces[next[neighbor]] = Int32(truncatingIfNeeded: place)
                columnWeights[next[neighbor]] = weights.weights[entry]
                next[neighbor] += 1
            }
        }
        var both = [Double](repeating: 0, count: count)
        var touched: [Int32] = []
        var (all, pairs, margins) = (CompensatedSum(), CompensatedSum(), CompensatedSum())
        for place in 0..<count {
            touched.removeAll(keepingCapacity: true)
            var (rowSum, columnSum) = (0.0, 0.0)
            for entry in weights.offsets[place]..<weights.offsets[place + 1] {
                let neighbor = weights.neighbors[entry]
                if Int(neighbor) == place { continue }
                rowSum += weights.weights[entry]
                both[Int(neighbor)] += weights.weights[entry]
                touched.append(neighbor)
            }
            for entry in starts[place]..<starts[place + 1] {
                let neighbor = columnPlaces[entry]
                if Int(neighbor) == place { continue }
                columnSum += columnWeights[entry]
                both[Int(neighbor)] += columnWeights[entry]
                touched.append(neighbor)
            }
            all.add(rowSum)
            margins.add((rowSum + columnSum) * (rowSum + columnSum))
            for neighbor in touched {
                pairs.add(both[Int(neighbor)] * both[Int(neighbor)])
                both[Int(neighbor)] = 0
            }
        }
        s0 = all.value
        s1 = pairs.value / 2
        s2 = margins.value
    }

    /// The sums of binary weights that go both ways, from the number of neighbours of each place.
    init(symmetricDegrees degrees: [Int32]) {
        var (all, squares) = (0, 0)
        for degree in degrees {
            all += Int(degree)
            squares += Int(degree) * Int(degree)
        }
        s0 = Double(all)
        s1 = 2 * Double(all)
        s2 = 4 * Double(squares)
    }
}
