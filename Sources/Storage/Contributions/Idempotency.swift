/// What an earlier request with the same key has made.
public struct EarlierRequest: Sendable, Hashable {
    /// The item it made.
    public var item: Int64
    /// Whether its body was the same.
    public var sameBody: Bool
    /// Random bytes that were made for it.
    public var salt: [UInt8]
}

extension ScopedReader {
    /// Whether a request with a key has made something, whatever its body was.
    public func hasMade(key: String, scope: String) throws -> Bool {
        try connection.first(
            "SELECT 1 FROM idempotency WHERE tenant = \(tenant) AND scope = \(scope) AND key = \(key)"
        ) { _ in true } ?? false
    }
}

extension ScopedWriter {
    /// The earlier request with a key; `nil` when the key is new.
    public func replay(key: String, scope: String, body: [UInt8]) throws -> EarlierRequest? {
        try connection.first(
            "SELECT item, body, salt FROM idempotency WHERE tenant = \(tenant) AND scope = \(scope) AND key = \(key)"
        ) { EarlierRequest(item: $0.integer(0), sameBody: $0.blob(1) == body, salt: $0.blob(2)) }
    }

    /// Remembers for a day which item a request with a key made.
    public func remember(
        key: String, scope: String, body: [UInt8], salt: [UInt8] = [], item: Int64, now: Int64
    ) throws {
        try connection.execute("DELETE FROM idempotency WHERE tenant = \(tenant) AND created < \(now - 86_400_000)")
        try connection.execute(
            """
            INSERT INTO idempotency (tenant, scope, key, body, salt, item, created)
            VALUES (\(tenant), \(scope), \(key), \(body), \(salt), \(item), \(now))
            """)
    }
}
