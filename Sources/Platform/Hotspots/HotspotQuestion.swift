/// What a planner asks of the hotspots, as one value: equal questions on the same data have equal answers.
public struct HotspotQuestion: Sendable, Hashable {
    /// The method of analysis.
    public enum Method: String, Sendable, Hashable, CaseIterable {
        /// Counts per cell.
        case grid
        /// Getis-Ord Gi* per cell.
        case gi
        /// Kernel density.
        case kde
        /// Density-based clusters.
        case dbscan
        /// Clusters of different densities (HDBSCAN*).
        case hdbscan
        /// Local Moran's I per cell: hot and cold places, and those unlike their neighbours.
        case moran
        /// Circles in which one category has a larger share than elsewhere (Kulldorff's Bernoulli scan).
        case scan
        /// The method that the data bear: Gi* where there is enough for it, else a density.
        case auto
    }

    /// The shape of the cells.
    public enum CellShape: String, Sendable, Hashable, CaseIterable {
        case hex, square
    }

    /// What one contribution weighs.
    public enum Weight: String, Sendable, Hashable, CaseIterable {
        /// Every contribution 1.
        case one
        /// 1 + ln(1 + max(0, votes for − votes against)): a single viral contribution does not carry a hotspot.
        case votes
        /// 1 + ln(1 + comments).
        case comments
        /// 1 + votes for + comments, undamped.
        case support
    }

    /// The kernel of a density surface.
    public enum Kernel: String, Sendable, Hashable, CaseIterable {
        case quartic, gaussian
    }

    /// How a density is told.
    public enum Surface: String, Sendable, Hashable, CaseIterable {
        /// Raster cells with their density.
        case cells
        /// Polygons that hold 25, 50, 75 and 90 % of the density.
        case isolines
    }

    /// How p-values are corrected for many places.
    public enum Correction: String, Sendable, Hashable, CaseIterable {
        /// Benjamini-Hochberg false discovery rate.
        case fdr
        /// Benjamini-Yekutieli, valid under every dependence.
        case fdrDependent = "fdr-by"
        /// None: raw p-values decide.
        case none
    }

    /// How probabilities of `gi` are found.
    public enum Inference: String, Sendable, Hashable, CaseIterable {
        /// Exact where the normal law is rough: fewer than 8 neighbours, or more than half of the cells empty.
        case automatic
        /// Conditional permutations, counted; the normal law where counting would take too long.
        case exact
        /// The normal law.
        case normal
    }

    /// The method of analysis.
    public var method: Method
    /// Shape of the cells of `grid`, `gi`, `moran` and `scan`.
    public var shape: CellShape = .hex
    /// Width of a cell in metres, flat to flat; chosen from the data when `nil`.
    public var cell: Double?
    /// What one contribution weighs.
    public var weight: Weight = .one
    /// Rings of cells that count as neighbours in `gi`; when `nil` those at the first peak of clustering.
    public var neighbours: Int?
    /// Correction for many places in `gi`.
    public var correction: Correction = .fdr
    /// How probabilities of `gi` are found.
    public var inference: Inference = .automatic
    /// Level below which a place of `gi` counts as hot or cold in the summary.
    public var alpha: Double = 0.05
    /// Kernel of `kde`.
    public var kernel: Kernel = .quartic
    /// Radius (quartic) or standard deviation (Gaussian) of `kde` in metres; chosen from the data when `nil`.
    public var bandwidth: Double?
    /// Form of the answer of `kde`.
    public var surface: Surface = .cells
    /// Reach of `dbscan` in metres, chosen from the data when `nil`; for `hdbscan` the distance below which clusters
    /// stay together.
    public var reach: Double?
    /// Contributions within reach that make a core of `dbscan`, 5 when `nil`; contributions that make a cluster of
    /// `hdbscan`.
    public var minPoints: Int?

    /// Whether `gi` is run again on other cell sizes and origins, to tell how stable its hot cells are.
    public var sensitivity = true
    /// Category whose share `scan` looks at, by its slug; the most frequent when `nil`.
    public var focus: String?
    /// Largest part of all contributions that a circle of `scan` may hold.
    public var share = 0.1
    /// Simulations of `scan`.
    public var permutations = 999
    /// Seed of what is drawn at random.
    public var seed: UInt64 = 1

    /// Makes a question with the defaults of its method.
    public init(method: Method) { self.method = method }

    /// Checks the ranges of the numbers.
    ///
    /// - Throws: ``PlatformError`` of kind `badRequest` that names the parameter and its range.
    func validate() throws {
        func check(_ value: Double?, _ name: String, _ range: ClosedRange<Double>, _ unit: String) throws {
            guard let value else { return }
            guard value.isFinite, range.contains(value) else {
                throw PlatformError(
                    .badRequest, "\(name) must lie between \(range.lowerBound) and \(range.upperBound)\(unit)")
            }
        }
        try check(cell, "cell", 1...100_000, " metres")
        try check(bandwidth, "bandwidth", 1...100_000, " metres")
        try check(reach, "eps", 0.01...100_000, " metres")
        try check(alpha, "alpha", 1e-6...0.5, "")
        try check(neighbours.map(Double.init), "neighbours", 1...10, " rings")
        try check(share, "share", 0.001...0.5, "")
        try check(Double(permutations), "permutations", 99...99_999, "")
        try check(minPoints.map(Double.init), "minPoints", 1...10_000, " contributions")
    }
}
