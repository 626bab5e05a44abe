import Participation
public import Storage

extension Installation {
    /// One page of the audit log of the tenant, newest first.
    ///
    /// - Throws: ``PlatformError`` `forbidden` unless an administrator of the tenant asks.
    public func auditEvents(limit: Int, after cursor: Cursor? = nil, scope: Scope) async throws -> Page<AuditEvent> {
        try require(.administerTenant, scope: scope)
        return try await engine.read {
            try AuditLog($0).events(of: scope.tenant.key, limit: limit, after: cursor)
        }
    }

    /// Checks the chain of the tenant's audit log from end to end.
    ///
    /// - Throws: ``PlatformError`` `forbidden` unless an administrator of the tenant asks.
    public func checkAudit(scope: Scope) async throws -> AuditCheck {
        try require(.administerTenant, scope: scope)
        return try await engine.read { try AuditLog($0).check(scope.tenant.key) }
    }
}
