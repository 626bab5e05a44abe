import Analysis
import GeoCore
public import Participation
public import Storage

/// The answer to a ``PatternQuestion``.
public typealias PatternAnswer = AnalysisAnswer<PatternQuestion>

extension Installation {
    /// Answers a planner's question on the contributions as a whole: whether they gather, at which distances, around
    /// which place, in space and time at once.
    ///
    /// The same question on the same data version gives the same answer. Long computations end soon after their task is
    /// cancelled.
    ///
    /// - Throws: ``PlatformError`` `badRequest` for parameters out of range, `invalidInput` when there is too little
    ///   data for the method or too much for the time it may take, `CancellationError`.
    public func findPattern(
        _ question: PatternQuestion, of proceeding: Proceeding, filter: ContributionFilter = ContributionFilter(),
        scope: Scope
    ) async throws -> PatternAnswer {
        try question.validate()
        try await requireCategories(of: filter, in: proceeding, scope: scope)
        let hidden = try await privateCategories(of: proceeding, scope: scope)
        let mayTellPeople = scope.viewer.may(.readUnpublishedAggregates, in: proceeding.key)
        let key = KeptAnswers<PatternQuestion>.Key(
            tenant: scope.tenant.key, proceeding: proceeding.key, dataVersion: proceeding.dataVersion,
            viewerStates: keptStates(of: proceeding, scope: scope), filter: filter, question: question,
            setting: keptSetting(hidden, scope: scope) + [mayTellPeople ? "staff" : "public"])
        return try await analysis {
            try await patterns.answer(key) {
                try await computedPattern(question, of: proceeding, filter: filter, scope: scope)
            }
        }
    }

    private func computedPattern(
        _ question: PatternQuestion, of proceeding: Proceeding, filter: ContributionFilter, scope: Scope
    ) async throws -> PatternAnswer {
        let found = try await placedContributions(
            of: proceeding, filter: filter, crs: question.shape.crs, scope: scope)
        var asked = question
        if question.method == .ripley, question.null == nil {
            let looksAtAll = filter == ContributionFilter() && question.weight == .one
            if question.layer == nil, looksAtAll {
                asked.layer = try await populationLayer(of: proceeding, scope: scope)
            }
            asked.null = asked.layer != nil ? .population : looksAtAll ? .uniform : .contributions
        }
        var pool: PlacedContributions?
        if asked.method == .ripley, asked.null == .contributions {
            pool = try await placedContributions(of: proceeding, filter: ContributionFilter(), scope: scope)
        }
        let units = try await populatedUnits(asked.layer, of: proceeding, scope: scope)
        let withholdsFew = try await withholdsFew(found.columns.categoryNames, of: proceeding, scope: scope)
        let hidden = withholdsFew ? try await privateCategories(of: proceeding, scope: scope) : PrivateCategories()
        let unfiltered = try await unfiltered(
            filter, of: proceeding, crs: question.shape.crs, isPrivate: withholdsFew, scope: scope)
        var computation = PatternComputation(
            question: asked, isNullGiven: question.null != nil, isLayerGiven: question.layer != nil,
            ground: AnalysisGround(
                proceeding: proceeding, tenant: scope.tenant, found: found, hidden: hidden,
                tellsContributors: withholdsFew, unfiltered: unfiltered),
            pool: pool ?? found, units: units)
        var answer = try await computation.run()
        answer.question = question
        answer.analysis.filters = filter.terms
        if withholdsFew {
            try answer.withholdFew(question.method == .joinCounts ? .occupiedCells : .cells, hidden)
        }
        return answer
    }
}

/// One computation from columns to an answer.
struct PatternComputation: GroundedComputation {
    let question: PatternQuestion
    /// Whether the one who asks has said what to compare with.
    let isNullGiven: Bool
    /// Whether they have named the layer.
    let isLayerGiven: Bool
    var ground: AnalysisGround
    /// The contributions that are the null pattern, where that is asked for: all of the proceeding.
    let pool: PlacedContributions
    /// Area units with inhabitants, where they are the null pattern.
    let units: [AreaUnit]
    /// Columns of numbers beside the shapes.
    var series: [AnalysisSeries] = []

    mutating func run() async throws -> PatternAnswer {
        guard !ground.isEmpty else {
            record.method = question.method.rawValue
            ground.tellPlaces()
            record.cautions = [.nothing]
            return answer([], table: .summary, contributors: ground.everybody)
        }
        let points = try locatedPoints(question.weight, cell: question.cell)
        var features: [AnalysisFeature] = []
        switch question.method {
        case .clarkEvans: try await nearestNeighbors(points)
        case .ripley: try await ripley(points)
        case .knox: try spaceTimePairs(points)
        case .centrography: features = try centers(points)
        case .moran where question.layer != nil: features = try await rateMoran(points)
        case .moran: try await moran(points)
        case .geary: try await geary(points)
        case .generalG: try await generalClustering(points)
        case .joinCounts: features = try await joins(points)
        case .colocation: try await colocation(points)
        case .crossK: try await crossK(points)
        case .rayleigh: try rayleigh(points)
        }
        try tellCautions(points)
        return answer(
            features, table: !series.isEmpty ? .series : features.isEmpty ? .summary : .features,
            // A mean less those whose places everybody knows is that of the others.
            contributors: question.method == .centrography ? contributors(usedRows.indices) : ground.everybody)
    }

    private func answer(
        _ features: [AnalysisFeature], table: PatternAnswer.Table, contributors: Contributors?
    ) -> PatternAnswer {
        PatternAnswer(
            question: question, analysis: record, shapes: AnswerShapes(features), series: series, table: table,
            categories: columns.categoryNames, contributors: contributors, area: area?.outline,
            proceedingName: proceeding.name, plane: ground.anywhere)
    }

    /// The area of the proceeding: what pairs of points say depends on it.
    ///
    /// - Throws: ``PlatformError`` `invalidInput` where it has none.
    func window() throws -> StudyWindow {
        guard let area, area.isGiven else {
            throw PlatformError(
                .invalidInput,
                "\(question.method.rawValue) needs the area of the proceeding: in a box around the contributions any "
                    + "pattern looks clustered", hint: "give the proceeding its area")
        }
        return try StudyWindow(polygons: area.polygons)
    }

    /// A column of numbers.
    mutating func column(_ name: String, _ values: [Double?], _ unit: String? = nil) {
        series.append(AnalysisSeries(name, values, unit))
    }

    /// Tells a test by the normal law.
    mutating func summarize(_ test: GlobalAutocorrelation.NormalTest?) {
        summarize("variance", test?.variance)
        summarize("z", test?.z)
        summarize("p", test?.p)
    }
}
