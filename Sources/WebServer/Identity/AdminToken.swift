import HTTPTypes
import Hummingbird
import Participation

/// The credential of a request (RFC 6750): a bearer token in `Authorization`, and nowhere else.
enum BearerToken {
    /// The challenge of every 401.
    static let challenge: HTTPFields = [.wwwAuthenticate: "Bearer realm=\"mitplan\""]
    /// The challenge where a token was sent that is worth nothing (RFC 6750, 3.1).
    static let refusal: HTTPFields = [.wwwAuthenticate: "Bearer realm=\"mitplan\", error=\"invalid_token\""]

    /// The token of a request; `nil` where none is sent.
    ///
    /// - Throws: ``Problem`` 401 for another scheme or an empty or overlong token.
    static func read(_ request: Request) throws -> String? {
        guard let field = request.headers[.authorization] else { return nil }
        let parts = field.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "bearer", (1...8192).contains(parts[1].utf8.count) else {
            throw Problem(
                .unauthorized, "The credentials cannot be read: send Authorization: Bearer <token>.",
                headers: challenge)
        }
        return String(parts[1])
    }
}

/// The operator's credential: one secret of the installation as bearer token.
enum AdminToken {
    /// Compares without telling by its time how much is equal; only the lengths show.
    static func isEqual(_ given: String, _ secret: String) -> Bool {
        Secret.isEqual(Array(given.utf8), Array(secret.utf8))
    }
}
