public import GeoCore
public import Participation

/// What a token says that is signed by its issuer, for us, and holds now.
///
/// The only way to one is ``CompactToken/verified(by:of:now:)``.
public struct VerifiedToken: Sendable {
    /// What the issuer calls the person.
    public let subject: String
    /// All it says.
    public let claims: JSONValue

    fileprivate init(subject: String, claims: JSONValue) {
        self.subject = subject
        self.claims = claims
    }
}

extension CompactToken {
    /// The token as one that may be believed.
    ///
    /// - Parameters:
    ///   - key: a key of the issuer, of the name that the token gives.
    ///   - now: milliseconds since 1970.
    /// - Throws: ``TokenFault`` as ``check(of:now:)`` does, `algorithm` for a key of another one, and `signature`.
    public func verified(
        by key: VerificationKey, of issuer: Issuer, now: Int64
    ) throws(TokenFault) -> VerifiedToken {
        let subject = try check(of: issuer, now: now)
        guard key.algorithm == algorithm else { throw .algorithm }
        guard isSigned(by: key) else { throw .signature }
        return VerifiedToken(subject: subject, claims: claims)
    }

    /// Whether the signature is by a key, whatever the token says: one that has ended may still be genuine.
    public func isSigned(by key: VerificationKey) -> Bool {
        key.algorithm == algorithm && key.hasSigned(signedBytes, signature)
    }

    /// Holds what the token says against its issuer and the time, before there is talk of keys.
    ///
    /// Sources: RFC 7519, section 4.1; RFC 8725, section 3. Keycloak tells in `typ` of the claims what a token is for,
    /// and only `Bearer` is for us.
    ///
    /// - Parameter now: milliseconds since 1970.
    /// - Returns: the subject it names.
    /// - Throws: ``TokenFault`` `algorithm`, `issuer`, `audience`, `kind`, `expired`, `notYet` and `subject`.
    @discardableResult
    public func check(of issuer: Issuer, now: Int64) throws(TokenFault) -> String {
        guard issuer.algorithms.contains(algorithm) else { throw .algorithm }
        guard let named = self.issuer, named.isExactly(issuer.url) else { throw .issuer }
        let audiences = claims["aud"]?.string.map { [$0] } ?? claims["aud"]?.array?.compactMap(\.string) ?? []
        guard audiences.contains(where: { given in issuer.audiences.contains { $0.isExactly(given) } }) else {
            throw .audience
        }
        if let purpose = claims["typ"], purpose.string != "Bearer" { throw .kind }
        let (seconds, leeway) = (Double(now) / 1000, Double(issuer.leeway))
        guard let end = claims["exp"]?.double, seconds < end + leeway else { throw .expired }
        for name in ["nbf", "iat"] {
            guard let claim = claims[name] else { continue }
            guard let start = claim.double, start <= seconds + leeway else { throw .notYet }
        }
        guard let subject = claims["sub"]?.string, IssuerRule.isText(subject) else { throw .subject }
        return subject
    }
}
