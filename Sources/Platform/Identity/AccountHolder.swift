import OutboundHTTP
import Participation
import SignedTokens
import Storage

extension Installation {
    /// The token of an issuer has ended, as all of them do within minutes: no guess, and nothing its sender cannot read.
    public static let endedToken = PlatformError(
        .unauthenticated, "the token has ended; get a new one from its issuer")

    /// Who a token of an issuer stands for: a participant, with the roles that were given to the account and those that
    /// the tenant gives for its claims.
    ///
    /// Nothing of the token is stored, and nothing of it but pseudonyms and roles goes on from here.
    ///
    /// - Throws: ``PlatformError`` `unauthenticated`, and `unavailable` when the issuer cannot be asked for its keys.
    func accountHolder(_ text: String, _ scope: Scope, _ outbound: OutboundPolicy) async throws -> Viewer {
        guard let token = try? CompactToken(text), let url = token.issuer else { throw Self.wrongCredentials }
        let found = try await engine.read { connection -> (Issuer, IssuerMapping, ParticipantKey?)? in
            let reader = scope.reader(connection)
            guard let issuer = try IssuerDirectory(connection).issuer(url: url),
                let mapping = try reader.issuerMapping(issuer.id)
            else { return nil }
            return (issuer, mapping, try reader.participantKey())
        }
        guard let (issuer, mapping, stored) = found else { throw Self.wrongCredentials }
        // Claims come before keys: an issuer is not asked for the sake of a token that has ended.
        do {
            try token.check(of: issuer, now: now())
        } catch {
            throw error == .expired ? Self.endedToken : Self.wrongCredentials
        }
        let key = try await issuerKeys.key(token.keyID, for: token.algorithm, of: issuer, now: now) {
            try await IssuerKeySource(policy: outbound).keys(of: $0)
        }
        guard let key, let verified = try? token.verified(by: key, of: issuer, now: now()),
            issuer.tenantClaim?.values(in: verified.claims).contains(scope.tenant.id) ?? true
        else { throw Self.wrongCredentials }
        let secret: ParticipantKey
        if let stored {
            secret = stored
        } else {
            let time = now()
            secret = try await engine.write { try scope.writer($0).participantKey(now: time) }
        }
        let names = AccountPseudonym(issuer: issuer, subject: verified.subject, key: secret.pseudonym)
        let given = try await engine.read { try scope.reader($0).roleAssignments(of: names.account).map(\.grant) }
        let values = Set(issuer.rolesClaim?.values(in: verified.claims) ?? [])
        let claimed = mapping.roles.filter { values.contains($0.value) }.map(\.grant)
        return Viewer(participant: names.participant, account: names.account, grants: Set(given + claimed))
    }
}
