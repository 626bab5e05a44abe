import Analysis
import GEOSGeometry
import GeoCore
import PROJCoordinates
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
        do {
            return try await answers.answer(key) {
                let columns = try await contributionColumns(of: proceeding, filter: filter, scope: scope)
                var computation = try HotspotComputation(
                    question: question, proceeding: proceeding, tenant: scope.tenant, columns: columns)
                return try await computation.run()
            }
        } catch let error as AnalysisError {
            switch error.code {
            case .cancelled: throw CancellationError()
            case .tooFewData: throw PlatformError(.invalidInput, error.description)
            default: throw PlatformError(.badRequest, error.description)
            }
        } catch let error as GEOSError {
            throw PlatformError(.invalidInput, "the geometry of the study area is too difficult: \(error.description)")
        } catch let error as PROJError {
            throw PlatformError(.unsupported, error.description)
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
struct HotspotComputation {
    /// What is computed; `auto` becomes the method chosen.
    var question: HotspotQuestion
    let proceeding: Proceeding
    let columns: ContributionColumns
    let crs: CoordinateReferenceSystem
    let transform: CoordinateTransform
    var record: AnalysisRecord
    var area: StudyArea?
    /// For each point that is analysed its row in the columns.
    var usedRows: [Int] = []

    init(
        question: HotspotQuestion, proceeding: Proceeding, tenant: Tenant, columns: ContributionColumns
    ) throws {
        self.question = question
        self.proceeding = proceeding
        self.columns = columns
        crs = try MetricCRS.resolve(proceeding.settings.metricCRS ?? tenant.metricCRS)
        transform = try CoordinateTransform(from: .wgs84, to: crs, area: proceeding.area?.boundingBox)
        record = AnalysisRecord(
            method: "", reference: "", crs: crs.label, studyArea: "", dataVersion: proceeding.dataVersion)
        if let outline = proceeding.area { area = try StudyArea(area: transform.metric(outline)) }
    }

    mutating func run() async throws -> HotspotAnswer {
        let points = try usedPoints()
        if question.method == .auto { try chooseMethod(points) }
        let features: [HotspotAnswer.Feature] =
            switch question.method {
            case .grid: try await grid(points)
            case .gi: try await getisOrd(points)
            case .kde: try await density(points)
            case .dbscan: try await clusters(points)
            case .hdbscan: try await hierarchy(points)
            case .moran: try await localMoran(points)
            case .scan: try await scan(points)
            case .auto: throw PlatformError(.unsupported, "no method was chosen")
            }
        return HotspotAnswer(
            question: question, analysis: record, features: features, area: area?.outline,
            proceedingName: proceeding.name)
    }

    /// The located contributions inside the study area, in metres; the rest is counted by reason.
    private mutating func usedPoints() throws -> Points {
        var located = Points(capacity: columns.count)
        var unlocated = 0
        var suspect = 0
        var rows: [Int] = []
        for row in 0..<columns.count {
            guard columns.longitude[row].isFinite else {
                unlocated += 1
                continue
            }
            guard columns.quality[row] != .suspect else {
                suspect += 1
                continue
            }
            rows.append(row)
            located.append(
                x: columns.longitude[row], y: columns.latitude[row], weight: weight(row), time: columns.created[row],
                category: columns.category[row])
        }
        transform.forwardLeavingGaps(&located.x, &located.y)
        let transformed = located.count
        let isOnPlane = (0..<transformed).map { located.x[$0].isFinite && located.y[$0].isFinite }
        located = located.rows { isOnPlane[$0] }
        rows = zip(rows, isOnPlane).compactMap { $1 ? $0 : nil }
        let far = transformed - located.count
        if area == nil { area = StudyArea(around: located, margin: 1) }
        guard let area else {
            throw PlatformError(.invalidInput, "there is no located contribution to analyse")
        }
        let isInside = (0..<located.count).map { area.contains(x: located.x[$0], y: located.y[$0]) }
        let inside = located.rows { isInside[$0] }
        let outside = located.count - inside.count
        usedRows = zip(rows, isInside).compactMap { $1 ? $0 : nil }
        record.studyArea = area.description
        record.used = inside.count
        record.leftOut = [
            ("notOnThePlane", far), ("outsideArea", outside), ("suspectPlace", suspect),
            ("unlocated", unlocated),
        ].filter { $0.1 > 0 }.map { AnalysisRecord.LeftOut(reason: $0.0, count: $0.1) }
        guard inside.count > 0 else {
            throw PlatformError(.invalidInput, "no contribution lies inside the study area")
        }
        tell("weight", .text(question.weight.rawValue), nil, question.weight == .one ? .standard : .given)
        if question.weight != .one, let effective = effectiveNumber(inside.weight) {
            record.summary.append(.init(name: "effectiveNumber", value: .number(effective), origin: .chosen))
            if effective < 10 { record.warnings.append("carried by few: the effective number of weights is below 10") }
        }
        return inside
    }

    private func weight(_ row: Int) -> Double {
        switch question.weight {
        case .one: 1
        case .votes:
            VoteScore(up: Int(columns.votesUp[row]), down: Int(columns.votesDown[row])).dampedWeight
        case .comments: VoteScore(up: Int(columns.comments[row]), down: 0).dampedWeight
        case .support: 1 + Double(columns.votesUp[row]) + Double(columns.comments[row])
        }
    }

    mutating func tell(
        _ name: String, _ value: AnalysisRecord.Value, _ unit: String?, _ origin: AnalysisRecord.Origin,
        rule: String? = nil
    ) {
        record.parameters.append(.init(name: name, value: value, unit: unit, origin: origin, rule: rule))
    }

    mutating func summarize(_ name: String, _ value: Double, _ unit: String? = nil) {
        record.summary.append(.init(name: name, value: .number(value), unit: unit, origin: .chosen))
    }
}
