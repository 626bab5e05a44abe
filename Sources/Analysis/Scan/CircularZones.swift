import GeoCore

/// For every place the places around it in order of distance, as far as the largest zone goes.
///
/// The row of a place where an earlier one lies is empty. A zone is a beginning of a row that ends with a place whose
/// entry is not negative: entries ~i say that the next place lies at the same distance as place i and enters with it. Distances equal to nine digits are the same.
struct CircularZones: Sendable {
    /// Start of the row of each centre, and the end of the last.
    let offsets: [Int]
    /// Places, or their complements.
    let entries: [Int32]
    /// Number of zones, equal sets of places once.
    let count: Int

    /// How much larger a squared distance may be than another that it equals: centres of cells are off by their last bits,
    /// which turning and stretching for ellipses makes more of.
    private static let tie = 1e-9

    /// Most entries altogether: 200 MB.
    static let limit = 50_000_000

    /// Sorts the places around each.
    ///
    /// - Parameters:
    ///   - points: places in metres.
    ///   - population: of each place, not negative.
    ///   - share: the most of the whole population in a zone.
    /// - Throws: ``AnalysisError`` `tooManyCells` above ``limit``.
    /// - Complexity: O(n²) distances, sorted as far as zones go.
    static func make(
        _ points: Points, population: [Double], share: Double
    ) async throws(AnalysisError) -> CircularZones {
        let box = points.boundingBox
        let x = points.x.map { $0 - (box?.minX ?? 0) }
        let y = points.y.map { $0 - (box?.minY ?? 0) }
        let largest = population.compensatedSum * share * (1 + 1e-12)
        let isRepeated = repeats(x, y)
        let parts = try await Chunks.map(points.count, smallest: 64) { range throws(AnalysisError) in
            try rows(range, x, y, population, largest, isRepeated)
        }
        var (offsets, entries, hashes): ([Int], [Int32], [UInt64]) = ([0], [], [])
        for part in parts {
            let start = entries.count
            offsets.append(contentsOf: part.ends.map { start + $0 })
            entries.append(contentsOf: part.entries)
            hashes.append(contentsOf: part.hashes)
        }
        guard entries.count <= limit else { throw tooMany }
        hashes.sort()
        var count = 0
        for index in hashes.indices where index == 0 || hashes[index] != hashes[index - 1] { count += 1 }
        return CircularZones(offsets: offsets, entries: entries, count: count)
    }

    /// Whether a place lies where an earlier one does: its circles are the same.
    private static func repeats(_ x: [Double], _ y: [Double]) -> [Bool] {
        var isRepeated = [Bool](repeating: false, count: x.count)
        let order = x.indices.sorted { (x[$0], y[$0], $0) < (x[$1], y[$1], $1) }
        for (before, place) in zip(order, order.dropFirst()) where x[before] == x[place] && y[before] == y[place] {
            isRepeated[place] = true
        }
        return isRepeated
    }

    /// A number for a place; the sum over a set of places stands for the set.
    @inline(__always)
    static func hash(_ place: Int) -> UInt64 {
        var z = (UInt64(truncatingIfNeeded: place) &+ 1) &* 0x9E37_79B9_7F4A_7C15
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    static let tooMany = AnalysisError(
        .tooManyCells,
        "The places have more than \(limit) zones altogether; lower the largest share, such as to 0.1, or use cells.")

    private struct Rows: Sendable {
        var ends: [Int] = []
        var entries: [Int32] = []
        var hashes: [UInt64] = []
    }

    private static func rows(
        _ range: Range<Int>, _ x: [Double], _ y: [Double], _ population: [Double], _ largest: Double,
        _ isRepeated: [Bool]
    ) throws(AnalysisError) -> Rows {
        var result = Rows()
        var near: [(squared: Double, place: Int32)] = []
        // The squared radius worth sorting: a little more than the last centre needed.
        var reach = Double.infinity
        for center in range {
            try AnalysisError.checkCancellation()
            if isRepeated[center] {
                result.ends.append(result.entries.count)
                continue
            }
            while true {
                near.removeAll(keepingCapacity: true)
                var held = 0.0
                for place in x.indices {
                    let (dx, dy) = (x[place] - x[center], y[place] - y[center])
                    let squared = dx * dx + dy * dy
                    guard squared <= reach else { continue }
                    near.append((squared, Int32(truncatingIfNeeded: place)))
                    held += population[place]
                }
                if held > largest || near.count == x.count { break }
                reach *= 4
            }
            near.sort { $0.squared != $1.squared ? $0.squared < $1.squared : $0.place < $1.place }
            var (start, held, hash) = (0, 0.0, UInt64(0))
            while start < near.count {
                var end = start
                while end < near.count && near[end].squared <= near[start].squared * (1 + tie) {
                    held += population[Int(near[end].place)]
                    hash &+= Self.hash(Int(near[end].place))
                    end += 1
                }
                guard held <= largest else { break }
                for index in start..<end - 1 { result.entries.append(~near[index].place) }
                result.entries.append(near[end - 1].place)
                result.hashes.append(hash)
                start = end
            }
            reach = start < near.count ? near[start].squared * 1.5 : .infinity
            if reach == 0 { reach = .infinity }
            result.ends.append(result.entries.count)
            guard result.entries.count <= limit else { throw tooMany }
        }
        return result
    }
}
