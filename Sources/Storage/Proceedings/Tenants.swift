import FoundationEssentials
public import Participation

/// Tenants are the one thing read without a scope, since they make one.
public struct TenantDirectory {
    let connection: any SQLConnection

    /// Opens the directory inside a transaction.
    public init(_ connection: any SQLConnection) { self.connection = connection }

    private static let columns = """
        t.tenant, t.id, t.name, t.language, t.metric_crs, t.time_zone, t.licence, t.publisher, t.contact, t.status,
        t.settings, t.version
        """

    private func tenant(_ row: any SQLRow) -> Tenant {
        var tenant = Tenant(
            id: row.text(1), key: row.integer(0), name: row.text(2), defaultLanguage: row.text(3),
            metricCRS: row.text(4), timeZone: row.text(5), licence: row.optionalText(6),
            publisher: row.optionalText(7))
        tenant.contact = row.optionalText(8)
        tenant.status = Tenant.Status(rawValue: row.text(9)) ?? .active
        // Most tenants have no settings of their own, and every request reads its tenant.
        if row.text(10) != "{}" {
            tenant.settings =
                (try? JSONDecoder().decode(TenantSettings.self, from: Data(row.text(10).utf8))) ?? TenantSettings()
        }
        tenant.version = row.integer(11)
        return tenant
    }

    /// All tenants, by slug.
    public func all() throws -> [Tenant] {
        try connection.rows("SELECT \(raw: Self.columns) FROM tenant t ORDER BY t.id", tenant)
    }

    /// One tenant by its slug.
    public func tenant(id: String) throws -> Tenant? {
        try connection.first("SELECT \(raw: Self.columns) FROM tenant t WHERE t.id = \(id)", tenant)
    }

    /// The tenant that owns a host name, written in lower case without port.
    public func tenant(host: String) throws -> Tenant? {
        try connection.first(
            """
            SELECT \(raw: Self.columns) FROM tenant_host h JOIN tenant t ON t.tenant = h.tenant
            WHERE h.host = \(host)
            """, tenant)
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
        var stored = tenant
        stored.key = key
        stored.version = 0
        try connection.execute(
            """
            INSERT INTO tenant (tenant, id, name, language, metric_crs, time_zone)
            VALUES (\(key), \(tenant.id), \(tenant.name), \(tenant.defaultLanguage), \(tenant.metricCRS),
                \(tenant.timeZone))
            """)
        return try update(stored)
    }

    /// Writes what a tenant says of itself, and raises its version.
    public func update(_ tenant: Tenant) throws -> Tenant {
        let settings =
            tenant.settings == TenantSettings()
            ? "{}" : String(decoding: try JSONEncoder().encode(tenant.settings), as: UTF8.self)
        var stored = tenant
        stored.version += 1
        try connection.execute(
            """
            UPDATE tenant SET name = \(tenant.name), language = \(tenant.defaultLanguage),
                metric_crs = \(tenant.metricCRS), time_zone = \(tenant.timeZone), licence = \(tenant.licence),
                publisher = \(tenant.publisher), contact = \(tenant.contact), status = \(tenant.status.rawValue),
                settings = \(settings), version = \(stored.version)
            WHERE tenant = \(tenant.key)
            """)
        return stored
    }

    /// The host names that a tenant owns, in order.
    public func hosts(of tenant: Tenant) throws -> [String] {
        try connection.rows("SELECT host FROM tenant_host WHERE tenant = \(tenant.key) ORDER BY host") { $0.text(0) }
    }

    /// Makes these the host names that a tenant owns.
    ///
    /// - Throws: ``StorageError`` of kind `constraint` when another tenant owns one.
    public func setHosts(_ hosts: [String], of tenant: Tenant) throws {
        try connection.execute("DELETE FROM tenant_host WHERE tenant = \(tenant.key)")
        for host in Set(hosts).sorted() {
            try connection.execute("INSERT INTO tenant_host (host, tenant) VALUES (\(host), \(tenant.key))")
        }
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
