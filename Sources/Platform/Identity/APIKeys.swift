import Participation
public import Storage

/// An API key that was asked for.
public struct NewAPIKey: Sendable, Hashable {
    /// What it is for.
    public var name: String
    /// What it may do; one role at least.
    public var roles: [RoleWish]
    /// Days until it ends, 1 to 365.
    public var days: Int

    /// Makes a wish for a key.
    public init(name: String, roles: [RoleWish], days: Int = 90) {
        self.name = name
        self.roles = roles
        self.days = days
    }
}

/// An API key with what it may do.
public struct DescribedAPIKey: Sendable, Hashable {
    /// The key.
    public var key: APIKey
    /// Its roles.
    public var roles: [RoleAssignment]
}

extension Installation {
    /// Makes an API key; one that is made in an emergency access ends with it.
    ///
    /// - Returns: the key, and its text, which is told this once; `nil` where an earlier request made the key.
    /// - Throws: ``PlatformError`` `forbidden` unless an administrator of the tenant asks, `invalidInput`.
    public func createAPIKey(
        _ wish: NewAPIKey, scope: Scope, idempotency: IdempotencyKey? = nil
    ) async throws -> (key: DescribedAPIKey, text: String?) {
        try require(.administerTenant, scope: scope)
        var faults = TextRule(length: 1...200).violations(in: wish.name, at: "/name")
        if !(1...365).contains(wish.days) {
            faults.append(RuleViolation(pointer: "/days", code: "outOfRange", detail: "must be from 1 to 365"))
        }
        if wish.roles.isEmpty || wish.roles.count > 50 {
            faults.append(RuleViolation(pointer: "/roles", code: "count", detail: "must name 1 to 50 roles"))
        }
        guard faults.isEmpty else {
            throw PlatformError(.invalidInput, "the key breaks \(faults.count) rule(s)", violations: faults)
        }
        let time = now()
        let secret = APIKeyText.newSecret()
        let draft = APIKey(
            name: wish.name, digest: APIKeyText.digest(of: secret), created: time,
            createdBy: scope.viewer.account ?? "operator", expires: time + Int64(wish.days) * 86_400_000)
        let (made, _) = try await once(idempotency, "keys", scope: scope) { earlier, reader -> MadeKey? in
            // Its text was told once and is not kept.
            try reader.apiKey(earlier.item).map { key in
                (DescribedAPIKey(key: key, roles: try reader.roleAssignments(of: key.subject, at: time)), nil)
            }
        } _: { writer, _ in
            let end = try writer.reader.end(ofWhatIsMadeAt: time)
            var limited = draft
            limited.expires = min(draft.expires, end ?? .max)
            let key = try writer.add(limited)
            for (index, role) in wish.roles.enumerated() {
                let grant = try role.grant(writer.reader, at: "/roles/\(index)")
                _ = try writer.assign(grant, to: key.subject, until: end, now: time)
            }
            try writer.audit(
                "key.create", item: "keys/\(key.id)", reason: wish.roles.map(\.text).joined(separator: " "), now: time)
            let described = DescribedAPIKey(
                key: key, roles: try writer.reader.roleAssignments(of: key.subject, at: time))
            return Done(value: (described, APIKeyText(id: key.id, secret: secret).text), item: key.id)
        }
        return made
    }

    private typealias MadeKey = (key: DescribedAPIKey, text: String?)

    /// The keys of the tenant with their roles, newest first.
    ///
    /// - Throws: ``PlatformError`` `forbidden` unless an administrator of the tenant asks.
    public func apiKeys(scope: Scope) async throws -> [DescribedAPIKey] {
        try require(.administerTenant, scope: scope)
        let time = now()
        return try await engine.read { connection in
            let reader = scope.reader(connection)
            let roles = Dictionary(grouping: try reader.roleAssignments(at: time), by: \.subject)
            return try reader.apiKeys().map { DescribedAPIKey(key: $0, roles: roles[$0.subject] ?? []) }
        }
    }

    /// Revokes a key: from now on it opens nothing.
    ///
    /// - Throws: ``PlatformError`` `forbidden` unless an administrator of the tenant asks, `notFound`.
    public func revokeAPIKey(_ id: Int64, reason: String? = nil, scope: Scope) async throws {
        try require(.administerTenant, scope: scope)
        let time = now()
        try await engine.write { connection in
            let writer = scope.writer(connection)
            guard try writer.reader.apiKey(id) != nil else {
                throw PlatformError(.notFound, "there is no key of that number")
            }
            guard try writer.revokeAPIKey(id, now: time) else { return }
            try writer.audit("key.revoke", item: "keys/\(id)", reason: reason, now: time)
        }
    }

    /// Revokes what accounts of an issuer would else leave behind: the keys they made, and those made with these.
    static func revokeAPIKeys(madeByAccountsOf issuer: String, _ writer: ScopedWriter, now: Int64) throws {
        for id in try writer.reader.apiKeys(madeByAccountsOf: issuer) where try writer.revokeAPIKey(id, now: now) {
            try writer.audit("key.revoke", item: "keys/\(id)", reason: "issuers/\(issuer)", now: now)
        }
    }
}
