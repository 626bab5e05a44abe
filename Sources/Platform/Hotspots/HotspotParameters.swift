extension HotspotQuestion {
    /// Every parameter with its meaning, its range and the methods that have it.
    public static let parameters: [AnalysisParameter] = cellParameters + otherParameters

    private static let cellParameters: [AnalysisParameter] =
        [
            .init("weight", words(Weight.self), "What one contribution weighs."),
            .init(
                "grid", words(CellShape.self), of: [Method.grid, .gi, .moran, .scan, .emerging, .auto],
                "Shape of the cells."),
            .init(
                "cell", .number(1...100_000, unit: "m", example: 250),
                of: [Method.grid, .gi, .moran, .kde, .scan, .emerging, .auto],
                "Width of a cell; chosen from the data where it is not given."),
        ] + Neighbourhood.parameters(of: [Method.gi, .moran], rings: [.gi, .moran, .emerging, .auto])

    private static let otherParameters: [AnalysisParameter] = [
        .init(
            "correction", words(Correction.self), of: [Method.gi, .moran, .auto], "Correction for many places."),
        .init(
            "inference", words(Inference.self), of: [Method.gi, .moran, .auto],
            "How probabilities are found: exact where the normal law is rough."),
        .init(
            "alpha", .number(1e-6...0.5, unit: "", example: 0.05), of: [Method.gi, .moran, .scan, .emerging, .auto],
            "Level of significance."),
        .init(
            "sensitivity", .flag, of: [Method.gi, .auto],
            "Whether it is run again on other cell sizes and origins."),
        .init("kernel", words(Kernel.self), of: [Method.kde, .auto], "Kernel of the density."),
        .init(
            "bandwidth", .number(1...100_000, unit: "m", example: 400), of: [Method.kde],
            "Radius of the kernel, or standard deviation of the Gaussian."),
        .init("surface", words(Surface.self), of: [Method.kde], "Cells or isolines."),
        .init(
            "eps", .number(0.01...100_000, unit: "m", example: 300), of: [Method.dbscan, .hdbscan],
            "Reach of dbscan; the distance below which clusters of hdbscan stay together."),
        .init(
            "minPoints", .integer(1...10_000, unit: "contributions", example: 5), of: [Method.dbscan, .hdbscan],
            "Contributions within reach that make a core, or that make a cluster of hdbscan."),
        .init(
            "model", words(ScanModel.self), of: [Method.scan],
            "What is compared: a category with all contributions, contributions with inhabitants, or places with "
                + "spans of time."),
        .init("focus", .text, of: [Method.scan], "Category whose share is looked at; the most frequent by default."),
        .init("layer", .text, of: [Method.scan], "Layer of area units with inhabitants (model=poisson)."),
        .init(
            "share", .number(0.001...0.5, unit: "", example: 0.1), of: [Method.scan],
            "Largest part of the contributions, or of the inhabitants, in a circle."),
        .init("direction", words(Direction.self), of: [Method.scan], "Whether more or fewer are looked for."),
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
            "permutations", .integer(99...99_999, unit: "", example: 999), of: [Method.scan, .gi, .moran],
            "Simulations of scan, permutations of gi and moran where they are drawn."),
        .init(
            "seed", .integer(0...1_000_000_000, unit: "", example: 1), of: [Method.scan, .gi, .moran],
            "Seed of what is drawn at random."),
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
            neighbourhood.numbers + [
                ("cell", cell), ("bandwidth", bandwidth), ("eps", reach), ("alpha", alpha),
                ("share", share), ("permutations", permutations.map(Double.init)),
                ("minPoints", minPoints.map(Double.init)), ("duration", duration), ("trendAlpha", trendAlpha),
                ("previousSteps", Double(previousSteps)),
            ])
        try neighbourhood.validate()
        if case .days(let days)? = step, !TimeStep.range.contains(days) {
            throw PlatformError(.badRequest, "step \(TimeStep.rule)")
        }
        guard method == .scan else { return }
        if model == .poisson, layer == nil {
            throw PlatformError(
                .badRequest, "model=poisson needs layer: the id of a layer of area units with inhabitants")
        }
        for (isGiven, name, needed) in [
            (layer != nil, "layer", ScanModel.poisson), (focus != nil, "focus", .bernoulli),
            (step != nil, "step", .spaceTime),
        ] where isGiven && model != needed {
            throw PlatformError(.badRequest, "\(name) belongs to model=\(needed.rawValue), not \(model.rawValue)")
        }
    }
}
