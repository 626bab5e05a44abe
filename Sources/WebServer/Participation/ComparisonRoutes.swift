import HTTPTypes
import Hummingbird
import Participation
import Platform
import Storage

/// Two categories, periods or proceedings on the same cells.
enum ComparisonRoutes {
    private static let formats = ["geojson", "csv"] + AnswerForm.pictures

    static let routes: [Route] = [
        Route(
            description: RouteDescription(
                method: .get, path: "/api/v1/proceedings/{proceeding}/comparison", operation: "compareContributions",
                summary: "Compares two categories, periods or proceedings on the same cells, with a test. The filters "
                    + "choose the first set; the second is chosen alike, but for what is given as versus…. Of each cell "
                    + "quotient is the second's share of the contributions there over its share of all, ratio the share of "
                    + "the second's contributions that lie there over that of the first's (null where it has none); "
                    + "p and q test the quotient.",
                tag: "Analysis", access: .everybody,
                parameters: [
                    ParameterDescription(
                        name: "versusCategory", summary: "Categories of the second set.", shape: .list),
                    ParameterDescription(name: "versusDatetime", summary: "Time of the second set, as datetime."),
                    ParameterDescription(name: "versusProceeding", summary: "Proceeding of the second set."),
                ] + ContributionComparison.parameters.map { ParameterDescription($0, namesMethods: false) }
                    + Call.filterParameters + AnswerForm.parameters(formats),
                produces: AnswerForm.mediaTypes(formats), problems: [422]), handler: compare)
    ]

    private static func compare(_ call: Call) async throws -> Response {
        let filter = try await call.filter()
        let form = try AnswerForm(call, formats)
        let (cell, alpha) = try await Problem.ofQuestion {
            let query = AnalysisQuery(call.query, ContributionComparison.parameters)
            return (try query.number("cell"), try query.number("alpha") ?? 0.05)
        }
        let categories = try call.query.list("versusCategory")
        let interval = try await call.interval("versusDatetime")
        let otherID = try call.query.text("versusProceeding", maximumLength: 64)
        guard !categories.isEmpty || interval != nil || otherID != nil else {
            throw Problem.parameter(
                "versusCategory", "Say what to compare with: versusCategory, versusDatetime or versusProceeding.",
                code: "required")
        }
        let scope = try await call.scope()
        let proceeding = try await call.proceeding(scope)
        var other = proceeding
        if let otherID { other = try await call.proceeding(otherID, namedBy: "versusProceeding", scope) }
        var second = filter
        if !categories.isEmpty { second.categories = categories }
        if let interval { (second.from, second.until) = (interval.start, interval.end) }
        let tag = VersionTag.make(
            proceeding, in: call.installation, scope: scope, request: call.request,
            language: form.isPicture ? call.context.language : nil)
        // The tag knows one version of data: another proceeding may change alone.
        let isTagged = otherID == nil
        if isTagged, Answer.isCurrent(tag, request: call.request) {
            return Answer.bytes([], type: "", tag: tag, request: call.request)
        }
        let start = ContinuousClock.now
        let first = ComparedSet(proceeding: proceeding, filter: filter)
        let versus = ComparedSet(proceeding: other, filter: second)
        let bytes = try await call.services.analyse(for: call.context) {
            let comparison = try await Problem.ofQuestion {
                try await call.installation.compare(first, with: versus, cell: cell, alpha: alpha, scope: scope)
            }
            let written =
                switch form.written {
                case "csv": comparison.csv
                case "svg": comparison.svg(language: call.context.language.rawValue)
                default: comparison.geoJSON
                }
            return try form.bytes(written)
        }
        return form.response(
            bytes, name: "comparison", tag: isTagged ? tag : nil, request: call.request, since: start)
    }
}
