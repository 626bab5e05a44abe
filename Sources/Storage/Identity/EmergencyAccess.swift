/// One time for which the operator is let into a tenant's data.
public struct EmergencyAccess: Sendable, Hashable {
    /// Number.
    public var id: Int64
    /// Why.
    public var reason: String
    /// Who opened it.
    public var openedBy: String
    /// When it was opened, milliseconds since 1970.
    public var opened: Int64
    /// When it ends by itself, milliseconds since 1970.
    public var ends: Int64
    /// When it was closed before that, milliseconds since 1970.
    public var closed: Int64?

    /// Whether it holds at an instant.
    public func isOpen(at now: Int64) -> Bool { closed == nil && now < ends }
}

extension ScopedReader {
    /// The times the operator was let in, newest first, one page.
    public func emergencyAccesses(limit: Int, after cursor: Cursor? = nil) throws -> Page<EmergencyAccess> {
        var items = try connection.rows(
            """
            SELECT id, reason, opened_by, opened, ends, closed FROM emergency_access
            WHERE tenant = \(tenant) AND id < \(cursor?.minor ?? .max) ORDER BY id DESC LIMIT \(limit + 1)
            """, emergencyAccess)
        guard items.count > limit else { return Page(items: items, next: nil) }
        items.removeLast(items.count - limit)
        return Page(items: items, next: items.last.map { Cursor(major: 0, minor: $0.id) })
    }

    /// One of them.
    public func emergencyAccess(_ id: Int64) throws -> EmergencyAccess? {
        try connection.first(
            """
            SELECT id, reason, opened_by, opened, ends, closed FROM emergency_access
            WHERE tenant = \(tenant) AND id = \(id)
            """, emergencyAccess)
    }

    /// Whether the operator is let in at an instant.
    public func isOperatorLetIn(at now: Int64) throws -> Bool {
        try connection.first(
            """
            SELECT 1 FROM emergency_access
            WHERE tenant = \(tenant) AND closed IS NULL AND opened <= \(now) AND ends > \(now) LIMIT 1
            """
        ) { _ in true } ?? false
    }

    private func emergencyAccess(_ row: any SQLRow) -> EmergencyAccess {
        EmergencyAccess(
            id: row.integer(0), reason: row.text(1), openedBy: row.text(2), opened: row.integer(3),
            ends: row.integer(4), closed: row.optionalInteger(5))
    }
}

extension ScopedWriter {
    /// Lets the operator in from now until an instant.
    public func openEmergencyAccess(reason: String, until end: Int64, now: Int64) throws -> EmergencyAccess {
        let access = EmergencyAccess(
            id: try take(from: "item"), reason: reason, openedBy: scope.viewer.auditName, opened: now, ends: end)
        try connection.execute(
            """
            INSERT INTO emergency_access (tenant, id, reason, opened_by, opened, ends)
            VALUES (\(tenant), \(access.id), \(access.reason), \(access.openedBy), \(access.opened), \(access.ends))
            """)
        return access
    }

    /// Ends one before its time.
    public func closeEmergencyAccess(_ id: Int64, now: Int64) throws {
        try connection.execute(
            """
            UPDATE emergency_access SET closed = \(now)
            WHERE tenant = \(tenant) AND id = \(id) AND closed IS NULL AND ends > \(now)
            """)
    }
}
