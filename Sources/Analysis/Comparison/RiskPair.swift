import GeoCore

/// Two kinds of points inside a study area, for ``relativeRisk(_:_:atX:y:bandwidth:window:)``.
struct RiskPair: Sendable {
    let first: Points
    let second: Points
    let bandwidth: Double
    private let window: StudyWindow

    init(_ first: Points, _ second: Points, _ bandwidth: Double?, _ window: StudyWindow) throws(AnalysisError) {
        let (first, second) = (try first.rows(inside: window), try second.rows(inside: window))
        guard first.count > 0, second.count > 0 else {
            throw AnalysisError(
                .tooFewData, "Relative risk needs at least one point of each kind inside the study area.")
        }
        self.first = Points(x: first.x, y: first.y)
        self.second = Points(x: second.x, y: second.y)
        let pooled = Points(x: first.x + second.x, y: first.y + second.y)
        var chosen = bandwidth
        if chosen == nil { chosen = try BandwidthRule.scott2d.bandwidth(pooled) }
        guard let bandwidth = chosen else {
            throw AnalysisError(
                .tooFewData, "All points lie at one place; give a bandwidth in metres, for example 300.")
        }
        try AnalysisError.requirePositive(bandwidth, "The bandwidth")
        self.bandwidth = bandwidth
        self.window = window
    }

    /// Shares of kernels inside the window.
    struct Masses: Sendable {
        /// Of the kernel itself.
        var whole: [Double] = []
        /// Of the kernel narrower by √2, which is the shape of the squared kernel.
        var narrow: [Double] = []
    }

    func masses(_ x: [Double], _ y: [Double], _ inside: [Double?]) throws(AnalysisError) -> Masses {
        var masses = Masses()
        masses.whole.reserveCapacity(x.count)
        masses.narrow.reserveCapacity(x.count)
        for index in x.indices {
            if index & 0xFF == 0 { try AnalysisError.checkCancellation() }
            guard inside[index] != nil else {
                masses.whole.append(0)
                masses.narrow.append(0)
                continue
            }
            masses.whole.append(try window.mass(x: x[index], y: y[index], kernel: .gaussian, bandwidth: bandwidth))
            masses.narrow.append(
                try window.mass(
                    x: x[index], y: y[index], kernel: .gaussian, bandwidth: bandwidth * 0.5.squareRoot()))
        }
        return masses
    }

    /// Compares plain sums of kernels.
    func compare(
        _ f: [Double?], _ g: [Double?], _ x: [Double], _ y: [Double], _ masses: Masses
    ) throws(AnalysisError) -> RelativeRisk {
        let (a, b) = (Double(first.count), Double(second.count))
        func density(_ sum: Double?, _ mass: Double, _ n: Double) -> Double? {
            sum.flatMap { mass > 0 ? $0 / (n * mass) : nil }
        }
        let firstDensity = f.indices.map { density(f[$0], masses.whole[$0], a) }
        let secondDensity = g.indices.map { density(g[$0], masses.whole[$0], b) }
        let pooled: [Double?] = zip(firstDensity, secondDensity).map { f, g in
            if let f, let g { (a * f + b * g) / (a + b) } else { nil }
        }
        let least = 1e-3 * pooled.reduce(0) { max($0, $1 ?? 0) }
        var (logarithm, z, p): ([Double?], [Double?], [Double?]) = ([], [], [])
        for index in pooled.indices {
            var row: (Double?, Double?, Double?) = (nil, nil, nil)
            if let f = firstDensity[index], let g = secondDensity[index], let pool = pooled[index], pool > 0,
                pool >= least, f > 0, g > 0
            {
                let rho = Elementary.log(f / g)
                let whole = masses.whole[index]
                let variance =
                    masses.narrow[index] / (4 * .pi * whole * whole) * (1 / a + 1 / b) / (bandwidth * bandwidth * pool)
                let deviation = rho / variance.squareRoot()
                row = (rho, deviation, Elementary.erfc(deviation * 0.5.squareRoot()) / 2)
            }
            logarithm.append(row.0)
            z.append(row.1)
            p.append(row.2)
        }
        return RelativeRisk(
            bandwidth: bandwidth, first: first.count, second: second.count, firstDensity: firstDensity,
            secondDensity: secondDensity, logarithm: logarithm, z: z, p: p)
    }

    /// The probability of so high a ratio when kinds are exchanged among the points.
    ///
    /// The correction of the border is the same for both kinds and cancels in the ratio.
    func permuted(
        _ result: RelativeRisk, _ f: [Double], _ g: [Double], _ raster: Raster, _ permutations: Int, _ seed: UInt64
    ) async throws(AnalysisError) -> RelativeRisk {
        let pooled = Points(x: first.x + second.x, y: first.y + second.y)
        let total = zip(f, g).map { $0 + $1 }
        let (bandwidth, size) = (bandwidth, first.count)
        let parts = try await Chunks.map(permutations, smallest: 4) { range throws(AnalysisError) in
            var reached = [Int32](repeating: 0, count: total.count)
            for permutation in range {
                var random = CounterRandom(seed: seed, .categoryPermutation, permutation: permutation)
                var order = Array(0..<pooled.count)
                for place in 0..<size { order.swapAt(place, place + random.index(below: order.count - place)) }
                // Both sums add up to the same total, so the first alone orders as the ratio does.
                let drawn = Points(x: order[..<size].map { pooled.x[$0] }, y: order[..<size].map { pooled.y[$0] })
                let sums = try kernelDensity(drawn, kernel: .gaussian, bandwidth: bandwidth, raster: raster).values
                for index in sums.indices where sums[index] >= f[index] - 1e-9 * total[index] { reached[index] += 1 }
            }
            return reached
        }
        let p: [Double?] = result.logarithm.indices.map { index in
            guard result.logarithm[index] != nil else { return nil }
            return Double(1 + parts.reduce(0) { $0 + Int($1[index]) }) / Double(permutations + 1)
        }
        return RelativeRisk(
            bandwidth: result.bandwidth, first: result.first, second: result.second,
            firstDensity: result.firstDensity, secondDensity: result.secondDensity, logarithm: result.logarithm,
            z: result.z, p: p)
    }
}
