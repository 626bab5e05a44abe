import GeoCore

/// The counting of pairs behind ``ripleyK(_:window:radii:correction:isWeighted:)``.
struct PatternCounter: Sendable {
    private let buckets: PointBuckets
    private let cellOf: [Int32]
    private let window: StudyWindow
    private let origin: Position
    private let squares: [Double]
    /// First distance that can hold a pair, by its squared distance in parts of the largest.
    private let firstBins: [Int32]
    private let correction: PatternCorrection
    private let weights: [Double]?
    private let total: Double
    private let covariance: SetCovariance
    private let table: CovarianceTable?
    /// Squared distance of each point to the border, where the correction asks for it.
    private let borderSquares: [Double]

    private static let parts = 1024

    /// Sums of a part of the points, for each distance alone (not yet cumulative).
    struct Part: Sendable {
        var sums: [CompensatedSum]
        /// Weight of the points far enough from the border at each distance.
        var reach: [Double]
        var atZero = 0
    }

    init(
        _ points: Points, _ window: StudyWindow, _ radii: [Double], _ correction: PatternCorrection, _ isWeighted: Bool,
        table: CovarianceTable? = nil
    ) throws(AnalysisError) {
        let largest = radii.reduce(0) { max($0, $1) }
        // Two cells in every direction hold all within reach.
        buckets = try PointBuckets(points, side: largest / 2 * (1 + 1e-9))
        var cellOf = [Int32](repeating: 0, count: points.count)
        for cell in 0..<buckets.count {
            for place in buckets.range(cell) { cellOf[place] = Int32(truncatingIfNeeded: cell) }
        }
        self.cellOf = cellOf
        self.window = window
        let box = points.boundingBox
        origin = Position(box?.minX ?? 0, box?.minY ?? 0)
        let squares = radii.map { $0 * $0 }
        self.squares = squares
        firstBins = (0...Self.parts + 1).map { part in
            // A place in the table stands for what rounds to it.
            let least = (Double(part) - 0.5) / Double(Self.parts) * largest * largest * (1 - 1e-12)
            return Int32(truncatingIfNeeded: squares.partitioningIndex { $0 >= least })
        }
        self.correction = correction
        let weights = isWeighted ? buckets.order.map { points.weight[Int($0)] } : nil
        self.weights = weights
        let sum = weights?.compensatedSum ?? Double(points.count)
        total = correction == .border ? sum : sum * sum - (weights?.map { $0 * $0 }.compensatedSum ?? sum)
        covariance = SetCovariance(window)
        self.table = table
        borderSquares =
            correction == .border || correction == .isotropic
            ? buckets.order.map { window.squaredBoundaryDistance(x: points.x[Int($0)], y: points.y[Int($0)]) } : []
    }

    /// Counts the pairs whose first point is in a range of the sorted points.
    func count(_ range: Range<Int>) throws(AnalysisError) -> Part {
        var part = Part(
            sums: Array(repeating: CompensatedSum(), count: squares.count),
            reach: Array(repeating: 0, count: squares.count))
        var counts = [Double](repeating: 0, count: squares.count)
        var angles: [Double] = []
        for place in range {
            if place & 0x3F == 0 { try AnalysisError.checkCancellation() }
            for index in counts.indices { counts[index] = 0 }
            add(place, &counts, &part.atZero, &angles)
            let weight = weights?[place] ?? 1
            if correction == .border {
                var within = 0.0
                for index in counts.indices where squares[index] <= borderSquares[place] {
                    within += counts[index]
                    part.reach[index] += weight
                    part.sums[index].add(weight * within)
                }
            } else {
                for index in counts.indices { part.sums[index].add(weight * counts[index]) }
            }
        }
        return part
    }

    private func add(_ place: Int, _ counts: inout [Double], _ atZero: inout Int, _ angles: inout [Double]) {
        let (x, y) = (buckets.x[place], buckets.y[place])
        let farthest = squares[squares.count - 1]
        let scale = Double(Self.parts) / farthest
        // What is the same from both sides is looked at from one and counts twice.
        let isSymmetric = correction == .none || correction == .translate
        let sides = isSymmetric ? 2 : 1
        buckets.forEachNear(Int(cellOf[place])) { cell in
            let range = buckets.range(cell)
            let start = isSymmetric ? max(range.lowerBound, min(place + 1, range.upperBound)) : range.lowerBound
            for other in start..<range.upperBound where other != place {
                let (dx, dy) = (buckets.x[other] - x, buckets.y[other] - y)
                let squared = dx * dx + dy * dy
                guard squared <= farthest else { continue }
                if squared == 0 { atZero += sides }
                var factor = Double(sides) * (weights?[other] ?? 1)
                switch correction {
                case .none, .border: break
                case .translate:
                    let shared = table?.value(dx: dx, dy: dy) ?? covariance.value(dx: dx, dy: dy)
                    factor *= shared > 0 ? window.area / shared : 0
                case .isotropic:
                    if squared > borderSquares[place] {
                        let share = window.insideShare(
                            x: x + origin.x, y: y + origin.y, radius: squared.squareRoot(), &angles)
                        factor /= max(share, 1e-6)
                    }
                }
                var bin = Int(firstBins[NearestInteger.integer(squared * scale)])
                while squares[bin] < squared { bin += 1 }
                counts[bin] += factor
            }
            return true
        }
    }

    /// K at each distance from all parts.
    func k(_ parts: [Part]) -> [Double?] {
        var cumulative = CompensatedSum()
        return squares.indices.map { index in
            if correction != .border {
                for part in parts { cumulative.add(part.sums[index].value) }
                return total > 0 ? window.area * cumulative.value / total : nil
            }
            let reach = parts.reduce(0) { $0 + $1.reach[index] }
            var sum = CompensatedSum()
            for part in parts { sum.add(part.sums[index].value) }
            return reach > 0 && total > 0 ? window.area / total * sum.value / reach : nil
        }
    }
}
