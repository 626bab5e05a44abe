import HTTPTypes
import Hummingbird
import Participation
import Platform
import Storage

extension Call {
    /// Who asks, and of which tenant: from the path, or the tenant of requests that name none.
    ///
    /// - Throws: ``Problem`` 404 where there is no such tenant, 401 where credentials are wrong.
    func scope() async throws -> Scope {
        Scope(tenant: try await tenant(), viewer: try viewer())
    }

    private func tenant() async throws -> Tenant {
        if context.parameters.get("tenant") != nil {
            let id = try name("tenant", of: "tenant")
            guard let tenant = try await installation.tenant(id) else { throw Problem.missing("tenant") }
            return tenant
        }
        let tenant =
            if let id = services.settings.defaultTenant { try await installation.tenant(id) } else {
                try await installation.defaultTenant()
            }
        guard let tenant else {
            throw Problem(.notFound, "There is no default tenant; address one as /t/{tenant}\(request.uri.path).")
        }
        return tenant
    }

    private func viewer() throws -> Viewer {
        guard request.headers[.authorization] != nil, services.settings.adminToken != nil else { return .anonymous }
        try AdminToken.require(request, token: services.settings.adminToken)
        return .staff
    }

    /// The use cases.
    var installation: Installation { services.installation }

    /// The proceeding that the path names, as the scope sees it.
    func proceeding(_ scope: Scope) async throws -> Proceeding {
        try await installation.proceeding(try name("proceeding", of: "proceeding"), scope: scope)
    }

    /// The number of an item from the path; anything else is simply not there.
    func number(_ parameter: String, of what: String) throws -> Int64 {
        guard let text = context.parameters.get(parameter), text.utf8.count <= 19, let value = Int64(text), value > 0
        else { throw Problem.missing(what) }
        return value
    }

    /// The cursor of the query.
    func cursor() throws -> Cursor? {
        guard let text = try query.text("cursor", maximumLength: 64) else { return nil }
        do { return try Cursor(text) } catch {
            throw Problem.parameter("cursor", "The cursor was not made by this list; follow the link of a page.")
        }
    }

    /// The key under which the request is done once; `nil` where none is sent.
    ///
    /// - Throws: `PlatformError` `badRequest` for a malformed key.
    func idempotencyKey(body: [UInt8]) throws -> IdempotencyKey? {
        guard let name = HTTPField.Name("Idempotency-Key"), let key = request.headers[name] else { return nil }
        return try IdempotencyKey(key: key, body: SHA256.digest(body))
    }
}
