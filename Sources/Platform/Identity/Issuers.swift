public import OutboundHTTP
public import Participation
import SignedTokens
public import Storage

/// An issuer with what the operator wants to know of it.
public struct DescribedIssuer: Sendable, Hashable {
    /// The issuer.
    public var issuer: Issuer
    /// Slugs of the tenants that take its tokens; `nil` for others than the operator.
    public var tenants: [String]?
    /// What is known of its keys; `nil` for others than the operator, and where it was not asked yet.
    public var keys: IssuerKeyReport?

    /// Describes an issuer.
    public init(issuer: Issuer, tenants: [String]? = nil, keys: IssuerKeyReport? = nil) {
        self.issuer = issuer
        self.tenants = tenants
        self.keys = keys
    }
}

extension Installation {
    /// Most issuers of an installation.
    public static var issuerLimit: Int { 50 }

    /// The issuers: all for the operator, those whose tokens the tenant takes for its administrators.
    ///
    /// - Throws: ``PlatformError`` `forbidden` for others.
    public func issuers(scope: Scope) async throws -> [Issuer] {
        try require(.administerTenant, scope: scope)
        let isOperator = scope.viewer.may(.administerInstallation)
        return try await engine.read { connection in
            isOperator ? try IssuerDirectory(connection).all() : try scope.reader(connection).issuers()
        }
    }

    /// One issuer.
    ///
    /// - Throws: ``PlatformError`` `forbidden`, `notFound` also for administrators whose tenant does not take its tokens.
    public func issuer(_ id: String, scope: Scope) async throws -> DescribedIssuer {
        guard let issuer = try await issuers(scope: scope).first(where: { $0.id == id }) else {
            throw Self.noIssuer
        }
        guard scope.viewer.may(.administerInstallation) else { return DescribedIssuer(issuer: issuer) }
        let tenants = try await engine.read { try IssuerDirectory($0).tenants(of: id).map(\.id) }
        return DescribedIssuer(issuer: issuer, tenants: tenants, keys: await issuerKeys.report(of: issuer))
    }

    static let noIssuer = PlatformError(.notFound, "there is no issuer of that name")

    /// Adds an issuer; no tenant takes its tokens yet.
    ///
    /// - Throws: ``PlatformError`` `forbidden` unless the operator asks, `invalidInput`, `conflict` when its id or
    ///   address is taken, or there are ``issuerLimit`` already.
    public func addIssuer(_ issuer: Issuer, scope: Scope) async throws -> Issuer {
        try require(.administerInstallation, scope: scope)
        try Self.check(issuer)
        let time = now()
        var stored = issuer
        (stored.version, stored.created) = (1, time)
        let added = stored
        try await refusingTwins {
            try await self.engine.write { connection in
                let directory = IssuerDirectory(connection)
                guard try directory.all().count < Self.issuerLimit else {
                    throw PlatformError(.conflict, "there are \(Self.issuerLimit) issuers already; remove one first")
                }
                try directory.add(added)
                try Self.note("issuer.add", added.id, connection, scope: scope, now: time)
            }
        }
        return added
    }

    /// Changes an issuer; tokens are held against it as it is now from the next request on.
    ///
    /// - Parameters:
    ///   - issuer: as it is to be, with the id of one that is there.
    ///   - version: the version that the change was made for; `nil` for any.
    /// - Throws: ``PlatformError`` `forbidden` unless the operator asks, `notFound`, `invalidInput`, `stale`, `conflict`
    ///   when another issuer has its address, or several tenants take its tokens and no claim would tell them apart.
    public func changeIssuer(_ issuer: Issuer, version: Int64?, scope: Scope) async throws -> Issuer {
        try require(.administerInstallation, scope: scope)
        try Self.check(issuer)
        let time = now()
        return try await refusingTwins {
            try await self.engine.write { connection in
                let directory = IssuerDirectory(connection)
                guard let current = try directory.issuer(id: issuer.id) else { throw Self.noIssuer }
                try Self.requireVersion(version, current.version)
                if issuer.tenantClaim == nil, try directory.tenants(of: issuer.id).count > 1 {
                    throw PlatformError(.conflict, "several tenants take its tokens; it needs a tenant claim")
                }
                var changed = issuer
                (changed.version, changed.created) = (current.version + 1, current.created)
                try directory.update(changed)
                let members = Self.members(of: changed, otherThanIn: current).joined(separator: " ")
                try Self.note(
                    "issuer.change", issuer.id, connection, reason: members.isEmpty ? nil : members, scope: scope,
                    now: time)
                return changed
            }
        }
    }

    /// Removes an issuer with what all tenants made of its claims; its tokens are worth nothing from the next request on.
    ///
    /// The keys that its accounts made are revoked in all tenants. Roles that were given to single accounts of it stay, and
    /// hold again for the same accounts if it is added again.
    ///
    /// - Throws: ``PlatformError`` `forbidden` unless the operator asks, `notFound`, `stale`.
    public func removeIssuer(
        _ id: String, version: Int64? = nil, reason: String? = nil, scope: Scope
    ) async throws {
        try require(.administerInstallation, scope: scope)
        let time = now()
        try await engine.write { connection in
            let directory = IssuerDirectory(connection)
            guard let current = try directory.issuer(id: id) else { throw Self.noIssuer }
            try Self.requireVersion(version, current.version)
            try Self.note("issuer.remove", id, connection, reason: reason, scope: scope, now: time)
            for tenant in try TenantDirectory(connection).all() {
                let writer = Scope(tenant: tenant, viewer: scope.viewer, request: scope.request).writer(connection)
                try Self.revokeAPIKeys(madeByAccountsOf: id, writer, now: time)
            }
            try directory.remove(id)
        }
    }

    /// Asks an issuer for its keys, as the server would, and keeps nothing.
    ///
    /// - Returns: where they are, and the names of those that can be used.
    /// - Throws: ``PlatformError`` `forbidden` unless the operator asks, `notFound`; ``IssuerFault``.
    public func askIssuer(
        _ id: String, outbound: OutboundPolicy, scope: Scope
    ) async throws -> (url: String, names: [String]) {
        try require(.administerInstallation, scope: scope)
        let found = try await IssuerKeySource(policy: outbound).keys(of: try await issuer(id, scope: scope).issuer)
        return (found.url, found.keys.names)
    }

    /// Asks all issuers for their keys that have not been asked yet, as far as a tenant takes their tokens.
    ///
    /// - Returns: ids of those whose keys could not be had, and why.
    /// - Throws: `StorageError`.
    public func fetchIssuerKeys(outbound: OutboundPolicy) async throws -> [(issuer: String, fault: String)] {
        let issuers = try await engine.read { connection in
            let directory = IssuerDirectory(connection)
            return try directory.all().filter { try directory.isTaken($0.id) }
        }
        let source = IssuerKeySource(policy: outbound)
        return await withTaskGroup(of: (issuer: String, fault: String)?.self) { group in
            for issuer in issuers {
                group.addTask {
                    let report = await self.issuerKeys.prepare(issuer, now: self.now()) {
                        try await source.keys(of: $0)
                    }
                    return report?.fault.map { (issuer.id, $0) }
                }
            }
            return await group.reduce(into: []) { faults, fault in
                if let fault { faults.append(fault) }
            }
        }
    }

    /// The issuers whose tokens several tenants take though no claim says for which of them a token is; since such a
    /// token would open all of them, it is refused.
    ///
    /// None can be made so; they are of stores from before that rule.
    ///
    /// - Throws: `StorageError`.
    public func ambiguousIssuers() async throws -> [(issuer: String, tenants: [String])] {
        try await engine.read { connection in
            let directory = IssuerDirectory(connection)
            return try directory.all().filter { try $0.tenantClaim == nil && directory.isShared($0.id) }
                .map { ($0.id, try directory.tenants(of: $0.id).map(\.id)) }
        }
    }

    /// Names of the members in which an issuer differs.
    private static func members(of issuer: Issuer, otherThanIn old: Issuer) -> [String] {
        let members: [(String, Bool)] = [
            ("url", issuer.url.isExactly(old.url)),
            ("audiences", issuer.audiences.elementsEqual(old.audiences) { $0.isExactly($1) }),
            ("algorithms", issuer.algorithms == old.algorithms), ("keysURL", issuer.keysURL == old.keysURL),
            ("rolesClaim", issuer.rolesClaim == old.rolesClaim), ("tenantClaim", issuer.tenantClaim == old.tenantClaim),
            ("leeway", issuer.leeway == old.leeway),
        ]
        return members.filter { !$0.1 }.map(\.0)
    }

    private static func check(_ issuer: Issuer) throws {
        let faults = IssuerRule.violations(in: issuer)
        guard faults.isEmpty else {
            throw PlatformError(.invalidInput, "the issuer breaks \(faults.count) rule(s)", violations: faults)
        }
    }

    private func refusingTwins<Value>(_ body: () async throws -> Value) async throws -> Value {
        do {
            return try await body()
        } catch let error as StorageError where error.code == .constraint {
            throw PlatformError(.conflict, "there is an issuer of that id or address already")
        }
    }

    /// Writes to the log of the installation, and to those of the tenants whose accounts it concerns.
    private static func note(
        _ action: String, _ issuer: String, _ connection: any SQLConnection, reason: String? = nil, scope: Scope,
        now: Int64
    ) throws {
        let tenants = try IssuerDirectory(connection).tenants(of: issuer).map(\.key)
        for tenant in [AuditLog.installation] + tenants {
            try AuditLog(connection).append(
                action, item: "issuers/\(issuer)", reason: reason, actor: scope.viewer.account ?? "operator",
                request: scope.request, tenant: tenant, now: now)
        }
    }
}
