import Participation
import Storage

/// The key under which a client may send the same request again.
public struct IdempotencyKey: Sendable, Hashable {
    /// A digest of the key, 1 to 255 visible ASCII characters; the key itself is not kept.
    let name: String
    /// A digest of the body.
    let body: [UInt8]
    private let secret: [UInt8]

    /// Makes a key; the text is checked.
    ///
    /// - Throws: ``PlatformError`` `badRequest`.
    public init(key: String, body: [UInt8]) throws {
        guard (1...255).contains(key.utf8.count), key.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw PlatformError(.badRequest, "Idempotency-Key must be 1 to 255 visible ASCII characters")
        }
        var digest = SHA256()
        digest.update(key.utf8)
        name = digest.hexadecimal()
        secret = Array(key.utf8)
        self.body = body
    }

    /// A secret that only who knows the key can have again, from random bytes that are kept.
    func secret(salt: [UInt8]) -> [UInt8] { SHA256.digest(salt + secret) }
}

extension Installation {
    /// Where a key counts: one caller, one route.
    static func idempotencyScope(_ route: String, scope: Scope) -> String {
        let caller = scope.viewer.participant.map { "p:\($0)" } ?? scope.viewer.account.map { "a:\($0)" } ?? "-"
        return "\(route) \(caller)"
    }

    /// What an earlier request with this key has made; `nil` when there was none.
    ///
    /// - Throws: ``PlatformError`` `invalidInput` when that request had another body.
    static func earlier(
        _ key: IdempotencyKey?, route: String, writer: ScopedWriter
    ) throws -> EarlierRequest? {
        guard let key, let earlier = try writer.replay(key: key.name, scope: route, body: key.body) else { return nil }
        guard earlier.sameBody else {
            throw PlatformError(.invalidInput, "this Idempotency-Key was used for another request")
        }
        return earlier
    }
}
