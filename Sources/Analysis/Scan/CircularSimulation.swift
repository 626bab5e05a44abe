/// The best zones of data without clusters.
///
/// Eight simulations go through the zones side by side, one a lane; logarithms are taken only where a bound says that
/// the best so far could be beaten.
struct CircularSimulation: Sendable {
    /// How cases are laid anew.
    enum Lots: Sendable {
        /// Each case at a place by its population.
        case places(AliasTable)
        /// Each case of a weight at a place by its population.
        case weights([Double], AliasTable)
        /// The place of each person; cases are drawn among the people.
        case people([Int32])
    }

    /// The zones of each form.
    let families: [WindowZones]
    let population: [Double]
    let model: ScanModel
    let lots: Lots
    let seed: UInt64

    private static let lanes = 8
    /// Simulations between two looks at whether to stop.
    private static let round = 128

    /// The highest ratio of each simulation, in order.
    func maxima(
        _ simulations: Int, best: Double, stopsAfter: Int
    ) async throws(AnalysisError) -> ScanMaxima {
        var maxima = ScanMaxima()
        guard model.cases <= Double(1 << 24) else {
            if simulations == 0 { return maxima }
            throw AnalysisError(.invalidParameter, "Simulations of a scan take at most 16 million cases.")
        }
        var start = 0
        while start < simulations && !maxima.isStopped {
            let first = start
            let count = min(Self.round, simulations - start)
            let batches = (count + Self.lanes - 1) / Self.lanes
            let parts = try await Chunks.map(batches, smallest: 1) { range throws(AnalysisError) in
                var found: [Double] = []
                for batch in range { found += try self.batch(first + batch * Self.lanes) }
                return found
            }
            maxima.append(Array(parts.joined().prefix(count)), best: best * (1 - 1e-12), limit: stopsAfter)
            start += count
        }
        return maxima
    }

    /// The maxima of eight simulations.
    private func batch(_ first: Int) throws(AnalysisError) -> [Double] {
        var counts = [SIMD8<Float>](repeating: SIMD8(), count: population.count)
        for lane in 0..<Self.lanes { lay(&counts, lane, first + lane) }
        var maxima = [Double](repeating: 0, count: Self.lanes)
        // Best so far as the bound sees it, a hair lower because lanes are rounded.
        var best = SIMD8<Float>()
        let scale = model.cases / model.population
        let all = Float(model.cases)
        let bound = Float(model.bound)
        let (isHigh, isLow) = (model.direction != .low, model.direction != .high)
        for family in families {
            let (zones, factor) = (family.zones, family.factor)
            let bound = bound * Float(factor)
            for center in 0..<population.count {
                if center & 0x3F == 0 { try AnalysisError.checkCancellation() }
                var lanes = SIMD8<Float>()
                var people = 0.0
                for index in zones.offsets[center]..<zones.offsets[center + 1] {
                    let entry = zones.entries[index]
                    let place = Int(entry < 0 ? ~entry : entry)
                    lanes += counts[place]
                    people += population[place]
                    guard entry >= 0 else { continue }
                    let expected = Float(people * scale)
                    let excess = lanes - expected
                    let isWorthIt = excess * excess * bound .> best * (expected * (all - expected))
                    guard any(isWorthIt) else { continue }
                    for lane in 0..<Self.lanes where isWorthIt[lane] && (excess[lane] > 0 ? isHigh : isLow) {
                        let ratio = model.ratio(Double(lanes[lane]), people) * factor
                        if ratio > maxima[lane] {
                            maxima[lane] = ratio
                            best[lane] = Float(ratio) * 0.9999
                        }
                    }
                }
            }
        }
        return maxima
    }

    /// Lays the cases of one simulation.
    private func lay(_ counts: inout [SIMD8<Float>], _ lane: Int, _ simulation: Int) {
        let cases = NearestInteger.integer(model.cases)
        switch lots {
        case .places(let table):
            var random = CounterRandom(seed: seed, .poissonScan, permutation: simulation)
            for _ in 0..<cases { counts[table.draw(&random)][lane] += 1 }
        case .weights(let weights, let table):
            var random = CounterRandom(seed: seed, .poissonScan, permutation: simulation)
            for weight in weights { counts[table.draw(&random)][lane] += Float(weight) }
        case .people(var labels):
            var random = CounterRandom(seed: seed, .bernoulliScan, permutation: simulation)
            // The smaller group is drawn.
            let drawn = min(cases, labels.count - cases)
            let areCases = drawn == cases
            if !areCases { for place in counts.indices { counts[place][lane] = Float(population[place]) } }
            for person in 0..<drawn {
                labels.swapAt(person, person + random.index(below: labels.count - person))
                counts[Int(labels[person])][lane] += areCases ? 1 : -1
            }
        }
    }
}
