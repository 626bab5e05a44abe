import GeoCore
import HTTPTypes
import Hummingbird
import Participation
import Platform
import Storage

/// The queue of moderators, decisions on one item and on many, and the words that hold texts back.
enum ModerationRoutes {
    private static let proceeding = "/api/v1/proceedings/{proceeding}"
    private static let stateParameter = ParameterDescription(
        name: "state",
        summary: "Everything in these states instead, whether it waits or not, separated by commas: "
            + Viewer.statesSeenBySomebody.map(\.name).joined(separator: ", ") + ".", shape: .list)
    private static let example = #"{"action": "hide", "reason": "insult", "note": "Persönlicher Angriff"}"#

    static let routes: [Route] =
        [
            Route(
                description: RouteDescription(
                    method: .get, path: proceeding + "/moderation", operation: "listModeration",
                    summary: "What waits for a moderator, what needs it most first.", tag: "Moderation",
                    access: .permission(.moderate), parameters: Call.pageParameters + [stateParameter],
                    problems: [401, 403]),
                handler: queue),
            Route(
                description: RouteDescription(
                    method: .post, path: proceeding + "/moderation", operation: "moderateMany",
                    summary: "One decision on many contributions, conceptions and comments: on all of them, or none.",
                    tag: "Moderation", access: .permission(.moderate),
                    body: BodyDescription(
                        mediaTypes: ["application/json"],
                        summary: "The items with the versions seen, and the decision.",
                        example: """
                            {"items": [{"id": "12", "version": 1}, {"id": "15", "version": 2}], "action": "publish"}
                            """), problems: [401, 403, 412, 422]), handler: decideOnMany),
        ] + ItemAddress.all.flatMap(routes)
        + wordRoutes(at: proceeding + "/moderation/words", of: "Proceeding") { call, scope in
            try await call.proceeding(scope)
        } + wordRoutes(at: "/api/v1/moderation/words", of: "Tenant") { _, _ in nil }

    private static func routes(of address: ItemAddress) -> [Route] {
        let path = address.path + "/moderation"
        return [
            Route(
                description: RouteDescription(
                    method: .get, path: path, operation: "get\(address.operation)Moderation",
                    summary: "A \(address.words) as a moderator sees it: reports, decisions, earlier texts.",
                    tag: "Moderation", access: .permission(.moderate), problems: [401, 403])
            ) { call in
                let scope = try await call.scope()
                let proceeding = try await call.proceeding(scope)
                let record = try await call.installation.moderationRecord(
                    of: target(address.item(call)), in: proceeding, scope: scope)
                return Answer.value(
                    ModerationValue.make(record, in: proceeding),
                    headers: [.eTag: ItemTag.make(record.item.version), .cacheControl: "no-store"])
            },
            Route(
                description: RouteDescription(
                    method: .post, path: path, operation: "moderate\(address.operation)",
                    summary: "Publishes, hides, rejects, redacts or erases a \(address.words); needs If-Match.",
                    tag: "Moderation", access: .permission(.moderate),
                    body: BodyDescription(
                        mediaTypes: ["application/json"], summary: "The decision.", example: example),
                    problems: [401, 403, 412, 422, 428])
            ) { call in
                let scope = try await call.scope()
                let proceeding = try await call.proceeding(scope)
                var target = target(try address.item(call))
                target.version = try call.expectedVersion()
                var (body, bytes) = try await JSONBody.read(call)
                let idempotency = try call.idempotencyKey(of: "\(target.version ?? 0)", body: bytes)
                body.allow(only: ModerationDecision.members)
                let decision = ModerationDecision(reading: &body)
                try JSONBody.finish(body)
                guard let decision else { throw Problem(.invalidInput, "The decision names no action.") }
                let (items, isReplay) = try await call.installation.moderate(
                    [target], decision, of: proceeding, scope: scope, idempotency: idempotency)
                guard let item = items.first else { throw Problem.missing("item") }
                var headers = HTTPFields.made(isReplay: isReplay)
                headers[.eTag] = ItemTag.make(item.version)
                return Answer.value(ModerationValue.make(item, in: proceeding), headers: headers)
            },
        ]
    }

    private static func target(_ item: ItemReference) -> ModerationTarget { ModerationTarget(item.id, item: item) }

    private static func queue(_ call: Call) async throws -> Response {
        let limit = try call.query.limit()
        let cursor = try call.cursor()
        let states = try call.states()
        let scope = try await call.scope()
        let proceeding = try await call.proceeding(scope)
        let (page, count) = try await call.installation.moderationQueue(
            of: proceeding, states: states, limit: limit, after: cursor, scope: scope)
        let next = PageLinks.next(page.next, call)
        var headers = PageLinks.headers(next)
        headers[.cacheControl] = "no-store"
        return Answer.value(
            .object([
                .init("items", .array(page.items.map { ModerationValue.make($0, in: proceeding) })),
                .init("numberReturned", .integer(Int64(page.items.count))),
                .init("numberWaiting", .integer(count)),
                .init("links", PageLinks.value(next)),
            ]), headers: headers)
    }

    private static func decideOnMany(_ call: Call) async throws -> Response {
        let scope = try await call.scope()
        let proceeding = try await call.proceeding(scope)
        var (body, bytes) = try await JSONBody.read(call)
        let idempotency = try call.idempotencyKey(body: bytes)
        body.allow(only: ModerationDecision.members.union(["items"]))
        var targets: [ModerationTarget] = []
        for (index, item) in (body.member("items")?.array ?? []).enumerated() {
            guard case .object(let members) = item, members.allSatisfy({ ["id", "version"].contains($0.name) }),
                let text = item["id"]?.string, text.utf8.count <= 19, let id = Int64(text),
                case .integer(let version)? = item["version"]
            else {
                body.fault("items", at: index, "type", "An item is an object of id, a text, and version, a number.")
                continue
            }
            targets.append(ModerationTarget(id, version: version))
        }
        if body.member("items")?.array == nil {
            body.fault("items", "required", "This member must be an array of items.")
        }
        let decision = ModerationDecision(reading: &body)
        try JSONBody.finish(body)
        guard let decision else { throw Problem(.invalidInput, "The decision names no action.") }
        let (items, isReplay) = try await call.installation.moderate(
            targets, decision, of: proceeding, scope: scope, idempotency: idempotency)
        return Answer.value(
            .object([.init("items", .array(items.map { ModerationValue.make($0, in: proceeding) }))]),
            headers: HTTPFields.made(isReplay: isReplay))
    }

    private static func wordRoutes(
        at path: String, of kind: String,
        _ proceeding: @escaping @Sendable (Call, Scope) async throws -> Proceeding?
    ) -> [Route] {
        let whose = kind == "Tenant" ? "in all proceedings of the tenant" : "in this proceeding"
        return [
            Route(
                description: RouteDescription(
                    method: .get, path: path, operation: "get\(kind)Words",
                    summary: "The words that hold texts back \(whose).", tag: "Moderation",
                    access: .permission(.moderate),
                    problems: [401, 403])
            ) { call in
                let scope = try await call.scope()
                let words = try await call.installation.heldWords(of: proceeding(call, scope), scope: scope)
                return try Answer.json(["words": words], headers: [.cacheControl: "no-store"])
            },
            Route(
                description: RouteDescription(
                    method: .put, path: path, operation: "replace\(kind)Words",
                    summary: "Replaces the words that hold texts back \(whose).", tag: "Moderation",
                    access: .permission(.moderate),
                    body: BodyDescription(
                        mediaTypes: ["application/json"], summary: "All words; * at the end stands for any ending.",
                        example: #"{"words": ["idiot*", "lügner"]}"#), problems: [401, 403, 422])
            ) { call in
                let scope = try await call.scope()
                let place = try await proceeding(call, scope)
                var (body, _) = try await JSONBody.read(call)
                body.allow(only: ["words"])
                if body.member("words") == nil { body.fault("words", "required", "This member is required.") }
                let words = body.texts("words")
                try JSONBody.finish(body)
                try await call.installation.replaceHeldWords(words, of: place, scope: scope)
                return try Answer.json(
                    ["words": try await call.installation.heldWords(of: place, scope: scope)],
                    headers: [.cacheControl: "no-store"])
            },
        ]
    }
}
