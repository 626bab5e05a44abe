public import OutboundHTTP
public import Participation
import Storage

extension Installation {
    /// Who a bearer token stands for in a tenant: a participant, the holder of an API key, or of an account elsewhere.
    ///
    /// How the text begins says which it is: the header of a signed token is base64 of a JSON object, which none of the
    /// other beginnings can be.
    ///
    /// - Parameter outbound: where issuers may be asked for their keys.
    /// - Throws: ``PlatformError`` `unauthenticated` for what is wrong, ended or revoked, `notFound` for a token of
    ///   another tenant, as if there were nothing here, and `unavailable` when an issuer cannot be asked.
    public func viewer(
        bearer text: String, of tenant: Tenant, outbound: OutboundPolicy = OutboundPolicy()
    ) async throws -> Viewer {
        let scope = Scope(tenant: tenant, viewer: .anonymous)
        if text.hasPrefix(ParticipantToken.prefix) { return try await participant(text, scope) }
        if text.hasPrefix(APIKeyText.prefix) { return try await keyHolder(text, scope) }
        return try await accountHolder(text, scope, outbound)
    }

    /// One sentence for every fault: a guess learns nothing from it.
    static let wrongCredentials = PlatformError(.unauthenticated, "the credentials are wrong, ended or revoked")

    /// For a token of another tenant: as if there were none of that name.
    static let otherTenant = PlatformError(.notFound, "there is no tenant of that name for this token")

    private func participant(_ text: String, _ scope: Scope) async throws -> Viewer {
        guard let claim = ParticipantToken.Claim(text) else { throw Self.wrongCredentials }
        guard claim.tenant == scope.tenant.id else { throw Self.otherTenant }
        let key = try await engine.glance { try scope.reader($0).participantKey() }
        guard let key, let token = claim.verified(secret: key.secret, generation: key.generation, now: now()) else {
            throw Self.wrongCredentials
        }
        return Viewer(participant: token.subject)
    }

    private func keyHolder(_ text: String, _ scope: Scope) async throws -> Viewer {
        guard let given = APIKeyText(text) else { throw Self.wrongCredentials }
        let time = now()
        let found = try await engine.glance { connection -> (APIKey, Set<Grant>)? in
            let reader = scope.reader(connection)
            guard let key = try reader.apiKey(given.id) else { return nil }
            return (key, Set(try reader.roleAssignments(of: key.subject, at: time).map(\.grant)))
        }
        // An unknown id costs the same comparison as a known one.
        let digest = found?.0.digest ?? [UInt8](repeating: 0, count: 32)
        let isEqual = Secret.isEqual(APIKeyText.digest(of: given.secret), digest)
        guard let (key, grants) = found, isEqual, key.isValid(at: time) else { throw Self.wrongCredentials }
        let day = time / 86_400_000
        if key.lastDay != day {
            try await engine.write { try scope.writer($0).noteUse(ofAPIKey: key.id, day: day) }
        }
        return Viewer(account: key.subject, grants: grants)
    }
}
