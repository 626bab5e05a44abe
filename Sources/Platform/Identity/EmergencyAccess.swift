public import Participation
public import Storage

extension Installation {
    /// For how many minutes the operator may be let in at once.
    public static var emergencyMinutes: ClosedRange<Int> { 5...480 }

    /// What the reason must satisfy.
    public static var emergencyReason: TextRule { TextRule(length: 10...500) }

    /// What the operator may do in a tenant now: everything, unless the tenant lets it in for a while and for a reason
    /// only.
    public func operatorViewer(of tenant: Tenant) async throws -> Viewer {
        guard tenant.settings.operatorAccess == .onGrant else { return .staff }
        let (scope, time) = (Scope(tenant: tenant, viewer: .restrainedOperator), now())
        return try await engine.read { try scope.reader($0).isOperatorLetIn(at: time) } ? .staff : .restrainedOperator
    }

    /// Stops what takes long where the operator was let in for a while only, and that has ended.
    ///
    /// - Throws: ``PlatformError`` `forbidden`.
    public func requireStillLetIn(_ scope: Scope) async throws {
        guard scope.viewer == .staff, try await operatorViewer(of: scope.tenant) != .staff else { return }
        throw PlatformError(.forbidden, "emergency access has ended")
    }

    /// Lets the operator into the data of a tenant for a while; both audit logs tell of it, with the reason.
    ///
    /// - Parameter minutes: how long, within ``emergencyMinutes``.
    /// - Returns: the access, and whether an earlier request with the same key had opened it.
    /// - Throws: ``PlatformError`` `forbidden` unless the operator asks, `invalidInput` without a reason or for a time
    ///   that is too long, `conflict` where the tenant lets the operator in always or it is in already.
    public func openEmergencyAccess(
        reason: String, minutes: Int, scope: Scope, idempotency: IdempotencyKey? = nil
    ) async throws -> (access: EmergencyAccess, isReplay: Bool) {
        try require(.breakGlass, scope: scope)
        let text = TextRule.cleaned(reason)
        var faults = Self.emergencyReason.violations(in: text, at: "/reason")
        if !Self.emergencyMinutes.contains(minutes) {
            let (least, most) = (Self.emergencyMinutes.lowerBound, Self.emergencyMinutes.upperBound)
            faults.append(
                RuleViolation(
                    pointer: "/minutes", code: "outOfRange", detail: "must be from \(least) to \(most), such as 60"))
        }
        guard faults.isEmpty else {
            throw PlatformError(.invalidInput, "emergency access needs a reason and an end", violations: faults)
        }
        guard scope.tenant.settings.operatorAccess == .onGrant else {
            throw PlatformError(.conflict, "the tenant lets the operator in without emergency access")
        }
        let time = now()
        let (opened, isReplay) = try await once(idempotency, "emergency-access", scope: scope) { earlier, reader in
            try reader.emergencyAccess(earlier.item)
        } _: { writer, connection in
            guard try !writer.reader.isOperatorLetIn(at: time) else {
                throw PlatformError(.conflict, "emergency access is open already; close it to begin anew")
            }
            let access = try writer.openEmergencyAccess(
                reason: text, until: time + Int64(minutes) * 60_000, now: time)
            try Self.note("open", access, reason: text, connection, scope, now: time)
            return Done(value: access, item: access.id)
        }
        return (opened, isReplay)
    }

    /// Ends emergency access before its time, with the keys, roles and webhooks that were made in it; nothing happens
    /// where it has ended.
    ///
    /// - Throws: ``PlatformError`` `forbidden` unless the operator or an administrator of the tenant asks, `notFound`.
    public func closeEmergencyAccess(_ id: Int64, scope: Scope) async throws -> EmergencyAccess {
        try require(.watchOperator, scope: scope)
        let time = now()
        return try await engine.write { connection in
            let writer = scope.writer(connection)
            guard let access = try writer.reader.emergencyAccess(id) else {
                throw PlatformError(.notFound, "there is no emergency access of that number")
            }
            guard access.isOpen(at: time) else { return access }
            try writer.closeEmergencyAccess(id, now: time)
            for key in try writer.endWhatWasMade(in: access, now: time) {
                try writer.audit("key.revoke", item: "keys/\(key)", reason: "emergency-access/\(id)", now: time)
            }
            try Self.note("close", access, reason: nil, connection, scope, now: time)
            return try writer.reader.emergencyAccess(id) ?? access
        }
    }

    /// When the operator was let in, newest first, one page.
    ///
    /// - Throws: ``PlatformError`` `forbidden` unless the operator or an administrator of the tenant asks.
    public func emergencyAccesses(limit: Int, after cursor: Cursor? = nil, scope: Scope) async throws
        -> Page<EmergencyAccess>
    {
        try require(.watchOperator, scope: scope)
        return try await engine.read { try scope.reader($0).emergencyAccesses(limit: limit, after: cursor) }
    }

    /// In the log of the tenant, which its administrators read, and in that of the installation, which outlives it.
    private static func note(
        _ action: String, _ access: EmergencyAccess, reason: String?, _ connection: any SQLConnection, _ scope: Scope,
        now: Int64
    ) throws {
        try scope.writer(connection).audit(
            "emergency.\(action)", item: "emergency-access/\(access.id)", reason: reason, now: now)
        try AuditLog(connection).append(
            "emergency.\(action)", item: "tenants/\(scope.tenant.id)/emergency-access/\(access.id)", reason: reason,
            actor: scope.viewer.account ?? "operator", request: scope.request, tenant: AuditLog.installation, now: now)
    }
}
