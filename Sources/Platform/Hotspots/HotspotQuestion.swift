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
        /// Where one category is denser than all others, with its test at each place.
        case relativeRisk = "relative-risk"
        /// In which cells one category has a larger or smaller share than in all, with an exact test.
        case locationQuotient = "location-quotient"
        /// Around which contributions of one category another is frequent or rare, with an exact test.
        case colocationLocal = "colocation-local"
        /// Density-based clusters.
        case dbscan
        /// Clusters of different densities (HDBSCAN*).
        case hdbscan
        /// The order in which clusters of every density show, and those at one reach.
        case optics
        /// Local Moran's I per cell: hot and cold places, and those unlike their neighbours.
        case moran
        /// Local Geary's c per cell: which hold about the same as their neighbours, and which do not.
        case geary
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
        /// Squares of the European grid of the census (INSPIRE, EPSG:3035), with their names.
        case inspire
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
        /// The share of votes for it, drawn towards that of the proceeding: the mean after a Beta prior fitted to it.
        case approval
    }

    /// The kernel of a density surface.
    public enum Kernel: String, Sendable, Hashable, CaseIterable {
        case quartic, gaussian, epanechnikov, triweight, triangular, uniform
    }

    /// A named rule that finds the bandwidth of a density.
    public enum Rule: String, Sendable, Hashable, CaseIterable {
        /// Scott 1992 for two dimensions, where Silverman's factor is the same number.
        case scott
        /// The same with quartiles in place of outliers.
        case scottRobust = "scott-robust"
        /// The default radius of ArcGIS.
        case arcgis
        /// Sheather & Jones 1991 along each axis.
        case sheatherJones = "sheather-jones"
        /// The bandwidth under which each contribution is most likely given all others.
        case likelihood
    }

    /// How the part of a kernel that lies outside the area is treated.
    public enum Edge: String, Sendable, Hashable, CaseIterable {
        case none
        /// Diggle 1985: the density is divided by the kernel's mass inside.
        case uniform
        /// Jones 1993: each contribution is, which keeps the total.
        case jonesDiggle = "jones-diggle"
    }

    /// How a density is told.
    public enum Surface: String, Sendable, Hashable, CaseIterable {
        /// Raster cells with their density.
        case cells
        /// Polygons that hold shares of the density, or where a category is significantly denser.
        case isolines
    }

    /// The method of analysis.
    public var method: Method
    /// The cells of methods that count in cells, and the width of those of a density.
    public var cells = CellLayout()
    /// Shape of the cells.
    public var shape: CellShape {
        get { cells.shape }
        set { cells.shape = newValue }
    }
    /// Width of a cell in metres, flat to flat; chosen from the data when `nil`.
    public var cell: Double? {
        get { cells.width }
        set { cells.width = newValue }
    }
    /// What one contribution weighs.
    public var weight: Weight = .one
    /// Contributions of one participant that count in full in a cell of `grid`, `gi`, `moran` and `geary`; all when `nil`.
    public var perPerson: Int?
    /// Whether ``perPerson`` is the default of `auto`, and not asked for.
    var limitsByDefault = false
    /// How much noise hides whether somebody is among those that `grid` counts: the smaller, the more; none when `nil`.
    public var epsilon: Double?
    /// Contributions of one participant that count at all under `epsilon`.
    public var clip = 3
    /// How lines and areas count in `grid`, `gi`, `moran` and `geary`; by their share in `grid` and as a point else when `nil`.
    public var apportion: Apportion?
    /// Whether cells of `grid` and `gi` tell participants, votes and comments beside their count.
    public var hasMeasures = false
    /// By what the counts of `grid` and `gi` are told too.
    public var division: Division?
    /// Whether whoever asks may know how many people wrote.
    var mayTellPeople = false
    /// Classes of the cells of `grid`; none when `nil`.
    public var breaks: ClassBreaks?
    /// Which cells are neighbours in `gi`, `moran` and `geary`.
    public var neighbourhood = Neighbourhood()
    /// Rings of cells that count as neighbours; when `nil` those at the first peak of clustering, in `emerging` one.
    public var neighbours: Int? {
        get { neighbourhood.rings }
        set { neighbourhood.rings = newValue }
    }
    /// Whether a cell of `gi` is part of its own neighbourhood (Gi*), or only the cells around it are (Gi).
    public var isStar = true
    /// Correction for many places in `gi`, `moran`, `geary` and `location-quotient`.
    public var correction: Correction = .fdr
    /// How probabilities of `gi` are found.
    public var inference: Inference = .automatic
    /// Which probabilities count in `gi`, `moran` and `geary`.
    public var tails: Tails = .twoSided
    /// Level below which a place of `gi` counts as hot or cold in the summary.
    public var alpha: Double = 0.05
    /// Kernel of `kde`.
    public var kernel: Kernel = .quartic
    /// Radius (quartic) or standard deviation (Gaussian) of `kde` in metres; chosen from the data when `nil`.
    public var bandwidth: Double?
    /// Standard deviation of the kernel of `kde` in metres, instead of `bandwidth`: the same for kernels of every shape.
    public var deviation: Double?
    /// Rule for the bandwidth of `kde`; `arcgis` for the quartic and `scott` for the Gaussian when `nil`.
    public var rule: Rule?
    /// Border correction of `kde`; chosen when `nil`.
    public var edge: Edge?
    /// Whether the bandwidth of `kde` is smaller where contributions are dense.
    public var isAdaptive = false
    /// Shares of the density that isolines hold, in percent.
    public var levels: [Double] = standardLevels
    /// What ``levels`` are where nobody says.
    static let standardLevels: [Double] = [25, 50, 75, 90]
    /// Form of the answer of `kde` and `relative-risk`.
    public var surface: Surface = .cells
    /// Whether ``surface`` was chosen by `auto`, and not asked for.
    var isSurfaceChosen = false
    /// Reach of `dbscan` in metres, chosen from the data when `nil`; for `hdbscan` the distance below which clusters
    /// stay together.
    public var reach: Double?
    /// Contributions within reach that make a core of `dbscan`, 5 when `nil`; contributions that make a cluster of
    /// `hdbscan`.
    public var minPoints: Int?
    /// Others within the core distance of a contribution in `hdbscan`; as many as make a cluster, at most 10, when `nil`.
    public var minSamples: Int?
    /// How clusters of `hdbscan` are taken from their hierarchy.
    public var selection: Selection = .excessOfMass
    /// Whether all contributions may be one cluster of `hdbscan`.
    public var mayBeOne = false
    /// Whether clusters name their members.
    public var namesMembers = false
    /// Whether clusters tell the words that single them out; where there are not too many contributions when `nil`.
    public var terms: Bool?

    /// Whether methods that depend on a scale are run at others too, to tell how stable what they find is; where that is
    /// quick when `nil`.
    public var sensitivity: Bool?
    /// Category that `scan`, `relative-risk`, `location-quotient` and `colocation-local` look at, by its slug; the most frequent
    /// when `nil`.
    public var focus: String?
    /// Category that `colocation-local` looks for around it; the most frequent of the others when `nil`.
    public var against: String?
    /// Largest part of all contributions that a circle of `scan` may hold.
    public var share = 0.1
    /// Simulations of `scan`, 999 when `nil`; permutations of `gi`, `moran` and `geary` where they are drawn, as many as can be done
    /// in time when `nil`.
    public var permutations: Int?
    /// Seed of what is drawn at random.
    public var seed: UInt64 = 1

    /// What `scan` compares with what.
    public var model: ScanModel = .bernoulli
    /// The form of the zones of `scan`.
    public var window: Window = .circle
    /// How much long ellipses of `scan` count for less; `medium` when `nil`.
    public var penalty: Penalty?
    /// Which circles `scan` looks for.
    public var direction: Direction = .high
    /// Scans of `scan` one after the other, each without the places of the cluster found before.
    public var rounds = 1
    /// Whether the Gumbel law decides which clusters of `scan` are significant, and not the share of simulations.
    public var isGumbel = false
    /// Layer of area units with inhabitants, by its slug: the population of `scan` under the model `poisson`, the units whose
    /// rates `gi` and `moran` look at in place of cells.
    public var layer: String?
    /// When area units of `gi` and `moran` are neighbours; at a shared corner when `nil`.
    public var contiguity: Touch?
    /// Metres up to which two corners of area units count as one.
    public var snap = 0.0
    /// Largest part of all steps that a cluster of the model `space-time` may last.
    public var duration = 0.5
    /// Whether clusters of the model `space-time` must last until the final step.
    public var isProspective = false
    /// Length of a step of `emerging` and of the model `space-time`; chosen from the data when `nil`.
    public var step: TimeStep?
    /// With what the cells of `emerging` are compared.
    public var baseline: Baseline = .cube
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

    /// How a line or area counts in cells.
    public enum Apportion: String, Sendable, Hashable, CaseIterable {
        /// Whole, where its representative point lies.
        case point
        /// In each cell by the share of its length or area.
        case share
        /// Whole in every cell that it touches; sums then mean nothing.
        case touch
    }

    /// How clusters of `hdbscan` are taken from their hierarchy.
    public enum Selection: String, Sendable, Hashable, CaseIterable {
        /// A cluster is taken unless its parts together are more stable.
        case excessOfMass = "eom"
        /// The smallest clusters, those without parts.
        case leaf
    }

    /// Which clusters `scan` looks for.
    public enum Direction: String, Sendable, Hashable, CaseIterable {
        case high, low, both
    }

    /// From which cells and steps mean and variance of Gi* come.
    public enum Baseline: String, Sendable, Hashable, CaseIterable {
        /// All cells of all steps.
        case cube
        /// All cells of the same step: what holds everywhere in a step is not hot.
        case slice
        /// All cells of the same step and the ones before that are its neighbours.
        case neighbourhood
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
