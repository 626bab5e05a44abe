import Analysis
import GeoCore
public import Participation
public import Storage

extension Installation {
    /// Answers a planner's question on where contributions are many, close or unexpectedly concentrated.
    ///
    /// The same question on the same data version gives the same answer, which is kept. Long computations end soon
    /// after their task is cancelled.
    ///
    /// - Throws: ``PlatformError`` `badRequest` for parameters out of range, `invalidInput` when there is too little
    ///   data for the method, `conflict` where the privacy budget does not bear its noise, `CancellationError`.
    public func findHotspots(
        _ question: HotspotQuestion, of proceeding: Proceeding, filter: ContributionFilter = ContributionFilter(),
        scope: Scope
    ) async throws -> HotspotAnswer {
        try question.validate()
        try await requireCategories(of: filter, in: proceeding, scope: scope)
        // A count and its weight tell which contributions are of one person.
        if question.perPerson != nil { try require(.readUnpublishedAggregates, in: proceeding, scope: scope) }
        let hidden = try await privateCategories(of: proceeding, scope: scope)
        var question = question
        var warning: String?
        if !hidden.slugs.isEmpty, question.spreads, !scope.viewer.may(.readUnpublishedAggregates, in: proceeding.key) {
            // The part of a line or area that lies in a cell tells where that one lies.
            question.apportion = .point
            warning = "lines and areas count where their point lies, since there are private categories"
        }
        let mayTellPeople = scope.viewer.may(.readUnpublishedAggregates, in: proceeding.key)
        question.mayTellPeople = question.tellsPeople && mayTellPeople
        if mayTellPeople { question = question.limitedByDefault() }
        let asked = question
        if asked.epsilon != nil { try requirePrivacyBudget(of: proceeding) }
        let key = AnswerCache.Key(
            tenant: scope.tenant.key, proceeding: proceeding.key, dataVersion: proceeding.dataVersion,
            viewerStates: keptStates(of: proceeding, scope: scope), filter: filter, question: asked,
            setting: keptSetting(hidden, scope: scope))
        var source: NoiseSource?
        if asked.epsilon != nil {
            source = NoiseSource(
                key: try await noiseKey(scope: scope),
                question: String(reflecting: asked) + "|\(key.viewerStates)|\(key.setting)", filter: filter)
        }
        var answer = try await analysis {
            var answer = try await answers.answer(key) {
                let units = try await populatedUnits(asked.layer, of: proceeding, scope: scope)
                let found = try await placedContributions(
                    of: proceeding, filter: filter, crs: asked.shape.crs, scope: scope)
                // Where no contribution is more than its point, the store need not be asked for shapes.
                let shapes =
                    asked.spreads && !found.columns.boxes.isEmpty
                    ? try await spreadShapes(of: proceeding, filter: filter, scope: scope) : [:]
                let isPrivate = found.columns.categoryNames.contains(where: Set(hidden.slugs).contains)
                let unfiltered = try await unfiltered(
                    filter, of: proceeding, crs: asked.shape.crs, isPrivate: isPrivate, scope: scope)
                var computation = HotspotComputation(
                    question: asked,
                    ground: AnalysisGround(
                        proceeding: proceeding, tenant: scope.tenant, found: found, hidden: hidden,
                        readable: Set(scope.viewer.visibleStates(in: proceeding.key)), tellsContributors: isPrivate,
                        unfiltered: unfiltered),
                    units: units, shapes: shapes)
                computation.source = source
                if asked.method == .auto {
                    computation.resubmitted = try await resubmissions(found.columns, of: proceeding, scope: scope)
                }
                var answer = try await computation.run()
                try await addTerms(to: &answer, of: computation, filter: filter, scope: scope)
                return answer
            }
            if let source, let epsilon = asked.epsilon {
                try await spendPrivacy(
                    epsilon, on: source.question, version: answer.analysis.dataVersion, of: proceeding, scope: scope)
            }
            // What is kept is the same for all who see the same rows; what is told is not.
            if try await withholdsFew(answer.categories, of: proceeding, scope: scope) {
                try answer.withholdFew(answer.question.shapeOrigin, hidden)
            }
            if let warning { answer.analysis.warnings.append(warning) }
            answer.analysis.filters = filter.terms
            return answer
        }
        if asked.method == .auto, !answer.analysis.cautions.contains(where: { $0.kind == .noContributions }) {
            var findings = try await oneClickFindings(of: proceeding, filter: filter, scope: scope)
            if answer.question.method == .kde {
                findings.listed = try await listedContributions(of: proceeding, filter: filter, scope: scope)
            }
            answer.findings = findings
        }
        answer.analysis.explanation = answer.explanation
        return answer
    }

    /// The states of contributions that an answer depends on: what is counted, and what filters may look up in rows.
    func keptStates(of proceeding: Proceeding, scope: Scope) -> [Int64] {
        (scope.viewer.countedStates(in: proceeding.key) + scope.viewer.visibleStates(in: proceeding.key)).map(
            \.rawValue)
    }

    /// What else an answer depends on that no version of the data counts.
    func keptSetting(_ hidden: PrivateCategories, scope: Scope) -> [String] {
        [scope.tenant.metricCRS, scope.tenant.timeZone] + hidden.slugs + hidden.sensitive.map { "sensitive:\($0)" }
    }

    /// The columns of a proceeding's contributions, from memory and brought up to date.
    func contributionColumns(
        of proceeding: Proceeding, filter: ContributionFilter, scope: Scope
    ) async throws -> ContributionColumns {
        try await versionedColumns(of: proceeding, filter: filter, scope: scope).columns
    }

    /// The same with the version of the data that they are of, which may be newer than the proceeding at hand.
    func versionedColumns(
        of proceeding: Proceeding, filter: ContributionFilter, scope: Scope
    ) async throws -> (version: Int64, columns: ContributionColumns) {
        let filter = try await lookedUp(filter, of: proceeding, scope: scope)
        return try await columns.columns(of: proceeding, filter: filter, scope: scope, engine: engine)
    }

    /// The same on the plane of the proceeding, or on that of another CRS.
    func placedContributions(
        of proceeding: Proceeding, filter: ContributionFilter, crs: String? = nil, scope: Scope
    ) async throws -> PlacedContributions {
        let filter = try await lookedUp(filter, of: proceeding, scope: scope)
        return try await columns.placed(
            of: proceeding, filter: filter, scope: scope, engine: engine,
            crs: crs ?? MetricCRS.name(of: proceeding, scope.tenant))
    }

    /// Reads the columns of a proceeding into memory, or brings those that are there up to date.
    ///
    /// - Returns: how many contributions the viewer may see.
    public func prepareColumns(of proceeding: Proceeding, scope: Scope) async throws -> Int {
        try await placedContributions(of: proceeding, filter: ContributionFilter(), scope: scope).columns.count
    }
}

/// One computation from columns to an answer.
struct HotspotComputation: GroundedComputation {
    /// What is computed; `auto` becomes the method chosen.
    var question: HotspotQuestion
    var ground: AnalysisGround
    /// Area units with inhabitants, where the question names a layer.
    let units: [AreaUnit]
    /// Lines and areas in longitude/latitude by the number of their contribution, where they are spread over cells.
    let shapes: [Int64: Geometry]
    /// Columns of numbers beside the shapes.
    var series: [AnalysisSeries] = []
    /// How the answer depends on the scale, where the method has series of its own.
    var scales: [AnalysisSeries] = []
    /// Contributions that repeat another, by number; `nil` where too many would have to be looked at.
    var resubmitted: Set<Int64>? = []
    /// What noise is drawn from, where the question wants any.
    var source: NoiseSource?
    /// The members of each cluster told so far, as rows of the points.
    var clusterRows: [[Int]] = []

    mutating func run() async throws -> HotspotAnswer {
        if ground.isEmpty { return nothing() }
        var points = try locatedPoints(question.weight, cell: question.cell)
        if question.method == .auto {
            points = withoutResubmissions(points)
            try chooseMethod(points)
        }
        if question.method.makesClusters { try tellProfiles(points) }
        let shapes = try await shapes(points)
        try tellCautions(points)
        var answer = HotspotAnswer(
            question: question, analysis: record, shapes: shapes, series: series,
            table: question.method == .optics && !series.isEmpty ? .series : .features,
            categories: columns.categoryNames, contributors: ground.everybody, area: area?.outline,
            proceedingName: proceeding.name,
            plane: ground.anywhere)
        answer.scales = scales
        return answer
    }

    /// The shapes by the method.
    private mutating func shapes(_ points: Points) async throws -> AnswerShapes {
        switch question.method {
        case .grid:
            if let epsilon = question.epsilon { return AnswerShapes(try await noisyCounts(points, epsilon: epsilon)) }
            return AnswerShapes(try await grid(points))
        case .gi:
            if question.looksAtUnits { return AnswerShapes(try await unitHotspots(points)) }
            if let epsilon = question.epsilon { return AnswerShapes(try await noisyGetisOrd(points, epsilon: epsilon)) }
            return AnswerShapes(try await getisOrd(points))
        case .moran:
            if question.looksAtUnits { return AnswerShapes(try await unitHotspots(points)) }
            return AnswerShapes(try await localMoran(points))
        case .kde: return AnswerShapes(try await density(points))
        case .relativeRisk: return AnswerShapes(try await relativeRisk(points))
        case .locationQuotient: return AnswerShapes(try await locationQuotients(points))
        case .colocationLocal: return AnswerShapes(try localColocations(points))
        case .dbscan: return AnswerShapes(try await clusters(points))
        case .hdbscan: return AnswerShapes(try await hierarchy(points))
        case .optics: return AnswerShapes(try await ordering(points))
        case .geary: return AnswerShapes(try await localGeary(points))
        case .scan: return AnswerShapes(try await scan(points))
        case .emerging: return AnswerShapes(try await emerging(points))
        case .auto: throw PlatformError(.unsupported, "no method was chosen")
        }
    }

    /// An answer without shapes, since there is nothing to look at.
    private mutating func nothing() -> HotspotAnswer {
        record.method = question.method.rawValue
        ground.tellPlaces()
        record.cautions = [.nothing]
        return HotspotAnswer(
            question: question, analysis: record, shapes: AnswerShapes([]), categories: columns.categoryNames,
            contributors: ground.everybody, area: area?.outline, proceedingName: proceeding.name,
            plane: ground.anywhere)
    }
}
