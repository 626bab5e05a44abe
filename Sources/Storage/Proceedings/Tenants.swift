public import Participation

/// Tenants are the one thing read without a scope, since they make one.
public struct TenantDirectory {
    private let connection: any SQLConnection

    /// Opens the directory inside a transaction.
    public init(_ connection: any SQLConnection) { self.connection = connection }

    private static let columns = "tenant, id, name, language, metric_crs, time_zone, licence, publisher"

    private func tenant(_ row: any SQLRow) -> Tenant {
        Tenant(
            id: row.text(1), key: row.integer(0), name: row.text(2), defaultLanguage: row.text(3),
            metricCRS: row.text(4), timeZone: row.text(5), licence: row.optionalText(6),
            publisher: row.optionalText(7))
    }

    /// All tenants, by slug.
    public func all() throws -> [Tenant] {
        try connection.rows("SELECT \(raw: Self.columns) FROM tenant ORDER BY id", tenant)
    }

    /// One tenant by its slug.
    public func tenant(id: String) throws -> Tenant? {
        try connection.first("SELECT \(raw: Self.columns) FROM tenant WHERE id = \(id)", tenant)
    }

    /// The tenant of requests that name none.
    public func defaultTenant() throws -> Tenant? {
        let id = try connection.first("SELECT value FROM setting WHERE name = 'default_tenant'") { $0.text(0) }
        return try id.flatMap { try tenant(id: $0) }
    }

    /// Adds a tenant and gives it its key.
    ///
    /// - Throws: ``StorageError`` of kind `constraint` when the slug is taken.
    public func add(_ tenant: Tenant) throws -> Tenant {
        let key = try connection.first(
            "UPDATE counter SET value = value + 1 WHERE name = 'tenant' RETURNING value"
        ) { $0.integer(0) }
        guard let key else { throw StorageError(.corrupt, "the store lacks a counter") }
        try connection.execute(
            """
            INSERT INTO tenant (tenant, id, name, language, metric_crs, time_zone, licence, publisher)
            VALUES (\(key), \(tenant.id), \(tenant.name), \(tenant.defaultLanguage), \(tenant.metricCRS),
                \(tenant.timeZone), \(tenant.licence), \(tenant.publisher))
            """)
        var stored = tenant
        stored.key = key
        return stored
    }

    /// Names the tenant of requests that name none.
    public func setDefault(_ id: String) throws {
        try connection.execute(
            """
            INSERT INTO setting (name, value) VALUES ('default_tenant', \(id))
            ON CONFLICT (name) DO UPDATE SET value = excluded.value
            """)
    }
}
