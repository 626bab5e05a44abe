/// What a scan found.
public struct ScanResult: Sendable, Equatable {
    /// One zone with its cases.
    public struct Cluster: Sendable, Equatable {
        /// Places inside, rising.
        public let members: [Int]
        /// The place at the centre of the circle.
        public let center: Int
        /// Radius of the circle in metres; the farthest place lies on it.
        public let radius: Double
        /// First and last step of the cylinder; `nil` without time.
        public let steps: ClosedRange<Int>?
        /// Cases inside.
        public let cases: Double
        /// Cases expected inside.
        public let expected: Double
        /// The rate inside to the rate outside; `nil` where all cases are inside.
        public let relativeRisk: Double?
        /// Logarithm of the likelihood ratio.
        public let logLikelihoodRatio: Double
        /// Share of simulations with an equal or better zone anywhere; `nil` without simulations.
        public var p: Double?
        /// The same from a Gumbel distribution fitted to the simulations by their moments, for small probabilities.
        public var gumbelP: Double?
        /// The form of the zone; of an ellipse ``radius`` is half of the longer axis.
        public var window = ScanWindow.circle

        /// The probability that is to decide; the share of simulations where no Gumbel distribution could be fitted.
        public func probability(isGumbel: Bool) -> Double? { isGumbel ? gumbelP ?? p : p }

        /// The same cluster with its places as others number them.
        func renumbered(_ numbers: [Int]) -> Cluster {
            var cluster = Cluster(
                members: members.map { numbers[$0] }, center: numbers[center], radius: radius, steps: steps,
                cases: cases, expected: expected, relativeRisk: relativeRisk, logLikelihoodRatio: logLikelihoodRatio)
            (cluster.p, cluster.gumbelP, cluster.window) = (p, gumbelP, window)
            return cluster
        }
    }

    /// The best cluster, and the best ones that share no place with those before; probabilities of all against the
    /// best zones of the simulations, which is cautious for the later ones.
    public let clusters: [Cluster]
    /// The best zones whether they overlap or not, each set of places once; no probabilities.
    public let top: [Cluster]
    /// Number of zones of each form, equal sets of places once.
    public let zones: Int
    /// Simulations made.
    public let simulations: Int
    /// Whether the simulations stopped early because the best cluster was surely not significant.
    public let isStoppedEarly: Bool
}

/// How a scan is made.
public struct ScanOptions: Sendable, Hashable {
    /// Most of the population that a zone may hold, above 0 and at most 1; 0.1 suits cities.
    public var maximumShare = 0.5
    /// Which clusters are looked for.
    public var direction = ScanDirection.high
    /// Forms of the zones, of which each is looked at; circles alone unless said otherwise.
    public var windows = [ScanWindow.circle]
    /// How much long ellipses count for less.
    public var penalty = EccentricityPenalty.medium
    /// Simulations; 0 for none.
    public var simulations = 999
    /// Seed of the simulations.
    public var seed: UInt64 = 1
    /// Simulations stop when so many reach the best cluster; 0 for never.
    public var stopsAfter = 20
    /// Most clusters without overlap.
    public var clusters = 5
    /// Length of the list of the best zones.
    public var listed = 25

    /// The defaults.
    public init() {}

    /// Throws when an option lies outside its range.
    func check() throws(AnalysisError) {
        guard maximumShare > 0, maximumShare <= 1 else {
            throw AnalysisError(
                .invalidParameter, "The largest share of the population in a zone must be above 0 and at most 1.")
        }
        guard !windows.isEmpty, windows.allSatisfy({ $0.shape >= 1 && $0.shape <= 100 && $0.angle.isFinite }) else {
            throw AnalysisError(
                .invalidParameter, "A scan looks at circles, or at ellipses up to 100 times as long as wide.")
        }
        guard (0...99_999).contains(simulations), stopsAfter >= 0, (0...1000).contains(clusters),
            (0...10_000).contains(listed)
        else {
            throw AnalysisError(
                .invalidParameter, "A scan makes 0 to 99999 simulations, such as 999, and lists at most 10000 zones.")
        }
    }
}

/// Maxima of simulations turned into probabilities.
struct ScanMaxima {
    private(set) var values: [Double] = []
    private(set) var isStopped = false

    /// Adds maxima in order; stops at the one by which `limit` have reached `best`.
    mutating func append(_ maxima: [Double], best: Double, limit: Int) {
        var reached = values.count { $0 >= best }
        for maximum in maxima where !isStopped {
            values.append(maximum)
            if maximum >= best { reached += 1 }
            isStopped = limit > 0 && reached >= limit
        }
    }

    /// (1 + reached) / (simulations + 1), or reached / simulations where they stopped early (Besag & Clifford 1991,
    /// doi:10.1093/biomet/78.2.301).
    func p(_ ratio: Double) -> Double? {
        guard !values.isEmpty else { return nil }
        let reached = values.count { $0 >= ratio * (1 - 1e-12) }
        return isStopped
            ? Double(max(reached, 1)) / Double(values.count) : Double(reached + 1) / Double(values.count + 1)
    }

    /// The tail of a Gumbel distribution with the mean and deviation of the maxima; `nil` for fewer than 99.
    func gumbelP(_ ratio: Double) -> Double? {
        guard values.count >= 99 else { return nil }
        let n = Double(values.count)
        let mean = values.compensatedSum / n
        let variance = values.map { ($0 - mean) * ($0 - mean) }.compensatedSum / (n - 1)
        guard variance > 0 else { return nil }
        let beta = (variance * 6).squareRoot() / Double.pi
        let mu = mean - 0.577_215_664_9 * beta
        let x = Elementary.exp(-(ratio - mu) / beta)
        // 1 − exp(−x), by its series where x is small.
        return x < 1e-5 ? x * (1 - x / 2) : 1 - Elementary.exp(-x)
    }
}
