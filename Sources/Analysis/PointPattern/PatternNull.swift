public import GeoCore

/// What points are taken to be like when nothing draws them together.
public enum PatternNull: Sendable {
    /// Spread evenly over the study area. In towns that is always refused.
    case uniform
    /// Spread as a surface says, such as the density of inhabitants or addresses; the default for planners.
    case surface(DensitySurface)
    /// Drawn from places of all kinds, those of the points among them.
    case drawn(from: Points)
}

/// Places drawn under a null pattern, the same for the same seed and number whatever else is drawn.
struct PatternSimulator: Sendable {
    private let window: StudyWindow
    private let count: Int
    private let seed: UInt64
    private let box: BoundingBox
    private let source: Source

    private enum Source: Sendable {
        case uniform
        case surface(Raster, cumulative: [Double])
        case pool(Points)
    }

    init(_ null: PatternNull, window: StudyWindow, count: Int, seed: UInt64) throws(AnalysisError) {
        (self.window, self.count, self.seed) = (window, count, seed)
        box = window.boundingBox
        switch null {
        case .uniform: source = .uniform
        case .surface(let surface):
            var total = 0.0
            var cumulative: [Double] = []
            cumulative.reserveCapacity(surface.values.count)
            for (index, value) in surface.values.enumerated() {
                let (column, row) = (index % surface.raster.columns, index / surface.raster.columns)
                if value > 0, value.isFinite, window.contains(x: surface.raster.x(column), y: surface.raster.y(row)) {
                    total += value
                }
                cumulative.append(total)
            }
            guard total > 0, total.isFinite else {
                throw AnalysisError(.tooFewData, "The surface of the null pattern is empty inside the study area.")
            }
            source = .surface(surface.raster, cumulative: cumulative)
        case .drawn(let pool):
            let inside = try pool.rows(inside: window)
            guard inside.count >= count else {
                throw AnalysisError(
                    .tooFewData,
                    "The null pattern has \(inside.count) places to draw from; at least \(count) are needed.")
            }
            source = .pool(inside)
        }
    }

    /// The places of one simulation, all inside the window.
    func points(_ number: Int) -> Points {
        var random = CounterRandom(seed: seed, .pointPattern, permutation: number)
        var points = Points(capacity: count)
        switch source {
        case .uniform:
            draw(&points) {
                (box.minX + random.unit() * box.width, box.minY + random.unit() * box.height)
            }
        case .surface(let raster, let cumulative):
            let total = cumulative[cumulative.count - 1]
            draw(&points) {
                let level = random.unit() * total
                let cell = min(cumulative.partitioningIndex { $0 > level }, cumulative.count - 1)
                return (
                    raster.x(cell % raster.columns) + (random.unit() - 0.5) * raster.cell,
                    raster.y(cell / raster.columns) + (random.unit() - 0.5) * raster.cell
                )
            }
        case .pool(let pool):
            var order = (0..<pool.count).map { Int32(truncatingIfNeeded: $0) }
            for place in 0..<count {
                order.swapAt(place, place + random.index(below: pool.count - place))
                let row = Int(order[place])
                points.append(x: pool.x[row], y: pool.y[row], weight: pool.weight[row])
            }
        }
        return points
    }

    /// Draws until enough places lie inside; the limit only guards against windows that are slivers of their box.
    private func draw(_ points: inout Points, _ place: () -> (x: Double, y: Double)) {
        var attempts = 0
        while points.count < count && attempts < 10_000 * count {
            let (x, y) = place()
            if window.contains(x: x, y: y) { points.append(x: x, y: y) }
            attempts += 1
        }
    }
}
