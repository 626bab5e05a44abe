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
    ///   data for the method, `CancellationError`.
    public func findHotspots(
        _ question: HotspotQuestion, of proceeding: Proceeding, filter: ContributionFilter = ContributionFilter(),
        scope: Scope
    ) async throws -> HotspotAnswer {
        try question.validate()
        let columnsKey = columnKey(of: proceeding, filter: filter, scope: scope)
        let key = AnswerCache.Key(columns: columnsKey, question: question)
        return try await analysis {
            var answer = try await answers.answer(key) {
                let units = try await populatedUnits(question.layer, of: proceeding, scope: scope)
                let shapes =
                    question.spreads ? try await spreadShapes(of: proceeding, filter: filter, scope: scope) : [:]
                let columns = try await contributionColumns(of: proceeding, filter: filter, scope: scope)
                var computation = try HotspotComputation(
                    question: question,
                    ground: AnalysisGround(proceeding: proceeding, tenant: scope.tenant, columns: columns),
                    units: units, shapes: shapes)
                return try await computation.run()
            }
            // What is kept is the same for all who see the same rows; what is told is not.
            if try await withholdsFew(answer.categories, of: proceeding, scope: scope) {
                try answer.withholdFew(areHulls: answer.question.drawsHulls)
            }
            return answer
        }
    }

    /// The columns of a proceeding's contributions, from memory where they are current.
    func contributionColumns(
        of proceeding: Proceeding, filter: ContributionFilter, scope: Scope
    ) async throws -> ContributionColumns {
        let key = columnKey(of: proceeding, filter: filter, scope: scope)
        if let known = columns.columns(key) { return known }
        let filter = try await lookedUp(filter, of: proceeding, scope: scope)
        let read = try await engine.read { try scope.reader($0).columns(of: proceeding, filter: filter) }
        columns.keep(read, for: key)
        return read
    }

    private func columnKey(of proceeding: Proceeding, filter: ContributionFilter, scope: Scope) -> ColumnCache.Key {
        ColumnCache.Key(
            tenant: scope.tenant.key, proceeding: proceeding.key, dataVersion: proceeding.dataVersion,
            viewerStates: scope.viewer.visibleStates(in: proceeding.key).map(\.rawValue), filter: filter)
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

    mutating func run() async throws -> HotspotAnswer {
        let points = try locatedPoints(question.weight)
        if question.method == .auto { try chooseMethod(points) }
        let features: [HotspotAnswer.Feature] =
            switch question.method {
            case .grid: try await grid(points)
            case .gi: try await getisOrd(points)
            case .kde: try await density(points)
            case .relativeRisk: try await relativeRisk(points)
            case .dbscan: try await clusters(points)
            case .hdbscan: try await hierarchy(points)
            case .optics: try await ordering(points)
            case .moran: try await localMoran(points)
            case .scan: try await scan(points)
            case .emerging: try await emerging(points)
            case .auto: throw PlatformError(.unsupported, "no method was chosen")
            }
        return HotspotAnswer(
            question: question, analysis: record, features: features, series: series,
            table: question.method == .optics && !series.isEmpty ? .series : .features,
            categories: columns.categoryNames, area: area?.outline, proceedingName: proceeding.name)
    }
}
