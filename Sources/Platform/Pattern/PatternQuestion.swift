/// What a planner asks of the contributions as a whole, as one value: equal questions on the same data have equal
/// answers.
public struct PatternQuestion: Sendable, Hashable {
    /// The method of analysis.
    public enum Method: String, Sendable, Hashable, CaseIterable {
        /// Whether contributions gather or keep apart, by the distance to the nearest other.
        case clarkEvans = "clark-evans"
        /// At which distances they gather, by Ripley's K and L against a null pattern.
        case ripley
        /// Whether those near in space are near in time as well.
        case knox
        /// Where their middle is, and how they spread about it.
        case centrography
        /// Whether cells with many lie by cells with many (Moran's I).
        case moran
        /// The same by differences between neighbours (Geary's C).
        case geary
        /// Whether the cells that lie together hold many or few (general G).
        case generalG = "general-g"
        /// Whether cells that hold a category lie together.
        case joinCounts = "join-counts"
        /// Whether categories are each other's neighbours.
        case colocation
        /// At which distances two categories gather about each other, against random labels.
        case crossK = "cross-k"
        /// Whether contributions gather about a time of day or of the week.
        case rayleigh
    }

    /// What comes round again and again.
    public enum Cycle: String, Sendable, Hashable, CaseIterable {
        case day, week
    }

    /// How pairs near the border are corrected for what lies outside.
    public enum Correction: String, Sendable, Hashable, CaseIterable {
        case none, border, translate, isotropic
    }

    /// What the contributions are compared with.
    public enum Null: String, Sendable, Hashable, CaseIterable {
        /// Spread evenly over the area.
        case uniform
        /// Drawn from all contributions of the proceeding, whatever the filter.
        case contributions
        /// Spread as the inhabitants of a layer.
        case population
    }

    /// The method of analysis.
    public var method: Method
    /// What one contribution weighs, in `ripley`, `centrography`, `moran`, `geary` and `general-g`.
    public var weight: HotspotQuestion.Weight = .one
    /// The cells of methods that count in cells.
    public var cells = CellLayout()
    /// Shape of the cells.
    public var shape: HotspotQuestion.CellShape {
        get { cells.shape }
        set { cells.shape = newValue }
    }
    /// Width of a cell in metres; chosen from the data when `nil`.
    public var cell: Double? {
        get { cells.width }
        set { cells.width = newValue }
    }
    /// Which cells are neighbours.
    public var neighbourhood = Neighbourhood()
    /// Largest distance of `ripley`, distance near in space of `knox`, in metres; chosen from the data when `nil`.
    public var reach: Double?
    /// Number of distances of `ripley`.
    public var steps = 50
    /// Border correction of `ripley`; chosen when `nil`.
    public var correction: Correction?
    /// What `ripley` compares with; chosen from the question when `nil`.
    public var null: Null?
    /// Layer of area units with inhabitants, by its slug.
    public var layer: String?
    /// When area units are neighbours in `moran`; at a shared corner when `nil`.
    public var contiguity: HotspotQuestion.Touch?
    /// Metres up to which two corners of area units count as one in `moran`.
    public var snap = 0.0
    /// Simulations of `ripley`; 0 for none.
    public var simulations = 99
    /// Rank of the values that make the envelope of `ripley`.
    public var rank = 1
    /// Days that are near in time in `knox`.
    public var days = 7.0
    /// Permutations of `knox`, `moran` and `colocation`; 0 for none.
    public var permutations = 999
    /// Category whose cells are joined, of any contribution when `nil`; first category of `cross-k`, the most frequent when
    /// `nil`.
    public var focus: String?
    /// Second category of `cross-k`; the most frequent of the others when `nil`.
    public var against: String?
    /// The cycle of `rayleigh`.
    public var cycle: Cycle = .day
    /// Level of significance.
    public var alpha = 0.05
    /// Seed of what is drawn at random.
    public var seed: UInt64 = 1

    /// Makes a question with the defaults of its method.
    public init(method: Method) { self.method = method }
}

extension PatternQuestion {
    /// Methods that count in cells.
    private static let cellular: [Method] = [.moran, .geary, .generalG, .joinCounts]

    /// Every parameter with its meaning, its range and the methods that have it.
    public static let parameters: [AnalysisParameter] =
        [
            .init(
                "weight", HotspotQuestion.words(HotspotQuestion.Weight.self),
                of: [Method.ripley, .centrography, .moran, .geary, .generalG],
                "What one contribution weighs; ripley then counts pairs by the product of what they weigh.")
        ] + CellLayout.parameters(of: cellular)
        + Neighbourhood.parameters(of: cellular, rings: cellular, nearest: [.colocation], unit: "") + [
            .init(
                "reach", .number(1...100_000, unit: "m", example: 500), of: [Method.ripley, .knox, .crossK],
                "Largest distance of ripley and cross-k; distance within which pairs of knox are near in space."),
            .init(
                "steps", .integer(5...200, unit: "", example: 50), of: [Method.ripley, .crossK], "Number of distances."),
            .init(
                "edge", HotspotQuestion.words(Correction.self), of: [Method.ripley, .crossK],
                "Correction for what lies outside the area; translate by default, where that would take too long border, of "
                    + "cross-k none."
            ),
            .init(
                "null", HotspotQuestion.words(Null.self), of: [Method.ripley],
                "What the pattern is compared with: evenly spread, all contributions whatever the filter, inhabitants. By default "
                    + "inhabitants where a layer tells them, all contributions under a filter or weight."),
            .init(
                "layer", .text, of: [Method.ripley, .moran],
                "Layer of area units with inhabitants: for ripley the null pattern (null=population); moran then looks at "
                    + "the rates of the units instead of cells."),
            .init(
                "contiguity", HotspotQuestion.words(HotspotQuestion.Touch.self), of: [Method.moran],
                "Whether area units are neighbours at a shared corner (queen, the default) or along a shared edge (rook)."
            ),
            .init("snap", AreaUnit.snapping, of: [Method.moran], AreaUnit.snappingMeaning),
            .init(
                "simulations", .integer(0...9999, unit: "", example: 99), of: [Method.ripley, .crossK],
                "Simulations of the null pattern, of cross-k permutations of the labels, 19 at least; 0 for none."),
            .init(
                "rank", .integer(1...500, unit: "", example: 1), of: [Method.ripley, .crossK],
                "Rank of the simulated values that make the envelope."),
            .init(
                "days", .number(0...3660, unit: "days", example: 7), of: [Method.knox],
                "Pairs within so many days are near in time."),
            .init(
                "permutations", .integer(0...99_999, unit: "", example: 999), of: [Method.knox, .moran, .colocation],
                "Permutations; 0 for none."),
            .init(
                "focus", .text, of: [Method.joinCounts, .crossK],
                "Category whose cells are joined, of any contribution by default; first category of cross-k, the most frequent "
                    + "by default."),
            .init(
                "against", .text, of: [Method.crossK],
                "Second category; the most frequent of the others by default."),
            .init(
                "cycle", HotspotQuestion.words(Cycle.self), of: [Method.rayleigh],
                "Whether times of day or of the week are looked at, by the clock of the tenant."),
            .init(
                "alpha", .number(1e-6...0.5, unit: "", example: 0.05), of: [Method.moran, .joinCounts, .colocation],
                "Level of significance."),
            .init(
                "seed", .integer(0...1_000_000_000, unit: "", example: 1),
                of: [Method.ripley, .knox, .moran, .colocation, .crossK],
                "Seed of what is drawn at random."),
        ]

    /// Checks the ranges of the numbers.
    ///
    /// - Throws: ``PlatformError`` of kind `badRequest` that names the parameter, its range and a value that works.
    func validate() throws {
        try Self.parameters.check(
            [
                ("reach", reach), ("steps", Double(steps)), ("simulations", Double(simulations)),
                ("rank", Double(rank)), ("days", days), ("permutations", Double(permutations)), ("alpha", alpha),
                ("snap", snap),
            ] + cells.numbers + neighbourhood.numbers)
        try cells.validate()
        if method != .colocation { try neighbourhood.validate() }
        guard simulations == 0 || simulations >= 19 else {
            throw PlatformError(
                .badRequest, "simulations must be 0 or a whole number from 19 to 9999, for example 99",
                parameter: "simulations")
        }
        guard simulations == 0 || 2 * rank <= simulations else {
            throw PlatformError(
                .badRequest,
                "rank must be at most half of the number of simulations, \(simulations / 2), for example 1: the upper "
                    + "envelope would lie below the lower one", parameter: "rank")
        }
        guard permutations == 0 || permutations >= 99 else {
            throw PlatformError(
                .badRequest, "permutations must be 0 or a whole number from 99 to 99999, for example 999",
                parameter: "permutations")
        }
        if null == .population, layer == nil {
            throw PlatformError(
                .badRequest, "null=population needs layer: the id of a layer of area units with inhabitants",
                parameter: "layer")
        }
        if method == .crossK, correction == .border {
            throw PlatformError(
                .badRequest, "cross-k takes edge=none, translate or isotropic, not border", parameter: "edge")
        }
        if method == .moran {
            guard layer == nil || (cells == CellLayout() && neighbourhood == Neighbourhood()) else {
                throw PlatformError(
                    .badRequest,
                    "with layer, moran looks at area units that touch: cells and neighbours have no parameters then",
                    parameter: "layer")
            }
            guard layer == nil || weight == .one else {
                throw PlatformError(
                    .badRequest,
                    "with layer, moran compares contributions per inhabitant, whose chance a weight would not have: weight "
                        + "must be one", parameter: "weight")
            }
            guard layer != nil || (contiguity == nil && snap == 0) else {
                throw PlatformError(
                    .badRequest,
                    "\(contiguity == nil ? "snap" : "contiguity") belongs to moran with layer: the id of a layer with "
                        + "inhabitants", parameter: contiguity == nil ? "snap" : "contiguity")
            }
            guard layer != nil || alpha == 0.05 else {
                throw PlatformError(
                    .badRequest, "alpha belongs to moran with layer, which tests each area unit", parameter: "alpha")
            }
        }
        if let null, null != .population, layer != nil {
            throw PlatformError(
                .badRequest, "layer belongs to null=population, not \(null.rawValue)", parameter: "layer")
        }
    }
}
