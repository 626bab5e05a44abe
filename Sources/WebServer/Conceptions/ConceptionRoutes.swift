import GeoCore
import HTTPTypes
import Hummingbird
import Participation
import Platform
import Storage

/// Conceptions: planners' drafts, that citizens read, comment on and vote on in phase 2.
enum ConceptionRoutes {
    private static let path = "/api/v1/proceedings/{proceeding}/conceptions"
    private static let one = path + "/{conception}"
    private static let members: Set<String> = ["title", "text", "image", "order"]
    private static let mediaType = "application/geo+json; charset=utf-8"
    private static let example = """
        {"type": "Feature", "geometry": null, "properties": {"title": "Variante A: Allee am Kai", \
        "text": "Zwei Reihen Bäume, dazwischen Rad- und Fußweg.", "order": 1}}
        """

    static let routes: [Route] = [
        Route(
            description: RouteDescription(
                method: .get, path: path, operation: "listConceptions",
                summary: "The conceptions of a proceeding by their order, in pages.", tag: "Conceptions",
                access: .everybody, parameters: Call.pageParameters + [ChangeList.parameter],
                produces: ["application/geo+json"]), handler: list),
        Route(
            description: RouteDescription(
                method: .post, path: path, operation: "createConception",
                summary: "Adds a conception; with draft it is for moderators to see until it is published.",
                tag: "Conceptions", access: .permission(.manageProceeding),
                body: BodyDescription(
                    mediaTypes: ["application/geo+json", "application/json"],
                    summary: "A GeoJSON feature; the text has 10 to 20,000 characters.", example: example),
                successStatus: 201, successSummary: "It is stored.", produces: ["application/geo+json"],
                problems: [401, 403, 409, 422]), handler: create),
        Route(
            description: RouteDescription(
                method: .get, path: one, operation: "getConception", summary: "One conception.", tag: "Conceptions",
                access: .everybody, produces: ["application/geo+json"])
        ) { call in
            let (scope, proceeding, id) = try await place(call)
            let found = try await call.installation.conception(id, of: proceeding, scope: scope)
            let (bytes, tag) = ConceptionFeature.render(found, in: proceeding)
            return Answer.bytes(bytes, type: mediaType, tag: tag, request: call.request)
        },
        Route(
            description: RouteDescription(
                method: .patch, path: one, operation: "changeConception",
                summary: "Changes a conception; old words are kept for moderators.", tag: "Conceptions",
                access: .permission(.manageProceeding),
                body: BodyDescription(
                    mediaTypes: ["application/merge-patch+json", "application/json", "application/geo+json"],
                    summary: "The members to change, at their place in the feature; send If-Match.",
                    example: #"{"properties": {"order": 2}}"#),
                produces: ["application/geo+json"], problems: [401, 403, 412, 422, 428])
        ) { call in
            let (scope, proceeding, id) = try await place(call)
            let precondition = try call.precondition(required: true)
            var body = try await FeatureBody.read(call, properties: members, isPatch: true)
            var change = ConceptionChange()
            if body.hasGeometry { change.geometry = .set(body.geometry) }
            if body.properties.has("title") { change.title = body.properties.text("title", required: true) }
            if body.properties.has("text") { change.text = body.properties.text("text", required: true) }
            if body.properties.has("image") { change.image = .set(body.properties.text("image")) }
            change.order = body.properties.integer("order")
            try body.finish()
            let stored = try await call.installation.changeConception(
                id, change, of: proceeding, precondition: precondition, scope: scope)
            let (bytes, tag) = ConceptionFeature.render(stored, in: proceeding)
            return Answer.bytes(
                bytes, type: mediaType, request: call.request, headers: [.eTag: tag, .cacheControl: "no-store"])
        },
        Route(
            description: RouteDescription(
                method: .delete, path: one, operation: "withdrawConception",
                summary: "Withdraws a conception: it is gone with its comments, and a tombstone remains.",
                tag: "Conceptions", access: .permission(.manageProceeding), successStatus: 204,
                successSummary: "It is withdrawn.", produces: [], problems: [401, 403, 412])
        ) { call in
            let (scope, proceeding, id) = try await place(call)
            try await call.installation.withdrawConception(
                id, of: proceeding, precondition: call.precondition(required: false), scope: scope)
            return Response(status: .noContent, headers: [.cacheControl: "no-store"])
        },
    ]

    private static func place(_ call: Call) async throws -> (Scope, Proceeding, Int64) {
        let scope = try await call.scope()
        return (scope, try await call.proceeding(scope), try call.number("conception", of: "conception"))
    }

    private static func list(_ call: Call) async throws -> Response {
        if let since = try await ChangeList.instant(call) {
            return try await ChangeList.conceptions(call, since: since)
        }
        let limit = try call.query.limit()
        let cursor = try call.cursor()
        let scope = try await call.scope()
        let proceeding = try await call.proceeding(scope)
        let page = try await call.installation.conceptions(of: proceeding, limit: limit, after: cursor, scope: scope)
        let next = PageLinks.next(page.next, call)
        return Answer.bytes(
            FeatureText.page(page.items, next: next) { ConceptionFeature.append($0, in: proceeding, to: &$1) },
            type: mediaType,
            tag: VersionTag.make(proceeding, in: call.installation, scope: scope, request: call.request),
            request: call.request,
            headers: PageLinks.headers(next))
    }

    private static func create(_ call: Call) async throws -> Response {
        let scope = try await call.scope()
        let proceeding = try await call.proceeding(scope)
        var body = try await FeatureBody.read(call, properties: members.union(["draft"]))
        let key = try call.idempotencyKey(body: body.bytes)
        let draft = NewConception(
            title: body.properties.text("title", required: true) ?? "",
            text: body.properties.text("text", required: true) ?? "", image: body.properties.text("image"),
            geometry: body.geometry, order: body.properties.integer("order") ?? 0)
        let isDraft = body.properties.flag("draft") ?? false
        try body.finish()
        let (stored, isReplay) = try await call.installation.addConception(
            draft, isDraft: isDraft, to: proceeding, scope: scope, idempotency: key)
        return call.created(stored.id, ConceptionFeature.render(stored, in: proceeding), isReplay: isReplay)
    }
}
