import Participation

extension Schema {
    /// Roles and webhooks that end with the emergency access in which they were made.
    public static let emergencyLimits: [String] = [
        "ALTER TABLE role_assignment ADD COLUMN ends BIGINT", "ALTER TABLE webhook ADD COLUMN ends BIGINT",
    ]
}

extension ScopedReader {
    /// When that ends what the viewer gives or adds now: with the emergency access of the operator, and for whoever
    /// administers by a role of such an access, with that role; `nil` for all others.
    ///
    /// So nobody who came in for a while makes themselves a way to stay, by whatever detour.
    public func end(ofWhatIsMadeAt now: Int64) throws -> Int64? {
        if scope.viewer == .staff {
            guard scope.tenant.settings.operatorAccess == .onGrant else { return nil }
            return try connection.first(
                """
                SELECT ends FROM emergency_access
                WHERE tenant = \(tenant) AND closed IS NULL AND opened <= \(now) AND ends > \(now)
                ORDER BY ends LIMIT 1
                """
            ) { $0.integer(0) } ?? now
        }
        guard let account = scope.viewer.account else { return nil }
        let own = try roleAssignments(of: account, at: now).filter { $0.grant.role == .tenantAdmin }
        let ends = own.compactMap(\.ends)
        return ends.count == own.count ? ends.max() : nil
    }
}

extension ScopedWriter {
    /// Ends what was made in an emergency access, where that is closed before its time.
    ///
    /// - Returns: the numbers of the keys that this revoked.
    public func endWhatWasMade(in access: EmergencyAccess, now: Int64) throws -> [Int64] {
        // Keys that have no roles but those of the access; another key only loses these.
        let keys = try connection.rows(
            """
            SELECT k.id FROM api_key k
            WHERE k.tenant = \(tenant) AND k.revoked IS NULL AND k.created >= \(access.opened) AND EXISTS (
                SELECT 1 FROM role_assignment a WHERE a.tenant = k.tenant AND a.subject = 'key:' || k.id
                    AND a.ends IS NOT NULL)
                AND NOT EXISTS (
                SELECT 1 FROM role_assignment a WHERE a.tenant = k.tenant AND a.subject = 'key:' || k.id
                    AND a.ends IS NULL)
            ORDER BY k.id
            """
        ) { $0.integer(0) }
        for key in keys { _ = try revokeAPIKey(key, now: now) }
        for table: SQL in ["role_assignment", "webhook"] {
            try connection.execute("UPDATE \(table) SET ends = \(now) WHERE tenant = \(tenant) AND ends > \(now)")
        }
        return keys
    }
}
