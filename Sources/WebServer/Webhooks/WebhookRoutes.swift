import GeoCore
import HTTPTypes
import Hummingbird
import Participation
import Platform
import Storage

/// Addresses that are told of changes, and how that went.
enum WebhookRoutes {
    private static let path = "/api/v1/webhooks"

    static let routes: [Route] = [
        Route(
            description: RouteDescription(
                method: .get, path: path, operation: "listWebhooks", summary: "The webhooks of the tenant.",
                tag: "Webhooks", access: .permission(.administerTenant))
        ) { call in
            let scope = try await call.scope()
            let names = try await call.proceedingNames(scope)
            let webhooks = try await call.installation.webhooks(scope: scope)
            return Answer.value(
                .object([.init("webhooks", .array(webhooks.map { WebhookValue.make($0, names) }))]),
                headers: [.cacheControl: "no-store"])
        },
        Route(
            description: RouteDescription(
                method: .post, path: path, operation: "createWebhook",
                summary: "Adds an address that is told of changes; the answer has the key of its signatures, once.",
                tag: "Webhooks", access: .permission(.administerTenant),
                body: BodyDescription(
                    mediaTypes: ["application/json"],
                    summary: "Where to, and what is told; everything but votes by default.",
                    example: """
                        {"url": "https://example.org/hook", "events": ["contribution.created"], \
                        "proceeding": "radverkehr"}
                        """), successStatus: 201, successSummary: "It is stored.", problems: [409, 422]),
            handler: create),
        Route(
            description: RouteDescription(
                method: .delete, path: path + "/{webhook}", operation: "deleteWebhook",
                summary: "Removes a webhook, its log and what waits for it.", tag: "Webhooks",
                access: .permission(.administerTenant),
                successStatus: 204, successSummary: "It is gone.")
        ) { call in
            let scope = try await call.scope()
            try await call.installation.removeWebhook(try call.number("webhook", of: "webhook"), scope: scope)
            return Response(status: .noContent)
        },
        Route(
            description: RouteDescription(
                method: .get, path: path + "/{webhook}/deliveries", operation: "listDeliveries",
                summary: "What was sent to a webhook and what waits, newest first, in pages.", tag: "Webhooks",
                access: .permission(.administerTenant), parameters: Call.pageParameters)
        ) { call in
            let limit = try call.query.limit()
            let cursor = try call.cursor()
            let scope = try await call.scope()
            let page = try await call.installation.deliveries(
                of: try call.number("webhook", of: "webhook"), limit: limit, after: cursor, scope: scope)
            let next = PageLinks.next(page.next, call)
            var headers = PageLinks.headers(next)
            headers[.cacheControl] = "no-store"
            return Answer.value(
                .object([
                    .init("deliveries", .array(page.items.map(WebhookValue.make))),
                    .init("numberReturned", .integer(Int64(page.items.count))),
                    .init("links", PageLinks.value(next)),
                ]), headers: headers)
        },
    ]

    private static func create(_ call: Call) async throws -> Response {
        let scope = try await call.scope()
        var (body, bytes) = try await JSONBody.read(call)
        let idempotency = try call.idempotencyKey(body: bytes)
        body.allow(only: ["url", "events", "proceeding"])
        let url = body.text("url", required: true) ?? ""
        var events: Set<FeedEvent> = []
        switch body.member("events") {
        case nil, .null?: break
        case .array(let elements)?:
            for element in elements {
                if let event = element.string.flatMap(FeedEvent.init) {
                    events.insert(event)
                } else {
                    let known = FeedEvent.allCases.map(\.rawValue).joined(separator: ", ")
                    body.fault("events", "value", "Events are \(known).")
                }
            }
        default: body.fault("events", "type", "This member must be an array of events.")
        }
        let name = body.text("proceeding")
        try JSONBody.finish(body)
        var proceeding: Proceeding?
        if let name { proceeding = try await call.installation.proceeding(name, scope: scope) }
        let (webhook, secret) = try await call.installation.addWebhook(
            url: url, events: events, proceeding: proceeding, scope: scope, idempotency: idempotency)
        let names = try await call.proceedingNames(scope)
        return Answer.value(
            WebhookValue.make(webhook, names, secret: secret), status: .created,
            headers: HTTPFields.made("\(call.request.uri.path)/\(webhook.id)", isReplay: secret == nil))
    }
}

extension Call {
    /// Slugs of the proceedings by key.
    fileprivate func proceedingNames(_ scope: Scope) async throws -> [Int64: String] {
        let proceedings = try await installation.proceedings(scope: scope).items
        return Dictionary(proceedings.map { ($0.key, $0.id) }, uniquingKeysWith: { first, _ in first })
    }
}

/// Webhooks and deliveries as JSON.
private enum WebhookValue {
    static func make(_ webhook: Webhook, _ names: [Int64: String], secret: String? = nil) -> JSONValue {
        var members: [JSONValue.Member] = [
            .init("id", .string(String(webhook.id))), .init("url", .string(webhook.url)),
            .init("events", .array(webhook.events.map(\.rawValue).sorted().map { .string($0) })),
            .init("proceeding", webhook.proceeding.map { .string(names[$0] ?? String($0)) } ?? .null),
            .init("created", .string(Timestamp.rfc3339(webhook.created))),
            .init("ends", webhook.ends.map { .string(Timestamp.rfc3339($0)) } ?? .null),
        ]
        if let secret { members.append(.init("secret", .string(secret))) }
        return .object(members)
    }

    static func make(_ delivery: WebhookDelivery) -> JSONValue {
        func number(_ value: Int64?) -> JSONValue { value.map { .string(String($0)) } ?? .null }
        return .object([
            .init("id", .string(String(delivery.id))), .init("event", .string(delivery.event)),
            .init("proceeding", .string(delivery.proceeding)), .init("item", number(delivery.item)),
            .init("created", .string(Timestamp.rfc3339(delivery.created))),
            .init("outcome", .string(delivery.outcome.name)), .init("attempts", .integer(delivery.attempts)),
            .init("due", delivery.outcome == .waiting ? .string(Timestamp.rfc3339(delivery.due)) : .null),
            .init("status", delivery.status.map { .integer($0) } ?? .null),
            .init("fault", delivery.fault.map { .string($0) } ?? .null),
        ])
    }
}
