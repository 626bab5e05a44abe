import GeoCore
import HTTPTypes
import Hummingbird
import Participation
import Platform
import Storage

/// Issuers whose tokens are taken: providers of OpenID Connect.
enum IssuerRoutes {
    private static let path = "/api/v1/issuers"

    static let routes: [Route] = [
        Route(
            description: RouteDescription(
                method: .get, path: path, operation: "listIssuers",
                summary: "The issuers whose tokens the tenant takes; all of the installation for the operator.",
                tag: "Accounts", access: .permission(.administerTenant))
        ) { call in
            let issuers = try await call.installation.issuers(scope: try await call.scope())
            return Answer.value(
                .object([.init("issuers", .array(issuers.map { IssuerValue.make(DescribedIssuer(issuer: $0)) }))]),
                headers: [.cacheControl: "no-store"])
        },
        Route(
            description: RouteDescription(
                method: .get, path: path + "/{issuer}", operation: "getIssuer",
                summary:
                    "One issuer; for the operator with the tenants that take its tokens, and the state of its keys.",
                tag: "Accounts", access: .permission(.administerTenant))
        ) { call in
            let scope = try await call.scope()
            return answer(try await call.installation.issuer(try call.name("issuer", of: "issuer"), scope: scope))
        },
        Route(
            description: RouteDescription(
                method: .put, path: path + "/{issuer}", operation: "putIssuer",
                summary: "Adds an issuer, or changes one with If-Match; it acts on the next request.", tag: "Accounts",
                access: .permission(.administerInstallation),
                body: BodyDescription(
                    mediaTypes: ["application/json"],
                    summary: """
                        What its tokens name in iss and aud. Algorithms are RS256 and ES256 unless given; keysURL is \
                        found in its /.well-known/openid-configuration; leeway is 30 seconds.
                        """,
                    example: """
                        {"url": "https://sso.example.org/realms/city", "audiences": ["mitplan"], \
                        "rolesClaim": "realm_access.roles"}
                        """), successSummary: "It is stored; 201 where it is new.", problems: [409, 412, 422, 428]),
            handler: put),
        Route(
            description: RouteDescription(
                method: .delete, path: path + "/{issuer}", operation: "deleteIssuer",
                summary: "Removes an issuer for all tenants; its tokens are worth nothing at once.", tag: "Accounts",
                access: .permission(.administerInstallation), successStatus: 204, problems: [412, 428])
        ) { call in
            let scope = try await call.scope()
            let version = try call.expectedVersion()
            try await call.installation.removeIssuer(
                try call.name("issuer", of: "issuer"), version: version, scope: scope)
            return Response(status: .noContent)
        },
    ]

    private static func put(_ call: Call) async throws -> Response {
        let scope = try await call.scope()
        let id = try call.name("issuer", of: "issuer")
        var (body, _) = try await JSONBody.read(call)
        let issuer = read(id, &body)
        try JSONBody.finish(body)
        let isThere = try await call.installation.issuers(scope: scope).contains { $0.id == id }
        guard isThere || call.request.headers[.ifMatch] != nil else {
            return answer(
                DescribedIssuer(issuer: try await call.installation.addIssuer(issuer, scope: scope)), status: .created)
        }
        guard isThere else {
            throw Problem(.preconditionFailed, "There is no issuer of that name; leave If-Match out to add it.")
        }
        let version = try call.expectedVersion()
        _ = try await call.installation.changeIssuer(issuer, version: version, scope: scope)
        return answer(try await call.installation.issuer(id, scope: scope))
    }

    private static func read(_ id: String, _ body: inout JSONBody) -> Issuer {
        body.allow(only: ["url", "audiences", "algorithms", "keysURL", "rolesClaim", "tenantClaim", "leeway"])
        if !body.has("audiences") { body.fault("audiences", "required", "This member is required.") }
        var issuer = Issuer(
            id: id, url: body.text("url", required: true) ?? "", audiences: body.texts("audiences"),
            keysURL: body.text("keysURL"))
        if body.member("algorithms") != nil {
            issuer.algorithms = []
            for (index, name) in body.texts("algorithms").enumerated() {
                guard let algorithm = SigningAlgorithm(rawValue: name) else {
                    let known = SigningAlgorithm.allCases.map(\.rawValue).joined(separator: ", ")
                    body.fault("algorithms", at: index, "value", "Algorithms are \(known).")
                    continue
                }
                issuer.algorithms.append(algorithm)
            }
        }
        issuer.rolesClaim = claim("rolesClaim", &body)
        issuer.tenantClaim = claim("tenantClaim", &body)
        switch body.member("leeway") {
        case nil: break
        case .integer(let seconds)?: issuer.leeway = seconds
        default: body.fault("leeway", "type", "This member must be a whole number.")
        }
        return issuer
    }

    private static func claim(_ name: String, _ body: inout JSONBody) -> ClaimPath? {
        guard let text = body.text(name) else { return nil }
        let path = ClaimPath(text)
        if path == nil {
            body.fault(name, "value", "This member must be names with dots between them, such as realm_access.roles.")
        }
        return path
    }

    private static func answer(_ issuer: DescribedIssuer, status: HTTPResponse.Status = .ok) -> Response {
        Answer.value(
            IssuerValue.make(issuer), status: status,
            headers: [.cacheControl: "no-store", .eTag: ItemTag.make(issuer.issuer.version)])
    }
}

/// Issuers as JSON.
private enum IssuerValue {
    static func make(_ described: DescribedIssuer) -> JSONValue {
        func text(_ value: String?) -> JSONValue { value.map { .string($0) } ?? .null }
        func texts(_ values: [String]) -> JSONValue { .array(values.map { .string($0) }) }
        func instant(_ value: Int64?) -> JSONValue { value.map { .string(Timestamp.rfc3339($0)) } ?? .null }
        let issuer = described.issuer
        var members: [JSONValue.Member] = [
            .init("id", .string(issuer.id)), .init("url", .string(issuer.url)),
            .init("audiences", texts(issuer.audiences)), .init("algorithms", texts(issuer.algorithms.map(\.rawValue))),
            .init("keysURL", text(issuer.keysURL)), .init("rolesClaim", text(issuer.rolesClaim?.text)),
            .init("tenantClaim", text(issuer.tenantClaim?.text)), .init("leeway", .integer(issuer.leeway)),
            .init("created", instant(issuer.created)),
        ]
        if let tenants = described.tenants { members.append(.init("tenants", texts(tenants))) }
        if let keys = described.keys {
            members.append(
                .init(
                    "keys",
                    .object([
                        .init("names", texts(keys.names)), .init("fetched", instant(keys.fetched)),
                        .init("asked", instant(keys.asked)), .init("fault", text(keys.fault)),
                    ])))
        }
        return .object(members)
    }
}
