import HTTPTypes
import Hummingbird
import Participation
import Platform
import Storage

extension Call {
    /// Who asks, and of which tenant: from the path, from the host, or the tenant of requests that name none.
    ///
    /// - Throws: ``Problem`` 404 where there is no such tenant, 401 where credentials are wrong.
    func scope() async throws -> Scope {
        if let known { return known }
        return try await scope(of: try await TenantChoice.tenant(of: request, services: services))
    }

    /// Who asks, in a tenant.
    ///
    /// - Throws: ``Problem`` 401 where credentials are wrong, 429 after too many wrong ones, 404 for a token of another
    ///   tenant, 503 where an issuer cannot be asked for its keys.
    func scope(of tenant: Tenant) async throws -> Scope {
        do {
            return Scope(tenant: tenant, viewer: try await viewer(of: tenant), request: context.requestID)
        } catch let error as PlatformError where error.code == .unauthenticated {
            throw Problem(.unauthorized, "\(error)", headers: BearerToken.refusal)
        }
    }

    private func viewer(of tenant: Tenant) async throws -> Viewer {
        guard request.headers[.authorization] != nil else { return .anonymous }
        return try await guardingCredentials(of: tenant) {
            guard let token = try BearerToken.read(request) else { return .anonymous }
            if let secret = services.settings.adminToken, AdminToken.isEqual(token, secret) {
                return try await installation.operatorViewer(of: tenant)
            }
            return try await installation.viewer(bearer: token, of: tenant, outbound: services.settings.outbound)
        }
    }

    /// The use cases.
    var installation: Installation { services.installation }

    /// The proceeding that the path names, as the scope sees it.
    func proceeding(_ scope: Scope) async throws -> Proceeding {
        try await installation.proceeding(try name("proceeding", of: "proceeding"), scope: scope)
    }

    /// The proceeding that a query parameter names, as the scope sees it.
    ///
    /// - Throws: `PlatformError` `notFound` that names the parameter.
    func proceeding(_ id: String, namedBy parameter: String, _ scope: Scope) async throws -> Proceeding {
        do {
            return try await installation.proceeding(id, scope: scope)
        } catch var error as PlatformError where error.code == .notFound {
            error.detail = "\(parameter): \(error.detail)"
            error.parameter = parameter
            throw error
        }
    }

    /// The number of an item from the path; anything else is simply not there.
    func number(_ parameter: String, of what: String) throws -> Int64 {
        guard let text = part(parameter), text.utf8.count <= 19, let value = Int64(text), value > 0
        else { throw Problem.missing(what) }
        return value
    }

    /// The key under which the request is done once; `nil` where none is sent.
    ///
    /// - Throws: `PlatformError` `badRequest` for a malformed key.
    func idempotencyKey(body: [UInt8]) throws -> IdempotencyKey? {
        try sentIdempotencyKey.map { try IdempotencyKey(key: $0, body: SHA256.digest(body)) }
    }

    /// The same for what the body does not tell: the path, and what the header fields ask for.
    func idempotencyKey(of words: String..., body: [UInt8] = []) throws -> IdempotencyKey? {
        let place = ([request.uri.path] + words).map { Array($0.utf8) + [0] }.flatMap { $0 }
        return try idempotencyKey(body: place + body)
    }

    /// The key as it was sent, for bodies that are kept as files, whose digest counts with it.
    var sentIdempotencyKey: String? { HTTPField.Name("Idempotency-Key").flatMap { request.headers[$0] } }
}
