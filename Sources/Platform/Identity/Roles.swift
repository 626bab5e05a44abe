import Participation
public import Storage

extension Installation {
    /// The roles given in the tenant, in the order they were given.
    ///
    /// - Throws: ``PlatformError`` `forbidden` unless an administrator of the tenant asks.
    public func roleAssignments(scope: Scope) async throws -> [RoleAssignment] {
        try require(.administerTenant, scope: scope)
        let time = now()
        return try await engine.read { try scope.reader($0).roleAssignments(at: time) }
    }

    /// Gives a role to an account; giving it twice changes nothing, and one that is given in an emergency access ends with
    /// it.
    ///
    /// - Parameter subject: the account as `GET /api/v1/account` tells it, such as
    ///   `city:6f1c0e5b9a4d4b7f8c2e1d3a5b6f7081`, or `key:<id>`.
    /// - Returns: the role, and whether an earlier request with the same key had given it.
    /// - Throws: ``PlatformError`` `forbidden` unless an administrator of the tenant asks, `invalidInput`.
    public func grantRole(
        _ role: RoleWish, to subject: String, reason: String? = nil, scope: Scope, idempotency: IdempotencyKey? = nil
    ) async throws -> (role: RoleAssignment, isReplay: Bool) {
        try require(.administerTenant, scope: scope)
        let faults = TextRule(length: 1...200).violations(in: subject, at: "/subject")
        guard faults.isEmpty else {
            throw PlatformError(.invalidInput, "the role cannot be given", violations: faults)
        }
        let time = now()
        let (given, isReplay) = try await once(idempotency, "roles", scope: scope) { earlier, reader in
            try reader.roleAssignments(of: subject, at: time).first { $0.id == earlier.item }
        } _: { writer, connection in
            try Self.requireAccount(subject, connection, scope)
            let before = try writer.reader.roleAssignments(of: subject, at: time)
            let grant = try role.grant(writer.reader, at: "")
            let end = try writer.reader.end(ofWhatIsMadeAt: time)
            let id = try writer.assign(grant, to: subject, until: end, now: time)
            if !before.contains(where: { $0.id == id }) {
                try writer.audit("role.grant", item: "roles/\(id)", reason: reason ?? role.text, now: time)
            }
            guard let stored = try writer.reader.roleAssignments(of: subject, at: time).first(where: { $0.id == id })
            else {
                throw StorageError(.corrupt, "a role was not stored")
            }
            return Done(value: stored, item: id)
        }
        return (given, isReplay)
    }

    /// Refuses a subject that is named after an issuer and is no account of it: nobody would ever hold the role, and a
    /// name of the issuer's own would be written down.
    private static func requireAccount(_ subject: String, _ connection: any SQLConnection, _ scope: Scope) throws {
        let parts = subject.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, !AccountPseudonym.isName(parts[1]) else { return }
        let id = String(parts[0])
        // Which issuers others take an administrator does not learn here either.
        let isKnown =
            scope.viewer.may(.administerInstallation)
            ? try IssuerDirectory(connection).issuer(id: id) != nil
            : try scope.reader(connection).issuerMapping(id) != nil
        guard isKnown else { return }
        throw PlatformError(
            .invalidInput, "the role cannot be given",
            violations: [
                RuleViolation(
                    pointer: "/subject", code: "pseudonym",
                    detail: "must be \(id): and 32 hexadecimal digits, as GET /api/v1/account tells its holder")
            ])
    }

    /// Takes a role away; it acts on the next request.
    ///
    /// - Throws: ``PlatformError`` `forbidden` unless an administrator of the tenant asks, `notFound`.
    public func revokeRole(_ id: Int64, reason: String? = nil, scope: Scope) async throws {
        try require(.administerTenant, scope: scope)
        let time = now()
        try await engine.write { connection in
            let writer = scope.writer(connection)
            guard try writer.removeRoleAssignment(id) else {
                throw PlatformError(.notFound, "there is no role assignment of that number")
            }
            try writer.audit("role.revoke", item: "roles/\(id)", reason: reason, now: time)
        }
    }
}
