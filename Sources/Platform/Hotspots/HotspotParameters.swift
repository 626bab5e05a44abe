extension HotspotQuestion {
    /// Every parameter with its meaning, its range and the methods that have it.
    public static let parameters: [AnalysisParameter] =
        CellLayout.parameters(
            of: [Method.grid, .gi, .moran, .geary, .locationQuotient, .scan, .emerging, .auto],
            sized: [.grid, .gi, .moran, .geary, .kde, .relativeRisk, .locationQuotient, .scan, .emerging, .auto])
        + cellParameters + ClassBreaks.parameters(of: [Method.grid]) + otherParameters + windowParameters

    private static let cellParameters: [AnalysisParameter] =
        [
            .init(
                "weight", words(Weight.self), of: Method.allCases.filter { !$0.countsShares },
                "What one contribution weighs; 1 in scans but for model=poisson."),
            .init(
                "perPerson", .integer(1...100, unit: "contributions", example: 3),
                of: [Method.grid, .gi, .moran, .geary, .auto],
                "Contributions of one participant that count in full in a cell: more share the weight of so many, against "
                    + "flooding. For those who may read unpublished aggregates, since it tells who wrote more than once; "
                    + "auto then takes 3."
            ),
            .init(
                "measures", .flag, of: [Method.grid, .gi],
                "Whether cells tell how many participants wrote, votes for and against, comments, and mean, median and extremes of "
                    + "votes for less votes against beside their count."
            ),
            .init(
                "by", words(Division.self), of: [Method.grid, .gi],
                "By what the count of each cell is divided: how many contributions are of each category."),
            .init(
                "epsilon", .number(0.01...10, unit: "", example: 1), of: [Method.grid, .gi],
                "Adds noise to the count of every cell, empty ones too, so that nobody can tell whether any one person is "
                    + "among those counted (differential privacy): the smaller, the more noise. Wants cell. The noise is "
                    + "secret, and the same whenever the same is asked of the same data. It is spent of the yearly "
                    + "privacy budget of the proceeding. gi adds its variance to that of the counts."),
            .init(
                "clip", .integer(1...100, unit: "contributions", example: 3), of: [Method.grid, .gi],
                "Contributions of one participant that count at all under epsilon: more need more noise."),
            .init(
                "apportion", words(Apportion.self), of: [Method.grid, .gi, .moran, .geary, .kde],
                "How lines and areas count: whole where their point lies, by the share of their length or area in each cell, "
                    + "or whole in each cell they touch. share is the default of grid, point of gi and moran, whose exact "
                    + "tests want whole numbers. Under kde share lets a line count evenly along its length, an area over its "
                    + "interior."),
        ]
        + Neighbourhood.parameters(
            of: [Method.gi, .moran, .geary], rings: [.gi, .moran, .geary, .emerging, .auto],
            nearest: [.colocationLocal])

    private static let clustering = Method.allCases.filter(\.makesClusters)

    private static let otherParameters: [AnalysisParameter] = [
        .init(
            "star", .flag, of: [Method.gi],
            "Whether a cell is part of its own neighbourhood (Gi*, the default), or only the cells around it are (Gi)."),
        .init(
            "correction", words(Correction.self),
            of: [Method.gi, .moran, .geary, .locationQuotient, .colocationLocal, .auto],
            "Correction for many places."),
        .init(
            "inference", words(Inference.self), of: [Method.gi, .moran, .emerging, .auto],
            "How probabilities are found: exact where the normal law is rough."),
        .init(
            "tails", words(Tails.self), of: [Method.gi, .moran, .geary, .auto],
            "Which probabilities count: the smaller tail doubled (two-sided, the default), not doubled (directed, as GeoDa "
                + "has it: a nominal 0.05 is a real 0.10), or what is at least as far from the expected value (folded)."
        ),
        .init(
            "alpha", .number(1e-6...0.5, unit: "", example: 0.05),
            of: [
                Method.gi, .moran, .geary, .scan, .emerging, .relativeRisk, .locationQuotient, .colocationLocal, .auto,
            ],
            "Level of significance; bin of gi, location-quotient and colocation-local stands for 0.10, 0.05 and 0.01 whatever "
                + "it is."),
        .init("sensitivity", .flag, of: scaled, scaledMeaning),
        .init("kernel", words(Kernel.self), of: [Method.kde, .auto], "Kernel of the density."),
        .init(
            "bandwidth", .number(1...100_000, unit: "m", example: 400), of: [Method.kde, .relativeRisk],
            "Radius of the kernel; of the Gaussian, and so of relative-risk, its standard deviation."),
        .init(
            "deviation", .number(1...100_000, unit: "m", example: 150), of: [Method.kde],
            "Standard deviation of the kernel, instead of bandwidth: the same for kernels of every shape."),
        .init(
            "rule", words(Rule.self), of: [Method.kde, .relativeRisk], "Rule that finds the bandwidth from the data."),
        .init(
            "edge", words(Edge.self), of: [Method.kde],
            "Correction for what of a kernel lies outside the area, of Gaussian and quartic kernels."),
        .init(
            "adaptive", .flag, of: [Method.kde], "Whether the bandwidth is smaller where contributions are dense."),
        .init("surface", words(Surface.self), of: [Method.kde, .relativeRisk], "Cells or isolines."),
        .init(
            "levels", .text, of: [Method.kde],
            "Shares of the density that isolines hold, in percent with commas: 25,50,75,90 by default."),
        .init(
            "eps", .number(0.01...100_000, unit: "m", example: 300), of: [Method.dbscan, .hdbscan, .optics],
            "Reach of dbscan and of the clusters of optics; the distance below which clusters of hdbscan stay together."
        ),
        .init(
            "minPoints", .integer(1...10_000, unit: "contributions", example: 5),
            of: [Method.dbscan, .hdbscan, .optics],
            "Contributions within reach that make a core, or that make a cluster of hdbscan."),
        .init(
            "minSamples", .integer(1...10_000, unit: "contributions", example: 10), of: [Method.hdbscan],
            "Others within the core distance of a contribution: more make smoother clusters."),
        .init(
            "selection", words(Selection.self), of: [Method.hdbscan],
            "How clusters are taken from their hierarchy: the most stable ones (eom), or the smallest (leaf)."),
        .init("single", .flag, of: [Method.hdbscan], "Whether all contributions may be one cluster."),
        .init(
            "members", .flag, of: clustering,
            "Whether clusters name their contributions by number; not for the public where some are of private categories."
        ),
        .init(
            "terms", .flag, of: clustering,
            "Whether clusters tell up to five words that single them out; by default up to "
                + "\(HotspotComputation.standardTermLimit) contributions, and of \(HotspotComputation.termLimit) at most."
        ),
        .init(
            "model", words(ScanModel.self), of: [Method.scan],
            "What is compared: a category with all contributions, contributions with inhabitants, or places with "
                + "spans of time."),
        .init(
            "focus", .text, of: [Method.scan, .relativeRisk, .locationQuotient, .colocationLocal],
            "Category that is looked at; the most frequent by default."),
        .init(
            "against", .text, of: [Method.colocationLocal],
            "Category that is looked for around it; the most frequent of the others by default."),
        .init(
            "layer", .text, of: [Method.scan, .gi, .moran, .grid],
            "Layer of area units with inhabitants: of model=poisson; gi and moran then look at the rates of the units in place "
                + "of cells; grid shares their inhabitants out to its cells and tells rates."),
        .init(
            "contiguity", words(Touch.self), of: [Method.gi, .moran],
            "Whether area units are neighbours at a shared corner (queen, the default) or along a shared edge (rook)."),
        .init("snap", AreaUnit.snapping, of: [Method.gi, .moran], AreaUnit.snappingMeaning),
        .init(
            "share", .number(0.001...0.5, unit: "", example: 0.1), of: [Method.scan],
            "Largest part of the contributions, or of the inhabitants, in a circle or ellipse."),
        .init("direction", words(Direction.self), of: [Method.scan], "Whether more or fewer are looked for."),
        .init(
            "rounds", .integer(1...10, unit: "", example: 3), of: [Method.scan],
            "Scans one after the other, each without the places of the cluster found before, as long as it is significant: "
                + "finds clusters that a stronger one hides."),
        .init(
            "gumbel", .flag, of: [Method.scan],
            "Whether a Gumbel law fitted to the simulations decides what is significant: it tells probabilities smaller than "
                + "the simulations can."),
        .init(
            "duration", .number(0.01...1, unit: "", example: 0.5), of: [Method.scan],
            "Largest part of all steps that a cluster may last (model=space-time)."),
        .init(
            "prospective", .flag, of: [Method.scan],
            "Whether only clusters count that last until the final step (model=space-time)."),
        .init(
            "step", .text, of: [Method.scan, .emerging],
            "Length of a step: day, week, month, quarter of the tenant's calendar, or a number of days "
                + "(emerging, model=space-time)."),
        .init(
            "permutations", .integer(99...99_999, unit: "", example: 999),
            of: [Method.scan, .gi, .moran, .geary, .relativeRisk, .emerging],
            "Simulations of scan, permutations of gi, moran and emerging where they are drawn, of geary and of relative-risk."
        ),
        .init(
            "seed", .integer(0...1_000_000_000, unit: "", example: 1),
            of: [Method.scan, .gi, .moran, .geary, .relativeRisk, .emerging],
            "Seed of what is drawn at random."),
        .init(
            "baseline", words(Baseline.self), of: [Method.emerging],
            "With what a cell is compared: all cells of all steps (cube), of the same step (slice), or of that step and the "
                + "ones before that are neighbours (neighbourhood)."),
        .init(
            "locations", words(Locations.self), of: [Method.emerging],
            "All cells of the study area, or those that ever hold a contribution."),
        .init(
            "previousSteps", .integer(0...100, unit: "steps", example: 1), of: [Method.emerging],
            "Steps before that are neighbours of a step."),
        .init(
            "trendAlpha", .number(1e-6...0.5, unit: "", example: 0.05), of: [Method.emerging], "Level of trends."),
        .init(
            "trendCorrection", words(TrendCorrection.self), of: [Method.emerging],
            "What is done about series whose values depend on the ones before."),
    ]

    /// The words of a choice.
    static func words<Word: CaseIterable & RawRepresentable<String>>(_: Word.Type) -> AnalysisParameter.Shape {
        .choice(Word.allCases.map(\.rawValue))
    }

    /// Checks the ranges of the numbers.
    ///
    /// - Throws: ``PlatformError`` of kind `badRequest` that names the parameter, its range and a value that works.
    func validate() throws {
        try Self.parameters.check(
            neighbourhood.numbers + cells.numbers + [
                ("bandwidth", bandwidth), ("deviation", deviation), ("eps", reach), ("alpha", alpha),
                ("share", share), ("permutations", permutations.map(Double.init)),
                ("minPoints", minPoints.map(Double.init)), ("minSamples", minSamples.map(Double.init)),
                ("duration", duration), ("trendAlpha", trendAlpha),
                ("previousSteps", Double(previousSteps)), ("rounds", Double(rounds)),
                ("perPerson", perPerson.map(Double.init)),
                ("epsilon", epsilon), ("clip", Double(clip)), ("snap", snap),
            ])
        if method == .hdbscan || (method == .dbscan && reach == nil), minPoints == 1 {
            throw PlatformError(
                .badRequest,
                "minPoints must be at least 2 for \(method == .hdbscan ? "hdbscan" : "a reach found from the data")",
                hint: "minPoints=5, say")
        }
        if method != .colocationLocal { try neighbourhood.validate() }
        try validateUnits()
        try cells.validate()
        if let breaks, !ClassBreaks.range.contains(breaks.classes) { _ = try breaks.divide([]) }
        if case .days(let days)? = step, !TimeStep.range.contains(days) {
            throw PlatformError(.badRequest, "step \(TimeStep.rule)", parameter: "step")
        }
        if method == .kde { try validateDensity() }
        if method == .grid || method == .gi { try validateNoise() }
        if method == .relativeRisk, bandwidth != nil, rule != nil {
            throw PlatformError(.badRequest, "bandwidth and rule exclude each other", parameter: "rule")
        }
        if weight != .one, method.countsShares || method == .scan && model != .poisson {
            throw PlatformError(
                .badRequest,
                "\(method.rawValue) counts contributions: weight must be one", parameter: "weight",
                hint: method == .scan ? "model=poisson takes weights" : "gi and kde take weights")
        }
        guard method == .scan else { return }
        if model == .poisson, layer == nil {
            throw PlatformError(
                .badRequest, "model=poisson needs layer: the id of a layer of area units with inhabitants",
                parameter: "layer")
        }
        try validateWindow()
        for (isGiven, name, needed) in [
            (layer != nil, "layer", ScanModel.poisson), (focus != nil, "focus", .bernoulli),
            (step != nil, "step", .spaceTime), (sensitivity == true, "sensitivity", .bernoulli),
        ] where isGiven && model != needed {
            throw PlatformError(
                .badRequest, "\(name) belongs to model=\(needed.rawValue), not \(model.rawValue)", parameter: name)
        }
    }

    private func validateNoise() throws {
        guard try NoiseLevel.isAsked(epsilon: epsilon, clip: clip) else { return }
        guard cell != nil else {
            throw PlatformError(
                .badRequest, "epsilon needs cell, for example cell=500: a width chosen from the data tells of them",
                parameter: "cell")
        }
        guard weight == .one, breaks == nil, layer == nil, perPerson == nil, (apportion ?? .point) == .point,
            !hasMeasures,
            division == nil
        else {
            throw PlatformError(
                .badRequest,
                "epsilon is for plain counts: it takes no weight, layer, breaks, perPerson, measures or by, and apportion=point",
                parameter: "epsilon")
        }
        guard [.automatic, .normal].contains(inference), permutations == nil else {
            throw PlatformError(
                .badRequest,
                "epsilon takes no permutations: they know nothing of the noise; inference=normal can be done",
                parameter: permutations == nil ? "inference" : "permutations")
        }
        guard sensitivity != true else {
            throw PlatformError(
                .badRequest, "epsilon takes sensitivity=false: other cells would tell of the same contributions again",
                parameter: "sensitivity")
        }
    }

    private func validateDensity() throws {
        let given = [("bandwidth", bandwidth != nil), ("deviation", deviation != nil), ("rule", rule != nil)]
            .filter(\.1).map(\.0)
        guard given.count <= 1 else {
            throw PlatformError(
                .badRequest, "\(given.joined(separator: " and ")) exclude each other", parameter: given.last)
        }
        guard (1...10).contains(levels.count), levels.allSatisfy({ $0.isFinite && (0.1...99.9).contains($0) }),
            Set(levels).count == levels.count
        else {
            throw PlatformError(
                .badRequest, "levels must be 1 to 10 different numbers from 0.1 to 99.9, for example 25,50,75,90",
                parameter: "levels")
        }
        if apportion == .touch {
            throw PlatformError(
                .badRequest, "kde takes apportion=point or share; touch is for cells", parameter: "apportion")
        }
        if apportion == .share, isAdaptive || edge == .jonesDiggle {
            throw PlatformError(
                .badRequest, "apportion=share takes neither adaptive nor edge=jones-diggle; edge=uniform can be done",
                parameter: "apportion")
        }
        if let edge, edge != .none, kernel != .gaussian, kernel != .quartic {
            throw PlatformError(
                .badRequest,
                "edge=\(edge.rawValue) is for kernel=gaussian or quartic; \(kernel.rawValue) takes edge=none",
                parameter: "edge")
        }
        if isAdaptive, edge == .uniform {
            throw PlatformError(.badRequest, "adaptive takes edge=none or jones-diggle, not uniform", parameter: "edge")
        }
    }
}
