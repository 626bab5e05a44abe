import Participation
public import Storage

/// A role for whoever has a value among the claims of a token, as it is asked for.
public struct ClaimedRoleWish: Sendable, Hashable {
    /// The value, to the character.
    public var value: String
    /// The role, and the proceeding where it holds.
    public var role: RoleWish

    /// Makes a wish.
    public init(_ value: String, _ role: RoleWish) {
        self.value = value
        self.role = role
    }
}

extension Installation {
    /// Most roles that a tenant gives for claims of one issuer.
    public static var claimedRoleLimit: Int { 500 }

    /// What the tenant makes of the claims of an issuer; `nil` where it takes none of its tokens.
    ///
    /// - Throws: ``PlatformError`` `forbidden` unless an administrator of the tenant asks.
    public func issuerMapping(_ id: String, scope: Scope) async throws -> IssuerMapping? {
        try require(.administerTenant, scope: scope)
        return try await engine.read { try scope.reader($0).issuerMapping(id) }
    }

    /// Makes the tenant take tokens of an issuer, and says what their claims are worth; it acts on the next request.
    ///
    /// - Parameters:
    ///   - roles: all of them; none for an issuer whose people just take part.
    ///   - version: the version that the change was made for, 0 where there was none; `nil` for any.
    /// - Throws: ``PlatformError`` `forbidden` unless an administrator of the tenant asks, and for roles in an emergency
    ///   access; `notFound` where the tenant takes none of its tokens and it is not the operator who asks; `conflict` where
    ///   another tenant takes them and no claim says for which of both a token is; `invalidInput`, `stale`.
    public func mapIssuer(
        _ id: String, roles: [ClaimedRoleWish], version: Int64?, scope: Scope
    ) async throws -> IssuerMapping {
        // Which issuers a tenant takes is for the operator; what their people may do there is not.
        let isForOperator = roles.isEmpty && scope.viewer.may(.administerInstallation)
        if !isForOperator { try require(.administerTenant, scope: scope) }
        var faults: [RuleViolation] = []
        if roles.count > Self.claimedRoleLimit {
            faults.append(
                RuleViolation(
                    pointer: "/roles", code: "count", detail: "must have at most \(Self.claimedRoleLimit) entries"))
        }
        for (index, role) in roles.enumerated() where !IssuerRule.isText(role.value) {
            faults.append(
                RuleViolation(
                    pointer: "/roles/\(index)/value", code: "text",
                    detail: "must be a text of 1 to \(IssuerRule.longestText) bytes without control characters"))
        }
        guard faults.isEmpty else {
            throw PlatformError(.invalidInput, "the mapping breaks \(faults.count) rule(s)", violations: faults)
        }
        let time = now()
        return try await engine.write { connection in
            let writer = scope.writer(connection)
            let current = try writer.reader.issuerMapping(id)
            if current != nil { try self.require(.administerTenant, scope: scope) }
            if current == nil {
                // Whose people the tenant lets in is for the operator; what they may do then, for the tenant.
                let directory = IssuerDirectory(connection)
                guard scope.viewer.may(.administerInstallation), let issuer = try directory.issuer(id: id) else {
                    throw Self.noIssuer
                }
                guard try issuer.tenantClaim != nil || !directory.isTaken(id) else {
                    throw PlatformError(.conflict, "another tenant takes its tokens; set a tenant claim first")
                }
            }
            try Self.requireVersion(version, current?.version ?? 0)
            let grants = try roles.enumerated().map { index, role in
                let grant = try role.role.grant(writer.reader, at: "/roles/\(index)")
                return (value: role.value, grant: grant)
            }
            // Roles for claims have no end of their own: whoever came in for a while would stay by them.
            guard try grants.isEmpty || writer.reader.end(ofWhatIsMadeAt: time) == nil else {
                throw PlatformError(
                    .forbidden, "in an emergency access claims get no roles",
                    hint: "give roles to accounts; they end with it")
            }
            try writer.mapIssuer(id, roles: grants)
            guard let stored = try writer.reader.issuerMapping(id) else {
                throw StorageError(.corrupt, "a mapping was not stored")
            }
            try writer.audit("issuer.map", item: "issuers/\(id)", reason: Self.digest(of: stored), now: time)
            return stored
        }
    }

    /// What the audit log says of a mapping: the roles, and a digest by which one that is known can be told from others.
    ///
    /// The values are names of groups elsewhere, which are not written down. The digest is the first 16 hexadecimal digits
    /// of SHA-256 over the lines `value=role`, in the order of their bytes.
    private static func digest(of mapping: IssuerMapping) -> String {
        let roles = mapping.roles.map { ($0.value, RoleWish($0.grant.role, proceeding: $0.proceeding).text) }
        let lines = roles.map { Array("\($0)=\($1)".utf8) }.sorted { $0.lexicographicallyPrecedes($1) }
        let digest = SHA256.digest(Array(lines.joined(separator: "\n".utf8)))
        let words = Set(roles.map(\.1)).sorted().prefix(50) + ["sha256:\(Secret.hexadecimal(digest.prefix(8)))"]
        return words.joined(separator: " ")
    }

    /// Makes the tenant take no tokens of an issuer any more; it acts on the next request.
    ///
    /// The keys that its accounts made in the tenant are revoked.
    ///
    /// - Throws: ``PlatformError`` `forbidden` unless an administrator of the tenant asks, `notFound`, `stale`.
    public func unmapIssuer(
        _ id: String, version: Int64? = nil, reason: String? = nil, scope: Scope
    ) async throws {
        try require(.administerTenant, scope: scope)
        let time = now()
        try await engine.write { connection in
            let writer = scope.writer(connection)
            guard let current = try writer.reader.issuerMapping(id) else { throw Self.noIssuer }
            try Self.requireVersion(version, current.version)
            try writer.unmapIssuer(id)
            try writer.audit("issuer.unmap", item: "issuers/\(id)", reason: reason, now: time)
            try Self.revokeAPIKeys(madeByAccountsOf: id, writer, now: time)
        }
    }
}
