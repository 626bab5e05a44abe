import GeoCore
import HTTPTypes
import Hummingbird
import Participation
import Platform
import Storage

/// Contributions: the list, one, and new ones.
enum ContributionRoutes {
    private static let path = "/api/v1/proceedings/{proceeding}/contributions"
    private static let formats = ["geojson", "csv", "geojsonseq", "json"]

    /// What a draft may hold.
    static let properties: Set<String> = [
        "title", "text", "category", "type", "language", "tags", "keywordPicked",
    ]
    private static let channel = "channel"

    static let routes: [Route] = [
        Route(
            description: RouteDescription(
                method: .get, path: path, operation: "listContributions",
                summary: "The contributions of a proceeding, newest first unless sorted otherwise, in pages.",
                tag: "Contributions",
                access: .everybody,
                parameters: Call.filterParameters + Call.pageParameters
                    + [Call.orderParameter, Call.formatParameter(formats), Call.crsParameter, ChangeList.parameter],
                produces: ["application/geo+json", "text/csv", "application/geo+json-seq", "application/json"],
                problems: [422]),
            handler: list),
        Route(
            description: RouteDescription(
                method: .post, path: path, operation: "createContribution",
                summary: "Takes a contribution; the answer comes when it is on disk.", tag: "Contributions",
                access: .everybody,
                body: BodyDescription(
                    mediaTypes: ["application/geo+json", "application/json"],
                    summary:
                        "A GeoJSON feature, with tags of the proceeding and keywords of one's own where wanted; send "
                        + "Idempotency-Key to be safe against sending twice. Those who moderate may tell with channel how "
                        + "it came in: \(ContributionChannel.entered.map(\.rawValue).joined(separator: ", ")).",
                    example: """
                        {"type": "Feature", "geometry": {"type": "Point", "coordinates": [9.99, 53.55]}, \
                        "properties": {"title": "Radweg fehlt", "text": "Hier fehlt ein Radweg.", "category": "wege"}}
                        """), successStatus: 201, successSummary: "It is stored.",
                produces: ["application/geo+json"], problems: [401, 403, 409, 422]), handler: create),
    ]

    private static func list(_ call: Call) async throws -> Response {
        if let since = try await ChangeList.instant(call) {
            return try await ChangeList.contributions(call, since: since)
        }
        let filter = try await call.filter()
        let order = try call.order(filter)
        let limit = try call.query.limit()
        let cursor = try call.cursor()
        let format = try call.format(formats)
        let crs = try call.coordinates()
        if format == "json", crs != nil { throw Problem.parameter("crs", "f=json has no coordinates.") }
        let scope = try await call.scope()
        let proceeding = try await call.proceeding(scope)
        let tag = VersionTag.make(proceeding, in: call.installation, scope: scope, request: call.request)
        if Answer.isCurrent(tag, request: call.request) {
            return Answer.bytes([], type: "", tag: tag, request: call.request)
        }
        let installation = call.installation
        @Sendable func find() async throws -> Storage.Page<Contribution> {
            var page = try await installation.contributions(
                of: proceeding, filter: filter, order: order, limit: limit, after: cursor, scope: scope)
            guard let crs else { return page }
            for index in page.items.indices {
                page.items[index].geometry = page.items[index].geometry.flatMap(crs.coordinates)
            }
            return page
        }
        // What may look at every text or bring every corner into another system takes its turn, and ends.
        let takesLong =
            filter.expression != nil || crs != nil || !filter.keywords.isEmpty || !filter.tags.isEmpty
        let page = takesLong ? try await call.services.analyse(for: call.context, find) : try await find()
        let (items, next) = (page.items, PageLinks.next(page.next, call))
        var bytes: [UInt8] = []
        let type: String
        switch format {
        case "csv":
            type = "text/csv; charset=utf-8; header=present"
            bytes += Array(ContributionFeature.header(isDegrees: crs == nil).utf8)
            for item in items { bytes += Array(ContributionFeature.line(item).utf8) }
        case "json":
            type = "application/json; charset=utf-8"
            JSONValue.object([
                .init("contributions", .array(items.map { ContributionFeature.value($0, in: proceeding) })),
                .init("numberReturned", .integer(Int64(items.count))), .init("links", PageLinks.value(next)),
            ]).append(to: &bytes)
        case "geojsonseq":
            type = "application/geo+json-seq"
            for item in items {
                bytes.append(0x1E)
                ContributionFeature.append(item, in: proceeding, to: &bytes)
                bytes.append(0x0A)
            }
        default:
            type = "application/geo+json; charset=utf-8"
            bytes = FeatureText.page(items, next: next) { ContributionFeature.append($0, in: proceeding, to: &$1) }
        }
        var headers = PageLinks.headers(next)
        crs?.tell(in: &headers)
        if format == "csv" { headers[.contentDisposition] = Answer.attachment("contributions.csv") }
        return Answer.bytes(bytes, type: type, tag: tag, request: call.request, headers: headers)
    }

    private static func create(_ call: Call) async throws -> Response {
        let scope = try await call.scope()
        let proceeding = try await call.proceeding(scope)
        var names = properties.union(FormSigns.members)
        if scope.viewer.may(.moderate, in: proceeding.key) { names.insert(channel) }
        var body = try await FeatureBody.read(call, properties: names)
        let key = try call.idempotencyKey(body: body.bytes)
        var draft = NewContribution(
            title: body.properties.text("title", required: true) ?? "",
            text: body.properties.text("text", required: true) ?? "", category: body.properties.text("category"),
            type: body.properties.text("type"), geometry: body.geometry, language: body.properties.text("language"))
        draft.tags = body.properties.texts("tags")
        draft.pickedKeywords = body.properties.texts("keywordPicked")
        if let word = body.properties.text(channel) {
            if let told = ContributionChannel.entered.first(where: { $0.rawValue == word }) {
                draft.channel = told
            } else {
                let words = ContributionChannel.entered.map(\.rawValue).joined(separator: ", ")
                body.properties.fault(channel, "value", "This member must be one of \(words).")
            }
        }
        draft.form = FormSigns(reading: &body.properties)
        try body.finish()
        let (stored, replayed, receipt) = try await submit(
            draft, to: proceeding, scope: scope, idempotency: key, call: call)
        // The same bytes as a reader gets, but for hints: what only the author sees comes with a reading of one's own.
        let hints = try await AuthorRoutes.hints(stored, proceeding, call, scope)
        let rendered = AuthorRoutes.render(stored, isOwn: false, hints: hints, in: proceeding)
        return call.created(stored.id, rendered, receipt: receipt, isReplay: replayed)
    }

    /// Where the participant has said the same already, the answer leads there.
    private static func submit(
        _ draft: NewContribution, to proceeding: Proceeding, scope: Scope, idempotency: IdempotencyKey?, call: Call
    ) async throws -> (Contribution, Bool, String) {
        do {
            return try await call.installation.submitContribution(
                draft, to: proceeding, scope: scope, idempotency: idempotency)
        } catch let error as PlatformError {
            guard error.code == .conflict, let id = error.contribution else { throw error }
            var problem = Problem(error)
            let address = "\(call.request.uri.path)/\(id)"
            problem.errors.append(Problem.Fault(pointer: "", code: "duplicate", detail: address))
            if let name = HTTPField.Name("Link") { problem.headers[name] = "<\(address)>; rel=\"duplicate\"" }
            throw problem
        }
    }
}
