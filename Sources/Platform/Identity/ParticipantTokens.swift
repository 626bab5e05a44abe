import Participation
public import Storage

extension Installation {
    /// Gives a citizen a new pseudonym as a signed token.
    ///
    /// - Returns: the text of the token, and when it ends in milliseconds since 1970.
    /// - Throws: `StorageError` when the tenant's first key cannot be stored.
    public func issueParticipantToken(scope: Scope) async throws -> (text: String, expires: Int64) {
        let key = try await participantKey(scope: scope)
        let token = ParticipantToken(tenant: scope.tenant.id, generation: key.generation, now: now())
        return (token.text(signedWith: key.secret), token.expires)
    }

    /// The keys of the tenant, made where there are none yet.
    func participantKey(scope: Scope) async throws -> ParticipantKey {
        if let found = try await engine.read({ try scope.reader($0).participantKey() }) { return found }
        let time = now()
        return try await engine.write { try scope.writer($0).participantKey(now: time) }
    }

    /// Makes all participant tokens of the tenant worth nothing; citizens get new pseudonyms from then on.
    ///
    /// - Throws: ``PlatformError`` `forbidden` unless an administrator of the tenant asks.
    public func rotateParticipantTokens(reason: String? = nil, scope: Scope) async throws {
        try require(.administerTenant, scope: scope)
        let time = now()
        try await engine.write { connection in
            let writer = scope.writer(connection)
            _ = try writer.rotateParticipantKey(now: time)
            try writer.audit("token.rotate", reason: reason, now: time)
        }
    }
}
