import GeoCore
import HTTPTypes
import Hummingbird
import Participation
import Platform
import Storage

/// The tenant itself.
enum TenantRoutes {
    static let routes: [Route] = [
        Route(
            description: RouteDescription(
                method: .get, path: "/api/v1/tenant", operation: "getTenant",
                summary: "What the tenant says of itself; its settings for administrators.", tag: "Tenant",
                access: .everybody)
        ) { call in
            let scope = try await call.scope()
            return try await answer(scope.tenant, call: call, scope: scope)
        },
        Route(
            description: RouteDescription(
                method: .patch, path: "/api/v1/tenant", operation: "changeTenant",
                summary:
                    "Changes the tenant; hosts, rateFactor, imageMegabytes and status are for the operator alone.",
                tag: "Tenant",
                access: .permission(.changeTenant),
                body: BodyDescription(
                    mediaTypes: ["application/json", "application/merge-patch+json"],
                    summary: "The members to change; an empty text takes one away.",
                    example:
                        #"{"name": "Freie und Hansestadt Hamburg", "origins": ["https://beteiligung.example.org"]}"#),
                problems: [409, 412, 422, 428])
        ) { call in
            let scope = try await call.scope()
            let version = try call.expectedVersion()
            var (body, _) = try await JSONBody.read(call)
            body.allow(only: [
                "name", "language", "metricCRS", "timeZone", "licence", "publisher", "contact", "origins", "hosts",
                "rateFactor", "imageMegabytes", "status", "operatorAccess",
            ])
            var change = TenantChange()
            change.name = body.text("name")
            change.language = body.text("language")
            change.metricCRS = body.text("metricCRS")
            change.timeZone = body.text("timeZone")
            change.licence = body.text("licence")
            change.publisher = body.text("publisher")
            change.contact = body.text("contact")
            change.origins = texts("origins", &body)
            change.hosts = texts("hosts", &body)
            if let member = body.member("rateFactor") {
                change.rateFactor = member.double
                if member.double == nil { body.fault("rateFactor", "type", "This member must be a number.") }
            }
            if let member = body.member("imageMegabytes") {
                change.imageMegabytes = member.double.flatMap { Int(exactly: $0) }
                if change.imageMegabytes == nil {
                    body.fault("imageMegabytes", "type", "This member must be a whole number.")
                }
            }
            if let word = body.text("status") {
                change.status = Tenant.Status(rawValue: word)
                if change.status == nil { body.fault("status", "value", "This member must be active or suspended.") }
            }
            if let word = body.text("operatorAccess") {
                change.operatorAccess = OperatorAccess(rawValue: word)
                if change.operatorAccess == nil {
                    body.fault("operatorAccess", "value", "This member must be always or onGrant.")
                }
            }
            try JSONBody.finish(body)
            let changed = try await call.installation.change(change, version: version, scope: scope)
            return try await answer(changed, call: call, scope: scope)
        },
    ]

    private static func texts(_ name: String, _ body: inout JSONBody) -> [String]? {
        guard let member = body.member(name) else { return nil }
        let texts = member.array?.compactMap(\.string)
        guard let texts, texts.count == member.array?.count else {
            body.fault(name, "type", "This member must be an array of texts.")
            return nil
        }
        return texts
    }

    private static func answer(_ tenant: Tenant, call: Call, scope: Scope) async throws -> Response {
        func text(_ value: String?) -> JSONValue { value.map { .string($0) } ?? .null }
        var members: [JSONValue.Member] = [
            .init("id", .string(tenant.id)), .init("name", .string(tenant.name)),
            .init("language", .string(tenant.defaultLanguage)), .init("metricCRS", .string(tenant.metricCRS)),
            .init("timeZone", .string(tenant.timeZone)), .init("licence", text(tenant.licence)),
            .init("publisher", text(tenant.publisher)), .init("contact", text(tenant.contact)),
        ]
        if scope.viewer.may(.changeTenant) {
            let hosts = try await call.installation.hosts(of: tenant)
            members += [
                .init("status", .string(tenant.status.rawValue)),
                .init("hosts", .array(hosts.map { .string($0) })),
                .init("origins", .array(tenant.settings.origins.map { .string($0) })),
                .init("rateFactor", .number(tenant.settings.rateFactor)),
                .init("imageMegabytes", .integer(Int64(tenant.settings.imageMegabytes))),
                .init("operatorAccess", .string(tenant.settings.operatorAccess.rawValue)),
            ]
        }
        return Answer.value(
            .object(members), headers: [.cacheControl: "no-cache", .eTag: ItemTag.make(tenant.version)])
    }
}
