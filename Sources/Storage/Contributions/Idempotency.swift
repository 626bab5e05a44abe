extension Schema {
    /// Answers that nothing is left to read from, beside the keys of requests and for as long.
    public static let keptAnswers: [String] = ["ALTER TABLE idempotency ADD COLUMN answer TEXT"]
}

/// What an earlier request with the same key has made.
public struct EarlierRequest: Sendable, Hashable {
    /// The item it made.
    public var item: Int64
    /// Whether its body was the same.
    public var sameBody: Bool
    /// Random bytes that were made for it.
    public var salt: [UInt8]
    /// The answer, where it cannot be read from the item.
    public var answer: String?
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
            """
            SELECT item, body, salt, answer FROM idempotency
            WHERE tenant = \(tenant) AND scope = \(scope) AND key = \(key)
            """
        ) { row in
            EarlierRequest(
                item: row.integer(0), sameBody: row.blob(1) == body, salt: row.blob(2), answer: row.optionalText(3))
        }
    }

    /// Remembers for a day which item a request with a key made.
    public func remember(
        key: String, scope: String, body: [UInt8], salt: [UInt8] = [], item: Int64, answer: String? = nil, now: Int64
    ) throws {
        try connection.execute("DELETE FROM idempotency WHERE tenant = \(tenant) AND created < \(now - 86_400_000)")
        try connection.execute(
            """
            INSERT INTO idempotency (tenant, scope, key, body, salt, item, answer, created)
            VALUES (\(tenant), \(scope), \(key), \(body), \(salt), \(item), \(answer), \(now))
            """)
    }
}
