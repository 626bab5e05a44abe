import GeoCore

/// Circles over spans of steps, searched in the data and in simulations.
struct Cylinders: Sendable {
    let zones: CircularZones
    let spans: Spans
    let minimum: Int
    private let direction: ScanDirection
    private let all: Int
    /// Contributions in each span.
    let spanTotals: [Double]
    /// What is no cluster in a simulation, where only more than expected counts and the numbers are not too many.
    private let floors: CylinderFloors?

    init(zones: CircularZones, spans: Spans, stepTotals: [Int], minimum: Int, direction: ScanDirection, all: Int) {
        self.zones = zones
        self.spans = spans
        self.minimum = minimum
        self.direction = direction
        self.all = all
        let totals = zip(spans.first, spans.last).map { Double(stepTotals[$0...$1].reduce(0, +)) }
        spanTotals = totals
        let largest = zip(zones.offsets, zones.offsets.dropFirst()).reduce(0) { max($0, $1.1 - $1.0) }
        floors =
            direction == .high ? CylinderFloors(totals, largest: largest, minimum: minimum, all: all) : nil
    }

    private struct Cylinder {
        let center: Int
        let entries: Int
        let span: Int
        let count: Int
        let ratio: Double
        let hash: UInt64
    }

    func result(_ points: Points, _ steps: [Int], _ options: ScanOptions) async throws(AnalysisError) -> ScanResult {
        let top = try best(options.listed, steps)
        var clusters: [ScanResult.Cluster] = []
        var isTaken = [Bool](repeating: false, count: points.count)
        while clusters.count < options.clusters, let found = try best(1, steps, avoiding: isTaken).first {
            let made = cluster(found, points)
            for member in made.members { isTaken[member] = true }
            clusters.append(made)
        }
        var maxima = ScanMaxima()
        if let best = clusters.first?.logLikelihoodRatio {
            var start = 0
            while start < options.simulations && !maxima.isStopped {
                let first = start
                let count = min(64, options.simulations - start)
                let parts = try await Chunks.map(count, smallest: 1) { range throws(AnalysisError) in
                    var found: [Double] = []
                    for simulation in range {
                        found.append(try self.maximum(steps, options.seed, first + simulation))
                    }
                    return found
                }
                maxima.append(parts.flatMap { $0 }, best: best * (1 - 1e-12), limit: options.stopsAfter)
                start += count
            }
        }
        for index in clusters.indices {
            clusters[index].p = maxima.p(clusters[index].logLikelihoodRatio)
            clusters[index].gumbelP = maxima.gumbelP(clusters[index].logLikelihoodRatio)
        }
        return ScanResult(
            clusters: clusters, top: top.map { cluster($0, points) }, zones: zones.count,
            simulations: maxima.values.count, isStoppedEarly: maxima.isStopped)
    }

    /// The Poisson ratio of a cylinder; 0 where it is no cluster.
    @inline(__always)
    func ratio(_ count: Double, _ expected: Double) -> Double {
        let all = Double(all)
        guard expected < all, count != expected, count > expected ? direction != .low : direction != .high else {
            return 0
        }
        let inside = count > 0 ? count * Elementary.log(count / expected) : 0
        let outside = count < all ? (all - count) * Elementary.log((all - count) / (all - expected)) : 0
        return max(0, inside + outside)
    }

    /// The cylinders with the highest ratios above 0, equal ones once.
    private func best(
        _ limit: Int, _ steps: [Int], avoiding isTaken: [Bool]? = nil
    ) throws(AnalysisError) -> [Cylinder] {
        var found: [Cylinder] = []
        guard limit > 0 else { return found }
        var counts = [Int](repeating: 0, count: spans.first.count)
        for center in 0..<all {
            try AnalysisError.checkCancellation()
            for span in counts.indices { counts[span] = 0 }
            var hash: UInt64 = 0
            let start = zones.offsets[center]
            for index in start..<zones.offsets[center + 1] {
                let entry = zones.entries[index]
                let place = Int(entry < 0 ? ~entry : entry)
                if let isTaken, isTaken[place] { break }
                hash &+= CircularZones.hash(place)
                for span in spans.holding[steps[place]] { counts[Int(span)] += 1 }
                guard entry >= 0 else { continue }
                let share = Double(index + 1 - start) / Double(all)
                for span in counts.indices where counts[span] >= minimum {
                    let ratio = ratio(Double(counts[span]), spanTotals[span] * share)
                    guard ratio > 0, found.count < limit || ratio > found[found.count - 1].ratio else { continue }
                    if found.contains(where: { $0.hash == hash && $0.span == span }) { continue }
                    let cylinder = Cylinder(
                        center: center, entries: index + 1 - start, span: span, count: counts[span], ratio: ratio,
                        hash: hash)
                    found.insert(cylinder, at: found.partitioningIndex { $0.ratio < ratio })
                    if found.count > limit { found.removeLast() }
                }
            }
        }
        return found
    }

    /// The highest ratio when the steps are dealt anew.
    ///
    /// Only spans with a newcomer are looked at: the others of a high cluster were better in the smaller circle.
    private func maximum(_ original: [Int], _ seed: UInt64, _ simulation: Int) throws(AnalysisError) -> Double {
        var random = CounterRandom(seed: seed, .spaceTimeScan, permutation: simulation)
        var steps = original
        for place in stride(from: steps.count - 1, to: 0, by: -1) {
            steps.swapAt(place, random.index(below: place + 1))
        }
        if let floors { return try highest(steps, floors) }
        var counts = [Double](repeating: 0, count: spans.first.count)
        let everySpan = (0..<Int32(truncatingIfNeeded: counts.count)).map { $0 }
        let total = Double(all)
        let least = Double(minimum)
        var best = 0.0
        for center in 0..<all {
            if center & 0xF == 0 { try AnalysisError.checkCancellation() }
            for span in counts.indices { counts[span] = 0 }
            let start = zones.offsets[center]
            var group = start
            for index in start..<zones.offsets[center + 1] {
                let entry = zones.entries[index]
                let place = Int(entry < 0 ? ~entry : entry)
                for span in spans.holding[steps[place]] { counts[Int(span)] += 1 }
                guard entry >= 0 else { continue }
                let share = Double(index + 1 - start) / total
                for member in group...index {
                    let newcomer = zones.entries[member]
                    let step = steps[Int(newcomer < 0 ? ~newcomer : newcomer)]
                    for span in direction == .high ? spans.holding[step] : everySpan {
                        let count = counts[Int(span)]
                        let expected = spanTotals[Int(span)] * share
                        let excess = count - expected
                        // The bound of ScanModel, to spare logarithms.
                        guard count >= least, excess * excess * total > best * expected * (total - expected) else {
                            continue
                        }
                        best = max(best, ratio(count, expected))
                    }
                    if direction != .high { break }
                }
                group = index + 1
            }
        }
        return best
    }

    private func cluster(_ cylinder: Cylinder, _ points: Points) -> ScanResult.Cluster {
        let start = zones.offsets[cylinder.center]
        let members = zones.entries[start..<start + cylinder.entries].map { Int($0 < 0 ? ~$0 : $0) }
        let farthest = members[members.count - 1]
        let (dx, dy) = (
            points.x[farthest] - points.x[cylinder.center], points.y[farthest] - points.y[cylinder.center]
        )
        let expected = Double(members.count) * spanTotals[cylinder.span] / Double(all)
        return ScanResult.Cluster(
            members: members.sorted(), center: cylinder.center, radius: (dx * dx + dy * dy).squareRoot(),
            steps: spans.first[cylinder.span]...spans.last[cylinder.span], cases: Double(cylinder.count),
            expected: expected, relativeRisk: relativeRisk(Double(cylinder.count), expected, of: Double(all)),
            logLikelihoodRatio: cylinder.ratio)
    }
}
