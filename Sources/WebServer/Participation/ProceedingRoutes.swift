import FoundationEssentials
import GeoCore
import HTTPTypes
import Hummingbird
import Participation
import Platform
import Storage

/// Proceedings and their categories.
enum ProceedingRoutes {
    /// The query parameters that choose proceedings.
    private static let filterParameters = [
        ParameterDescription(
            name: "phase", summary: "The phase it is in now.", shape: .choice(Phase.allCases.map(\.rawValue))),
        ParameterDescription(name: "topic", summary: "A topic it must have."),
        ParameterDescription(name: "district", summary: "A district it must concern."),
        ParameterDescription(
            name: "bbox", summary: "Box that its area must meet: west,south,east,north in degrees."),
        ParameterDescription(name: "q", summary: "Words that name, description or owner must contain."),
    ]

    static let routes: [Route] = [
        Route(
            description: RouteDescription(
                method: .get, path: "/api/v1/proceedings", operation: "listProceedings",
                summary: "The proceedings of the tenant, newest first.", tag: "Proceedings", access: .everybody,
                parameters: filterParameters + Call.pageParameters + [ChangeList.parameter])
        ) { call in
            if let since = try await ChangeList.instant(call) {
                return try await ChangeList.proceedings(call, since: since)
            }
            let limit = try call.query.limit()
            let cursor = try call.cursor()
            let filter = try call.proceedingFilter()
            let scope = try await call.scope()
            let now = call.installation.now()
            let page = try await call.installation.proceedings(
                filter: filter, limit: limit, after: cursor, scope: scope)
            let next = PageLinks.next(page.next, call)
            let value: JSONValue = .object([
                .init("proceedings", .array(page.items.map { ProceedingValue.make($0, now: now) })),
                .init("numberReturned", .integer(Int64(page.items.count))),
                .init("links", PageLinks.value(next)),
            ])
            var headers = PageLinks.headers(next)
            headers[.cacheControl] = "no-cache"
            return Answer.value(value, headers: headers)
        },
        Route(
            description: RouteDescription(
                method: .post, path: "/api/v1/proceedings", operation: "createProceeding",
                summary: "Creates a proceeding with its categories.", tag: "Proceedings",
                access: .permission(.createProceedings),
                body: BodyDescription(
                    mediaTypes: ["application/json"], summary: "The proceeding; area is a GeoJSON polygon.",
                    example: """
                        {"id": "radverkehr", "name": "Radverkehr", "categories": [{"id": "wege", "name": "Wege"}]}
                        """), successStatus: 201, successSummary: "It is stored.", problems: [409, 422])
        ) { call in
            let scope = try await call.scope()
            let bytes = try await JSONBody.bytes(call)
            let idempotency = try call.idempotencyKey(body: bytes)
            let document = try ProceedingDocument(json: bytes, tenant: scope.tenant)
            let (created, isReplay) = try await call.installation.createProceeding(
                document, scope: scope, idempotency: idempotency)
            return Answer.value(
                ProceedingValue.make(created, now: call.installation.now()), status: .created,
                headers: HTTPFields.made("\(call.request.uri.path)/\(created.id)", isReplay: isReplay))
        },
        Route(
            description: RouteDescription(
                method: .get, path: "/api/v1/proceedings/{proceeding}", operation: "getProceeding",
                summary: "One proceeding with its settings, categories, counts and what is open.", tag: "Proceedings",
                access: .everybody)
        ) { call in
            let scope = try await call.scope()
            let proceeding = try await call.proceeding(scope)
            let categories = try await call.installation.categories(of: proceeding, scope: scope)
            let counts = try await call.installation.counts(of: proceeding, scope: scope)
            var bytes: [UInt8] = []
            ProceedingValue.make(proceeding, now: call.installation.now(), categories: categories, counts: counts)
                .append(to: &bytes)
            // Counts and what is open change without a version.
            return Answer.bytes(
                bytes, type: "application/json; charset=utf-8", request: call.request,
                headers: [
                    .cacheControl: "no-cache", .eTag: VersionedTag.make(version: proceeding.version, bytes),
                ])
        },
        Route(
            description: RouteDescription(
                method: .get, path: "/api/v1/proceedings/{proceeding}/categories", operation: "listCategories",
                summary: "The categories of a proceeding, in their order.", tag: "Proceedings", access: .everybody,
                parameters: ChangeList.parameters)
        ) { call in
            if let since = try await ChangeList.instant(call) {
                return try await ChangeList.categories(call, since: since)
            }
            try ChangeList.refusePages(call)
            let scope = try await call.scope()
            let proceeding = try await call.proceeding(scope)
            let categories = try await call.installation.categories(of: proceeding, scope: scope)
            return try Answer.json(
                ["categories": categories],
                headers: [.cacheControl: "no-cache", .eTag: ItemTag.make(proceeding.version)])
        },
        Route(
            description: RouteDescription(
                method: .put, path: "/api/v1/proceedings/{proceeding}/categories", operation: "replaceCategories",
                summary: "Replaces the categories of a proceeding; those left out though in use stay, archived.",
                tag: "Proceedings", access: .permission(.manageProceeding),
                body: BodyDescription(
                    mediaTypes: ["application/json"], summary: "All categories.",
                    example: #"{"categories": [{"id": "wege", "name": "Wege", "icon": "signpost"}]}"#),
                problems: [412, 422, 428])
        ) { call in
            let scope = try await call.scope()
            let proceeding = try await call.proceeding(scope)
            let version = try call.expectedVersion()
            var (body, _) = try await JSONBody.read(call)
            body.allow(only: ["categories"])
            let categories = CategoryReader.read(&body)
            try JSONBody.finish(body)
            try await call.installation.replaceCategories(
                categories, of: proceeding, version: version, scope: scope)
            let stored = try await call.installation.categories(of: proceeding, scope: scope)
            let now = try await call.proceeding(scope)
            return try Answer.json(["categories": stored], headers: [.eTag: ItemTag.make(now.version)])
        },
    ]
}

extension Call {
    /// Which proceedings are meant.
    fileprivate func proceedingFilter() throws -> ProceedingFilter {
        var filter = ProceedingFilter()
        if let text = try query.text("phase") {
            guard let phase = Phase(rawValue: text) else {
                throw Problem.parameter(
                    "phase", "phase must be one of " + Phase.allCases.map(\.rawValue).joined(separator: ", ") + ".")
            }
            filter.phase = phase
        }
        filter.topic = try query.text("topic", maximumLength: 400)
        filter.district = try query.text("district", maximumLength: 400)
        filter.boxes = try boxes()
        filter.words = try query.text("q", maximumLength: 400)
        return filter
    }
}

/// Reads the list of categories of a body.
private enum CategoryReader {
    static func read(_ body: inout JSONBody) -> [Participation.Category] {
        guard let items = body.member("categories")?.array else {
            body.fault("categories", "required", "This member must be an array of categories.")
            return []
        }
        let known = Participation.Category.members
        var categories: [Participation.Category] = []
        for (index, item) in items.enumerated() {
            guard case .object(let members) = item, members.allSatisfy({ known.contains($0.name) }) else {
                body.fault(
                    "categories", at: index, "category",
                    "A category is an object of " + known.sorted().joined(separator: ", ") + ".")
                continue
            }
            var bytes: [UInt8] = []
            item.append(to: &bytes)
            do {
                categories.append(try JSONDecoder().decode(Participation.Category.self, from: Data(bytes)))
            } catch {
                body.fault("categories", at: index, "type", "A member is missing or has a wrong type.")
            }
        }
        return categories
    }
}
