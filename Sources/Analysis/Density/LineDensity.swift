public import GeoCore

/// Lines whose weight is spread evenly along them.
public struct WeightedLine: Sendable, Equatable {
    /// The parts of the line in metres.
    public let parts: [[Position]]
    /// Weight of the whole.
    public let weight: Double

    /// Makes a line from its parts.
    public init(parts: [[Position]], weight: Double) { (self.parts, self.weight) = (parts, weight) }
}

/// Kernel density of lines on a raster: the kernel integrated along each of them, per square metre.
///
/// Exact: the integral along a straight segment has a closed form for every kernel. A line counts by its weight, however
/// long it is; one without length is a point. Every cell adds up its segments in their order, so that the result has the
/// same bits on any number of cores.
///
/// - Parameters:
///   - lines: in metres, with their weights.
///   - kernel: shape of the kernel.
///   - bandwidth: standard deviation of the Gaussian, radius of all others, in metres.
///   - raster: where to evaluate.
/// - Throws: ``AnalysisError`` for a bad bandwidth, coordinate or weight, or when the task is cancelled.
/// - Complexity: cells in the boxes of the segments, widened by the reach of the kernel.
public func lineDensity(
    _ lines: [WeightedLine], kernel: Kernel, bandwidth: Double, raster: Raster
) async throws(AnalysisError) -> DensitySurface {
    try AnalysisError.requirePositive(bandwidth, "The bandwidth")
    var segments: [LineSegment] = []
    for line in lines {
        guard line.weight.isFinite, line.parts.allSatisfy({ $0.allSatisfy { $0.x.isFinite && $0.y.isFinite } }) else {
            throw AnalysisError(.notFinite, "A coordinate or weight is not a finite number.")
        }
        segments += LineSegment.all(of: line)
    }
    let (found, reach) = (segments, kernel.reach * bandwidth)
    let parts = try await Chunks.map(raster.rows, smallest: 16) { range throws(AnalysisError) in
        var values = [Double](repeating: 0, count: range.count * raster.columns)
        for segment in found {
            try AnalysisError.checkCancellation()
            segment.add(kernel, bandwidth, reach, raster, range, &values)
        }
        return values
    }
    return DensitySurface(
        raster: raster, values: Array(parts.joined()), kernel: kernel, bandwidth: bandwidth)
}

/// A straight piece of a line, or a point.
struct LineSegment: Sendable {
    let start: Position
    /// Direction of unit length; zero for a point.
    let direction: (x: Double, y: Double)
    let length: Double
    let weight: Double

    static func all(of line: WeightedLine) -> [LineSegment] {
        var pieces: [(start: Position, dx: Double, dy: Double, length: Double)] = []
        for part in line.parts {
            for (a, b) in zip(part, part.dropFirst()) {
                let (dx, dy) = (b.x - a.x, b.y - a.y)
                let length = (dx * dx + dy * dy).squareRoot()
                if length > 0 { pieces.append((a, dx, dy, length)) }
            }
        }
        let total = pieces.map(\.length).compensatedSum
        guard total > 0 else {
            guard let place = line.parts.first(where: { !$0.isEmpty })?.first else { return [] }
            return [LineSegment(start: place, direction: (0, 0), length: 0, weight: line.weight)]
        }
        return pieces.map { piece in
            LineSegment(
                start: piece.start, direction: (piece.dx / piece.length, piece.dy / piece.length),
                length: piece.length, weight: line.weight * piece.length / total)
        }
    }

    /// Adds the density to some rows of a raster.
    func add(
        _ kernel: Kernel, _ bandwidth: Double, _ reach: Double, _ raster: Raster, _ rows: Range<Int>,
        _ values: inout [Double]
    ) {
        let end = Position(start.x + direction.x * length, start.y + direction.y * length)
        let within = Self.cells(start.y, end.y, reach, from: raster.minY, raster).clamped(to: rows)
        let columns = Self.cells(start.x, end.x, reach, from: raster.minX, raster).clamped(to: 0..<raster.columns)
        let scale = kernel.scale / (bandwidth * bandwidth) * weight
        for row in within {
            let dy = (raster.y(row) - start.y) / bandwidth
            for column in columns {
                let dx = (raster.x(column) - start.x) / bandwidth
                let mean: Double
                if length > 0 {
                    // Along the segment and away from its line, in bandwidths.
                    let (along, away) = (dx * direction.x + dy * direction.y, dx * direction.y - dy * direction.x)
                    let longest = length / bandwidth
                    mean = kernel.integral(awaySquared: away * away, from: -along, to: longest - along) / longest
                } else {
                    mean = kernel.shape(dx * dx + dy * dy)
                }
                values[(row - rows.lowerBound) * raster.columns + column] += scale * mean
            }
        }
    }

    /// The cells along an axis whose centres lie within reach of a stretch of it.
    private static func cells(
        _ a: Double, _ b: Double, _ reach: Double, from origin: Double, _ raster: Raster
    ) -> Range<Int> {
        // Far outside the raster it is all the same.
        func index(_ place: Double) -> Int {
            NearestInteger.integer(min(max((place - origin) / raster.cell - 0.5, -1), Double(Raster.cellLimit)))
        }
        let (first, last) = (index(min(a, b) - reach), index(max(a, b) + reach))
        return max(0, first)..<max(0, first, last + 1)
    }
}

extension Kernel {
    /// ∫ of the kernel without its factor over a straight stretch that passes at a distance, all in bandwidths.
    ///
    /// - Parameters:
    ///   - awaySquared: squared distance of the stretch's line.
    ///   - from: where the stretch begins, counted from the foot of that distance.
    ///   - to: where it ends.
    func integral(awaySquared: Double, from: Double, to: Double) -> Double {
        if self == .gaussian {
            let root = 0.5.squareRoot()
            // Of the two tails the one that loses no digits.
            let tails =
                from + to > 0
                ? Elementary.erfc(from * root) - Elementary.erfc(to * root)
                : Elementary.erfc(-to * root) - Elementary.erfc(-from * root)
            return Elementary.exp(-awaySquared / 2) * (Double.pi / 2).squareRoot() * tails
        }
        let rest = 1 - awaySquared
        guard rest > 0 else { return 0 }
        let half = rest.squareRoot()
        let (low, high) = (max(from, -half), min(to, half))
        guard high > low else { return 0 }
        return antiderivative(high, rest, awaySquared) - antiderivative(low, rest, awaySquared)
    }

    private func antiderivative(_ v: Double, _ rest: Double, _ awaySquared: Double) -> Double {
        let square = v * v
        switch self {
        case .uniform, .gaussian: return v
        case .epanechnikov: return v * (rest - square / 3)
        case .quartic: return v * (rest * rest - 2 * rest * square / 3 + square * square / 5)
        case .triweight:
            return v
                * (rest * rest * rest - rest * rest * square + 3 * rest * square * square / 5
                    - square * square * square / 7)
        case .triangular:
            let distance = (awaySquared + square).squareRoot()
            guard awaySquared > 1e-30 else { return v - v * v.magnitude / 2 }
            let inverse = Elementary.log((v.magnitude + distance) / awaySquared.squareRoot())
            return v - (v * distance + awaySquared * (v < 0 ? -inverse : inverse)) / 2
        }
    }
}
