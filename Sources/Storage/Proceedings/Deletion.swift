public import Participation
import TextSearch

/// Takes away everything of a tenant or of one proceeding, from every table and index.
struct Deletion {
    let connection: any SQLConnection
    let tenant: Int64

    /// Deletes one proceeding with everything that hangs on it.
    func delete(proceeding: Int64) throws {
        try connection.execute(connection.dialect.deferReferences)
        try deleteIndexes(of: proceeding)
        try connection.execute(
            """
            DELETE FROM layer_feature WHERE tenant = \(tenant) AND version IN (
                SELECT version FROM layer_version WHERE tenant = \(tenant) AND proceeding = \(proceeding))
            """)
        for table in try tables(with: ["tenant", "proceeding"]) {
            try connection.execute(
                "DELETE FROM \(raw: table) WHERE tenant = \(tenant) AND proceeding = \(proceeding)")
        }
    }

    /// Deletes the tenant itself and all its rows; its audit log is released first.
    func deleteTenant() throws {
        try connection.execute(connection.dialect.deferReferences)
        let keys = try connection.rows("SELECT proceeding FROM proceeding WHERE tenant = \(tenant)") { $0.integer(0) }
        for key in keys { try deleteIndexes(of: key) }
        try connection.execute(
            """
            INSERT INTO audit_release (tenant, through, hash) VALUES (\(tenant), \(Int64.max), \([UInt8]()))
            ON CONFLICT (tenant) DO UPDATE SET through = excluded.through
            """)
        for table in try tables(with: ["tenant"]) where table != "audit_release" {
            try connection.execute("DELETE FROM \(raw: table) WHERE tenant = \(tenant)")
        }
        try connection.execute("DELETE FROM audit_release WHERE tenant = \(tenant)")
    }

    /// The tables of the store that have all these columns: a table that comes later is not forgotten.
    private func tables(with columns: [String]) throws -> [String] {
        try connection.rows(connection.dialect.tables(with: columns)) { $0.text(0) }
    }

    /// Indexes of places and words know no tenant.
    private func deleteIndexes(of proceeding: Int64) throws {
        let dialect = connection.dialect
        try connection.execute(dialect.spatialDelete(index: .contributions, key: proceeding))
        let versions = try connection.rows(
            "SELECT version FROM layer_version WHERE tenant = \(tenant) AND proceeding = \(proceeding)"
        ) { $0.integer(0) }
        for version in versions { try connection.execute(dialect.spatialDelete(index: .features, key: version)) }
        var stemmer = GermanStemmer()
        var last: Int64 = 0
        while true {
            // By pages: a proceeding may have more text than memory should hold.
            let page = try connection.rows(
                """
                SELECT id, title, text FROM contribution
                WHERE tenant = \(tenant) AND proceeding = \(proceeding) AND id > \(last) ORDER BY id LIMIT 1000
                """
            ) { ($0.integer(0), $0.text(1), $0.text(2)) }
            for (id, title, text) in page {
                try connection.execute(
                    dialect.textDelete(id: id, title: stemmer.stems(of: title), text: stemmer.stems(of: text)))
                last = id
            }
            if page.count < 1000 { return }
        }
    }
}

extension ScopedWriter {
    /// Deletes a proceeding with everything of it; its slug stays as a tombstone.
    public func delete(_ proceeding: Proceeding, now: Int64) throws {
        try connection.execute(
            """
            INSERT INTO removed_proceeding (tenant, key, id, shown, time)
            SELECT tenant, proceeding, id, shown, \(now) FROM proceeding
            WHERE tenant = \(tenant) AND proceeding = \(proceeding.key)
            """)
        try Deletion(connection: connection, tenant: tenant).delete(proceeding: proceeding.key)
    }
}

extension TenantDirectory {
    /// Deletes a tenant with everything of it, its audit log too; the installation's own log says that it was.
    ///
    /// - Returns: the digest at the head of the tenant's audit log.
    public func delete(_ tenant: Tenant, actor: String, reason: String?, now: Int64) throws -> [UInt8] {
        let head = try AuditLog(connection).check(tenant.key).head
        try Deletion(connection: connection, tenant: tenant.key).deleteTenant()
        try connection.execute("DELETE FROM setting WHERE name = 'default_tenant' AND value = \(tenant.id)")
        try AuditLog(connection).append(
            "tenant.delete", item: "tenants/\(tenant.id)", reason: reason, actor: actor, request: nil,
            tenant: AuditLog.installation, now: now)
        return head
    }
}
