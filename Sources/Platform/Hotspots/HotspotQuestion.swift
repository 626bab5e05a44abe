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
        /// Circles with more than elsewhere: of one category, per inhabitant, or for a span of time (Kulldorff's scans).
        case scan
        /// How hot and cold cells came to be over steps of time (space-time cube).
        case emerging
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
        /// Conditional permutations, counted; drawn where they cannot be counted, and the normal law where that would
        /// take too long.
        case exact
        /// Conditional permutations, drawn by chance.
        case permutation
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
    /// Which cells are neighbours in `gi` and `moran`.
    public var neighbourhood = Neighbourhood()
    /// Rings of cells that count as neighbours; when `nil` those at the first peak of clustering, in `emerging` one.
    public var neighbours: Int? {
        get { neighbourhood.rings }
        set { neighbourhood.rings = newValue }
    }
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
    /// Simulations of `scan`, 999 when `nil`; permutations of `gi` and `moran` where they are drawn, as many as can be done
    /// in time when `nil`.
    public var permutations: Int?
    /// Seed of what is drawn at random.
    public var seed: UInt64 = 1

    /// What `scan` compares with what.
    public var model: ScanModel = .bernoulli
    /// Which circles `scan` looks for.
    public var direction: Direction = .high
    /// Layer of area units with inhabitants, by its slug: the population of `scan` under the model `poisson`.
    public var layer: String?
    /// Largest part of all steps that a cluster of the model `space-time` may last.
    public var duration = 0.5
    /// Whether clusters of the model `space-time` must last until the final step.
    public var isProspective = false
    /// Length of a step of `emerging` and of the model `space-time`; chosen from the data when `nil`.
    public var step: TimeStep?
    /// Which cells `emerging` looks at.
    public var locations: Locations = .all
    /// Steps before that are neighbours of a step of `emerging`.
    public var previousSteps = 1
    /// Level of trends of `emerging`.
    public var trendAlpha = 0.05
    /// What `emerging` does about series whose values depend on the ones before.
    public var trendCorrection: TrendCorrection = .none

    /// Makes a question with the defaults of its method.
    public init(method: Method) { self.method = method }
}

extension HotspotQuestion {
    /// What `scan` compares with what.
    public enum ScanModel: String, Sendable, Hashable, CaseIterable {
        /// The contributions of one category with all contributions.
        case bernoulli
        /// Contributions with inhabitants.
        case poisson
        /// Contributions of a place and span with what place and time on their own let expect.
        case spaceTime = "space-time"
    }

    /// Which clusters `scan` looks for.
    public enum Direction: String, Sendable, Hashable, CaseIterable {
        case high, low, both
    }

    /// Which cells a space-time cube has.
    public enum Locations: String, Sendable, Hashable, CaseIterable {
        /// All of the study area.
        case all
        /// Those that hold a contribution at some time.
        case occupied
    }

    /// What is done about series whose values depend on the ones before.
    public enum TrendCorrection: String, Sendable, Hashable, CaseIterable {
        case none
        /// The variance is stretched by the autocorrelation of the ranks (Hamed & Rao 1998).
        case hamedRao = "hamed-rao"
    }
}
