import GeoCore

/// Looks for the best circles in the data as they are.
struct CircularSearch {
    let points: Points
    /// The zones of each form.
    let families: [WindowZones]
    let cases: [Double]
    let population: [Double]
    let model: ScanModel

    /// A zone: so many entries of a centre's row.
    private struct Zone {
        let family: Int
        let center: Int
        let entries: Int
        let ratio: Double
        let hash: UInt64
    }

    /// The best zones, the clusters, and their probabilities.
    func result(_ options: ScanOptions, _ simulation: CircularSimulation) async throws(AnalysisError) -> ScanResult {
        let top = try best(options.listed)
        var clusters: [ScanResult.Cluster] = []
        var isTaken = [Bool](repeating: false, count: points.count)
        while clusters.count < options.clusters, let zone = try best(1, avoiding: isTaken).first {
            let found = cluster(zone)
            for member in found.members { isTaken[member] = true }
            clusters.append(found)
        }
        var maxima = ScanMaxima()
        if let best = clusters.first {
            maxima = try await simulation.maxima(
                options.simulations, best: best.logLikelihoodRatio, stopsAfter: options.stopsAfter)
        }
        for index in clusters.indices {
            clusters[index].p = maxima.p(clusters[index].logLikelihoodRatio)
            clusters[index].gumbelP = maxima.gumbelP(clusters[index].logLikelihoodRatio)
        }
        return ScanResult(
            clusters: clusters, top: top.map(cluster), zones: families.reduce(0) { $0 + $1.zones.count },
            simulations: maxima.values.count,
            isStoppedEarly: maxima.isStopped)
    }

    /// The zones with the highest ratios above 0, equal sets once; the smallest centre and zone first among equals.
    private func best(_ limit: Int, avoiding isTaken: [Bool]? = nil) throws(AnalysisError) -> [Zone] {
        var found: [Zone] = []
        guard limit > 0 else { return found }
        for (family, center) in families.indices.lazy.flatMap({ family in
            (0..<points.count).lazy.map { (family, $0) }
        }) {
            let (zones, factor) = (families[family].zones, families[family].factor)
            if center & 0xFF == 0 { try AnalysisError.checkCancellation() }
            var (count, people, hash) = (0.0, 0.0, UInt64(0))
            for index in zones.offsets[center]..<zones.offsets[center + 1] {
                let entry = zones.entries[index]
                let place = Int(entry < 0 ? ~entry : entry)
                if let isTaken, isTaken[place] { break }
                count += cases[place]
                people += population[place]
                hash &+= CircularZones.hash(place)
                guard entry >= 0 else { continue }
                let ratio = model.ratio(count, people) * factor
                guard ratio > 0, found.count < limit || ratio > found[found.count - 1].ratio else { continue }
                if found.contains(where: { $0.hash == hash }) { continue }
                let zone = Zone(
                    family: family, center: center, entries: index + 1 - zones.offsets[center], ratio: ratio, hash: hash
                )
                found.insert(zone, at: found.partitioningIndex { $0.ratio < ratio })
                if found.count > limit { found.removeLast() }
            }
        }
        return found
    }

    private func cluster(_ zone: Zone) -> ScanResult.Cluster {
        let (points, zones) = (families[zone.family].points, families[zone.family].zones)
        let start = zones.offsets[zone.center]
        let entries = zones.entries[start..<start + zone.entries]
        let members = entries.map { Int($0 < 0 ? ~$0 : $0) }
        let count = members.map { cases[$0] }.compensatedSum
        let expected = model.cases * members.map { population[$0] }.compensatedSum / model.population
        let farthest = members[members.count - 1]
        let (dx, dy) = (points.x[farthest] - points.x[zone.center], points.y[farthest] - points.y[zone.center])
        var cluster = ScanResult.Cluster(
            members: members.sorted(), center: zone.center, radius: (dx * dx + dy * dy).squareRoot(), steps: nil,
            cases: count, expected: expected,
            relativeRisk: relativeRisk(count, expected, of: model.cases),
            logLikelihoodRatio: zone.ratio)
        cluster.window = families[zone.family].window
        return cluster
    }
}

/// The rate inside to the rate outside; `nil` where all cases are inside.
func relativeRisk(_ count: Double, _ expected: Double, of all: Double) -> Double? {
    all > count && expected > 0 ? count / expected / ((all - count) / (all - expected)) : nil
}
