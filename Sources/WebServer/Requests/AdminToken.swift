import HTTPTypes
import Hummingbird

/// The credential of staff routes: one secret of the installation as bearer token (RFC 6750).
enum AdminToken {
    /// Lets a request pass that carries the secret.
    ///
    /// - Throws: ``Problem`` 403 when no secret is set, 401 when it is missing or wrong.
    static func require(_ request: Request, token: String?) throws {
        guard let token, !token.isEmpty else {
            throw Problem(
                .forbidden,
                "Staff routes are closed, since no administrator token is set. Start the server with "
                    + "MITPLAN_ADMIN_TOKEN or --admin-token-file to open them.")
        }
        let challenge: HTTPFields = [.wwwAuthenticate: "Bearer realm=\"mitplan\""]
        guard let field = request.headers[.authorization] else {
            throw Problem(
                .unauthorized, "This needs the administrator token: Authorization: Bearer <token>.", headers: challenge)
        }
        let parts = field.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "bearer", isEqual(String(parts[1]), token) else {
            throw Problem(.unauthorized, "The credentials are wrong.", headers: challenge)
        }
    }

    /// Compares without telling by its time how much is equal; only the lengths show.
    static func isEqual(_ given: String, _ secret: String) -> Bool {
        let given = Array(given.utf8)
        let secret = Array(secret.utf8)
        var difference: UInt8 = given.count == secret.count ? 0 : 1
        for index in secret.indices {
            difference |= secret[index] ^ (index < given.count ? given[index] : ~secret[index])
        }
        return difference == 0
    }
}
