import Participation

/// An API key as it is stored: never its secret.
public struct APIKey: Sendable, Hashable {
    /// Number, given by the store.
    public var id: Int64
    /// What it is for.
    public var name: String
    /// SHA-256 of the secret.
    public var digest: [UInt8]
    /// When it was made, milliseconds since 1970.
    public var created: Int64
    /// Who made it.
    public var createdBy: String
    /// When it ends, milliseconds since 1970.
    public var expires: Int64
    /// When it was revoked.
    public var revoked: Int64?
    /// The day it was last used, days since 1970 in UTC.
    public var lastDay: Int64?

    /// Makes a key that is not stored yet.
    public init(name: String, digest: [UInt8], created: Int64, createdBy: String, expires: Int64) {
        id = 0
        self.name = name
        self.digest = digest
        self.created = created
        self.createdBy = createdBy
        self.expires = expires
    }

    /// The name under which its roles are assigned and its deeds are written down.
    public var subject: String { Self.subject(id) }

    /// The subject of a key.
    public static func subject(_ id: Int64) -> String { "key:\(id)" }

    /// Whether it opens anything at an instant.
    public func isValid(at now: Int64) -> Bool { revoked == nil && now < expires }

    static let columns = "id, name, secret, created, created_by, expires, revoked, last_day"

    init(_ row: any SQLRow) {
        self.init(
            name: row.text(1), digest: row.blob(2), created: row.integer(3), createdBy: row.text(4),
            expires: row.integer(5))
        id = row.integer(0)
        revoked = row.optionalInteger(6)
        lastDay = row.optionalInteger(7)
    }
}

extension ScopedReader {
    /// The keys of the tenant, newest first, revoked ones too.
    public func apiKeys() throws -> [APIKey] {
        try connection.rows(
            "SELECT \(raw: APIKey.columns) FROM api_key WHERE tenant = \(tenant) ORDER BY id DESC", APIKey.init)
    }

    /// Numbers of the keys that accounts of an issuer made, and of those made with these, revoked ones too.
    public func apiKeys(madeByAccountsOf issuer: String) throws -> [Int64] {
        let prefix = "\(issuer):"
        return try connection.rows(
            """
            WITH RECURSIVE made (id) AS (
                SELECT id FROM api_key
                WHERE tenant = \(tenant) AND substr(created_by, 1, \(Int64(prefix.utf8.count))) = \(prefix)
                UNION SELECT k.id FROM api_key k JOIN made m ON k.created_by = 'key:' || m.id
                WHERE k.tenant = \(tenant))
            SELECT id FROM made ORDER BY id
            """
        ) { $0.integer(0) }
    }

    /// One key of the tenant.
    public func apiKey(_ id: Int64) throws -> APIKey? {
        try connection.first(
            "SELECT \(raw: APIKey.columns) FROM api_key WHERE tenant = \(tenant) AND id = \(id)", APIKey.init)
    }
}

extension ScopedWriter {
    /// Stores a key and gives it its number.
    public func add(_ key: APIKey) throws -> APIKey {
        var stored = key
        stored.id = try take(from: "item")
        try connection.execute(
            """
            INSERT INTO api_key (tenant, id, name, secret, created, created_by, expires)
            VALUES (\(tenant), \(stored.id), \(key.name), \(key.digest), \(key.created), \(key.createdBy),
                \(key.expires))
            """)
        return stored
    }

    /// Revokes a key for good.
    ///
    /// - Returns: whether there was one that was not revoked.
    public func revokeAPIKey(_ id: Int64, now: Int64) throws -> Bool {
        try connection.execute(
            "UPDATE api_key SET revoked = \(now) WHERE tenant = \(tenant) AND id = \(id) AND revoked IS NULL") == 1
    }

    /// Notes the day of a key's use.
    public func noteUse(ofAPIKey id: Int64, day: Int64) throws {
        try connection.execute("UPDATE api_key SET last_day = \(day) WHERE tenant = \(tenant) AND id = \(id)")
    }
}
