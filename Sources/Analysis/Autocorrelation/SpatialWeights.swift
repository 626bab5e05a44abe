/// Who is whose neighbour, and how much: sparse rows over places 0 ..< `count`.
///
/// Row i is `neighbors[offsets[i] ..< offsets[i + 1]]` with `weights` at the same positions.
public struct SpatialWeights: Sendable, Equatable {
    /// Start of each row, and the end of the last: `count + 1` numbers.
    public let offsets: [Int]
    /// Indices of neighbouring places.
    public let neighbors: [Int32]
    /// Weight of each neighbour.
    public let weights: [Double]

    /// Makes weights from sparse rows; all weights are 1 unless given.
    ///
    /// - Throws: ``AnalysisError`` when offsets do not rise from 0 to the number of neighbours, when a neighbour is no
    ///   place, or when a weight is not finite.
    public init(offsets: [Int], neighbors: [Int32], weights: [Double]? = nil) throws(AnalysisError) {
        let weights = weights ?? Array(repeating: 1, count: neighbors.count)
        let places = offsets.count - 1
        guard offsets.first == 0, offsets.last == neighbors.count, weights.count == neighbors.count,
            zip(offsets, offsets.dropFirst()).allSatisfy({ $0 <= $1 }),
            neighbors.allSatisfy({ $0 >= 0 && Int($0) < places })
        else { throw AnalysisError(.invalidColumns, "The rows of the spatial weights do not fit together.") }
        guard weights.allSatisfy(\.isFinite) else {
            throw AnalysisError(.notFinite, "A spatial weight is not a finite number.")
        }
        self.offsets = offsets
        self.neighbors = neighbors
        self.weights = weights
    }

    /// Makes weights from rows already known to be sound.
    init(soundRows rows: [[Int32]], weights: [[Double]]? = nil) {
        var offsets = [0]
        offsets.reserveCapacity(rows.count + 1)
        for row in rows { offsets.append(offsets[offsets.count - 1] + row.count) }
        self.offsets = offsets
        neighbors = Array(rows.joined())
        self.weights = weights.map { Array($0.joined()) } ?? Array(repeating: 1, count: neighbors.count)
    }

    private init(soundOffsets offsets: [Int], _ neighbors: [Int32], _ weights: [Double]) {
        self.offsets = offsets
        self.neighbors = neighbors
        self.weights = weights
    }

    /// Binary weights from rows already known to be sound.
    init(soundOffsets offsets: [Int], binary neighbors: [Int32]) {
        self.init(soundOffsets: offsets, neighbors, Array(repeating: 1, count: neighbors.count))
    }

    /// Number of places.
    public var count: Int { offsets.count - 1 }

    /// Places without a neighbour.
    public var islands: [Int] { (0..<count).filter { offsets[$0] == offsets[$0 + 1] } }

    /// The mean number of neighbours; 0 without places.
    public var meanNeighborCount: Double { count == 0 ? 0 : Double(neighbors.count) / Double(count) }

    /// The same weights with every row divided by its sum; rows that sum to 0 stay.
    public func rowStandardized() -> SpatialWeights {
        var scaled = weights
        for place in 0..<count {
            let row = offsets[place]..<offsets[place + 1]
            let sum = row.reduce(0) { $0 + weights[$1] }
            if sum != 0 { for entry in row { scaled[entry] /= sum } }
        }
        return SpatialWeights(soundOffsets: offsets, neighbors, scaled)
    }

    /// The same weights without those of places for themselves.
    public func withoutSelf() -> SpatialWeights {
        let hasSelf = (0..<count).contains { place in
            (offsets[place]..<offsets[place + 1]).contains { Int(neighbors[$0]) == place }
        }
        guard hasSelf else { return self }
        var (newOffsets, newNeighbors, newWeights): ([Int], [Int32], [Double]) = ([0], [], [])
        for place in 0..<count {
            for entry in offsets[place]..<offsets[place + 1] where Int(neighbors[entry]) != place {
                newNeighbors.append(neighbors[entry])
                newWeights.append(weights[entry])
            }
            newOffsets.append(newNeighbors.count)
        }
        return SpatialWeights(soundOffsets: newOffsets, newNeighbors, newWeights)
    }

    /// The weights among the places that are kept, renumbered in order.
    ///
    /// - Precondition: one flag a place.
    public func restricted(to isKept: [Bool]) -> SpatialWeights {
        precondition(isKept.count == count)
        var renumbered = [Int32](repeating: -1, count: count)
        var kept: Int32 = 0
        for place in 0..<count where isKept[place] {
            renumbered[place] = kept
            kept += 1
        }
        var (newOffsets, newNeighbors, newWeights): ([Int], [Int32], [Double]) = ([0], [], [])
        for place in 0..<count where isKept[place] {
            for entry in offsets[place]..<offsets[place + 1] where isKept[Int(neighbors[entry])] {
                newNeighbors.append(renumbered[Int(neighbors[entry])])
                newWeights.append(weights[entry])
            }
            newOffsets.append(newNeighbors.count)
        }
        return SpatialWeights(soundOffsets: newOffsets, newNeighbors, newWeights)
    }
}
