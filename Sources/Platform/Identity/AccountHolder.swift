import OutboundHTTP
import Participation
import SignedTokens
import Storage

extension Installation {
    /// The token of an issuer has ended, as all of them do within minutes: nothing its sender cannot read.
    static let endedToken = PlatformError(.unauthenticated, "the token has ended; get a new one from its issuer")

    /// The issuer of the token may have exchanged its keys, and was asked for them less than a minute ago.
    static let unknownKey = PlatformError(
        .unauthenticated, "the key of the token is not known yet; try again in a minute")

    /// Several tenants take the tokens of its issuer, and none of them says for which it is.
    static let ambiguousToken = PlatformError(
        .unauthenticated, "the token does not say for which tenant it is; the operator has to set a tenant claim")

    /// What is refused without being a guess: honest people meet it, many at once behind one address.
    public static let noGuesses: Set<PlatformError> = [endedToken, unknownKey, ambiguousToken]

    /// Who a token of an issuer stands for: a participant, with the roles that were given to the account and those that
    /// the tenant gives for its claims.
    ///
    /// Nothing of the token is stored, and nothing of it but pseudonyms and roles goes on from here.
    ///
    /// - Throws: ``PlatformError`` `unauthenticated`, `notFound` for a token of another tenant, and `unavailable` when the
    ///   issuer cannot be asked for its keys.
    func accountHolder(_ text: String, _ scope: Scope, _ outbound: OutboundPolicy) async throws -> Viewer {
        guard let token = try? CompactToken(text), let url = token.issuer else { throw Self.wrongCredentials }
        let found = try await engine.read { connection -> (Issuer, IssuerMapping?, ParticipantKey?, Bool)? in
            let (directory, reader) = (IssuerDirectory(connection), scope.reader(connection))
            guard let issuer = try directory.issuer(url: url) else { return nil }
            let mapping = try reader.issuerMapping(issuer.id)
            guard try mapping != nil || directory.isTaken(issuer.id) else { return nil }
            let isAmbiguous = try issuer.tenantClaim == nil && directory.isShared(issuer.id)
            return (issuer, mapping, try reader.participantKey(), isAmbiguous)
        }
        guard let (issuer, taken, stored, isAmbiguous) = found else { throw Self.wrongCredentials }
        guard let mapping = taken else { throw await refusal(ofStranger: token, issuer) }
        // Claims come before keys: an issuer is not asked for the sake of a token that has ended.
        do {
            try token.check(of: issuer, now: now())
        } catch {
            throw error == .expired ? await refusal(ofEnded: token, issuer) : Self.wrongCredentials
        }
        let key = try await issuerKeys.key(token.keyID, for: token.algorithm, of: issuer, now: now) {
            try await IssuerKeySource(policy: outbound).keys(of: $0)
        }
        guard let key, let verified = try? token.verified(by: key, of: issuer, now: now()) else {
            throw Self.wrongCredentials
        }
        guard !isAmbiguous else { throw Self.ambiguousToken }
        if let claim = issuer.tenantClaim,
            !claim.values(in: verified.claims).contains(where: { $0.isExactly(scope.tenant.id) })
        {
            throw Self.otherTenant
        }
        let secret: ParticipantKey
        if let stored {
            secret = stored
        } else {
            let made = now()
            secret = try await engine.write { try scope.writer($0).participantKey(now: made) }
        }
        let names = AccountPseudonym(issuer: issuer, subject: verified.subject, key: secret.pseudonym)
        let time = now()
        let given = try await engine.read {
            try scope.reader($0).roleAssignments(of: names.account, at: time).map(\.grant)
        }
        // Bytes and not texts: a group that merely looks like another one gives nothing.
        let values = Set((issuer.rolesClaim?.values(in: verified.claims) ?? []).map { Array($0.utf8) })
        let claimed = mapping.roles.filter { values.contains(Array($0.value.utf8)) }.map(\.grant)
        return Viewer(participant: names.participant, account: names.account, grants: Set(given + claimed))
    }

    /// What is told of a token that has ended: that, only where its issuer has signed it.
    private func refusal(ofEnded token: CompactToken, _ issuer: Issuer) async -> PlatformError {
        guard let keys = await issuerKeys.held(of: issuer, now: now()) else { return Self.unknownKey }
        let isGenuine = keys.key(token.keyID, for: token.algorithm).map(token.isSigned) ?? false
        return isGenuine ? Self.endedToken : Self.wrongCredentials
    }

    /// What is told of a token whose issuer another tenant takes and this one does not.
    ///
    /// Whoever has a good one learns that it is of another tenant, as with a participant token, and all others what they
    /// learn of any stranger. The issuer is not asked for the sake of a tenant that does not take its tokens: where its
    /// keys are not known, nothing is told.
    private func refusal(ofStranger token: CompactToken, _ issuer: Issuer) async -> PlatformError {
        guard let keys = await issuerKeys.held(of: issuer, now: now()),
            let key = keys.key(token.keyID, for: token.algorithm),
            (try? token.verified(by: key, of: issuer, now: now())) != nil
        else { return Self.wrongCredentials }
        return Self.otherTenant
    }
}
