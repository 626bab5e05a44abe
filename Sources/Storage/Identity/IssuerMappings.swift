public import Participation

/// What a tenant makes of the claims of an issuer whose tokens it takes.
public struct IssuerMapping: Sendable, Hashable {
    /// A role for whoever has a value among the claims.
    public struct ClaimedRole: Sendable, Hashable {
        /// The value, to the character.
        public var value: String
        /// The role, and where it holds.
        public var grant: Grant
        /// Slug of the proceeding; `nil` for the whole tenant.
        public var proceeding: String?
    }

    /// Rises with every change.
    public var version: Int64
    /// The roles, by value; none for an issuer whose people just take part.
    public var roles: [ClaimedRole]
}

extension ScopedReader {
    /// The issuers whose tokens the tenant takes, by id.
    public func issuers() throws -> [Issuer] {
        try connection.rows(
            """
            SELECT \(raw: IssuerDirectory.columns) FROM issuer i JOIN issuer_tenant t ON t.issuer = i.id
            WHERE t.tenant = \(tenant) ORDER BY i.id
            """, IssuerDirectory.issuer)
    }

    /// What the tenant makes of the claims of an issuer; `nil` where it takes none of its tokens.
    public func issuerMapping(_ issuer: String) throws -> IssuerMapping? {
        let version = try connection.first(
            "SELECT version FROM issuer_tenant WHERE tenant = \(tenant) AND issuer = \(issuer)"
        ) { $0.integer(0) }
        guard let version else { return nil }
        let roles = try connection.rows(
            """
            SELECT r.value, r.role, r.proceeding, p.id
            FROM issuer_role r LEFT JOIN proceeding p ON p.tenant = r.tenant AND p.proceeding = r.proceeding
            WHERE r.tenant = \(tenant) AND r.issuer = \(issuer) ORDER BY r.value, r.role, p.id
            """
        ) { row -> IssuerMapping.ClaimedRole? in
            guard let role = Role(rawValue: row.text(1)) else { return nil }
            let proceeding = row.integer(2)
            return IssuerMapping.ClaimedRole(
                value: row.text(0), grant: Grant(role, proceeding: proceeding == 0 ? nil : proceeding),
                proceeding: row.optionalText(3))
        }.compactMap { $0 }
        return IssuerMapping(version: version, roles: roles)
    }
}

extension ScopedWriter {
    /// Makes the tenant take tokens of an issuer, with these roles for values of their claims.
    public func mapIssuer(_ issuer: String, roles: [(value: String, grant: Grant)]) throws {
        try connection.execute(
            """
            INSERT INTO issuer_tenant (tenant, issuer, version) VALUES (\(tenant), \(issuer), 1)
            ON CONFLICT (tenant, issuer) DO UPDATE SET version = issuer_tenant.version + 1
            """)
        try connection.execute("DELETE FROM issuer_role WHERE tenant = \(tenant) AND issuer = \(issuer)")
        for role in roles {
            try connection.execute(
                """
                INSERT INTO issuer_role (tenant, issuer, value, role, proceeding)
                VALUES (\(tenant), \(issuer), \(role.value), \(role.grant.role.rawValue),
                    \(role.grant.proceeding ?? 0))
                ON CONFLICT DO NOTHING
                """)
        }
    }

    /// Makes the tenant take no tokens of an issuer any more.
    public func unmapIssuer(_ issuer: String) throws {
        try connection.execute("DELETE FROM issuer_tenant WHERE tenant = \(tenant) AND issuer = \(issuer)")
    }
}
