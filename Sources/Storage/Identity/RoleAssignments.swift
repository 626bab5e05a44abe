public import Participation

/// A role given to an account or a key.
public struct RoleAssignment: Sendable, Hashable {
    /// Number.
    public var id: Int64
    /// The account, or `key:<id>`.
    public var subject: String
    /// The role, and where it holds.
    public var grant: Grant
    /// Slug of the proceeding; `nil` for the whole tenant.
    public var proceeding: String?
    /// When it was given, milliseconds since 1970.
    public var created: Int64
    /// Who gave it.
    public var createdBy: String
    /// When it ends with the emergency access in which it was given, milliseconds since 1970.
    public var ends: Int64?
}

extension ScopedReader {
    /// The roles given in the tenant that hold at an instant, to one subject or to all, in the order they were given.
    public func roleAssignments(of subject: String? = nil, at now: Int64) throws -> [RoleAssignment] {
        let wanted: SQL = subject.map { "a.subject = \($0)" } ?? "TRUE"
        return try connection.rows(
            """
            SELECT a.id, a.subject, a.role, a.proceeding, p.id, a.created, a.created_by, a.ends
            FROM role_assignment a LEFT JOIN proceeding p ON p.tenant = a.tenant AND p.proceeding = a.proceeding
            WHERE a.tenant = \(tenant) AND \(wanted) AND (a.ends IS NULL OR a.ends > \(now))
            ORDER BY a.id
            """
        ) { row -> RoleAssignment? in
            guard let role = Role(rawValue: row.text(2)) else { return nil }
            let proceeding = row.integer(3)
            return RoleAssignment(
                id: row.integer(0), subject: row.text(1),
                grant: Grant(role, proceeding: proceeding == 0 ? nil : proceeding), proceeding: row.optionalText(4),
                created: row.integer(5), createdBy: row.text(6), ends: row.optionalInteger(7))
        }.compactMap { $0 }
    }
}

extension ScopedWriter {
    /// Gives a role, or finds that it is given already, until then at least.
    ///
    /// - Parameter end: when it ends by itself, milliseconds since 1970; `nil` for never.
    /// - Returns: the number of the assignment.
    public func assign(_ grant: Grant, to subject: String, until end: Int64? = nil, now: Int64) throws -> Int64 {
        let proceeding = grant.proceeding ?? 0
        let found = try connection.first(
            """
            SELECT id, ends FROM role_assignment WHERE tenant = \(tenant) AND subject = \(subject)
                AND role = \(grant.role.rawValue) AND proceeding = \(proceeding)
            """
        ) { (id: $0.integer(0), end: $0.optionalInteger(1)) }
        if let found, found.end.map({ old in end.map { old >= $0 } ?? false }) ?? true { return found.id }
        if let found { _ = try removeRoleAssignment(found.id) }
        let id = try take(from: "item")
        try connection.execute(
            """
            INSERT INTO role_assignment (tenant, subject, role, proceeding, id, created, created_by, ends)
            VALUES (\(tenant), \(subject), \(grant.role.rawValue), \(proceeding), \(id), \(now),
                \(scope.viewer.auditName), \(end))
            """)
        return id
    }

    /// Takes a role away.
    ///
    /// - Returns: whether there was such an assignment.
    public func removeRoleAssignment(_ id: Int64) throws -> Bool {
        try connection.execute("DELETE FROM role_assignment WHERE tenant = \(tenant) AND id = \(id)") == 1
    }
}
