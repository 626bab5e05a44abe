/// The pseudonymous credential of a citizen: a random subject, signed for one tenant and a year.
///
/// Its text is `mpt1.<tenant>.<generation>.<subject>.<expires>.<signature>`; the signature is HMAC-SHA-256 under a key of
/// the tenant. Nothing about it is stored: a new generation of the key revokes all tokens of the tenant at once.
public struct ParticipantToken: Sendable, Hashable {
    /// How long a token holds, in milliseconds: 365 days.
    public static let lifetime: Int64 = 365 * 86_400_000
    /// What the text of every token begins with.
    public static let prefix = "mpt1."

    /// Slug of the tenant it is for.
    public var tenant: String
    /// Number of the key it is signed with.
    public var generation: Int64
    /// Random id, 32 hexadecimal digits: what authors contributions and votes.
    public var subject: String
    /// When it ends, milliseconds since 1970.
    public var expires: Int64

    /// Makes a token of a new random subject.
    public init(tenant: String, generation: Int64, now: Int64) {
        self.tenant = tenant
        self.generation = generation
        subject = Secret.hexadecimal(Secret.bytes(16))
        expires = now + Self.lifetime
    }

    private init(tenant: String, generation: Int64, subject: String, expires: Int64) {
        self.tenant = tenant
        self.generation = generation
        self.subject = subject
        self.expires = expires
    }

    private var claims: String {
        Self.prefix + "\(tenant).\(String(generation, radix: 36)).\(subject).\(String(expires, radix: 36))"
    }

    /// The text of the token, signed.
    public func text(signedWith secret: [UInt8]) -> String {
        claims + "." + Secret.hexadecimal(HMAC.sha256(claims.utf8, key: secret))
    }

    /// What a text says before its signature is held against a key; `nil` for what is no token.
    public struct Claim: Sendable, Hashable {
        /// Slug of the tenant it says it is for.
        public var tenant: String { token.tenant }
        private let token: ParticipantToken
        private let signature: String

        /// Reads the text of a token.
        public init?(_ text: String) {
            guard text.utf8.count <= 256, text.hasPrefix(ParticipantToken.prefix) else { return nil }
            let parts = text.split(separator: ".", omittingEmptySubsequences: false)
            guard parts.count == 6, Slug.isValid(String(parts[1])), let generation = Int64(parts[2], radix: 36),
                let expires = Int64(parts[4], radix: 36), parts[3].utf8.count == 32
            else { return nil }
            token = ParticipantToken(
                tenant: String(parts[1]), generation: generation, subject: String(parts[3]), expires: expires)
            signature = String(parts[5])
        }

        /// The token, when it is signed with this key and generation and has not ended.
        public func verified(secret: [UInt8], generation: Int64, now: Int64) -> ParticipantToken? {
            // The claims are written anew: a text that reads alike but is spelled otherwise has another signature.
            let expected = token.text(signedWith: secret).split(separator: ".").last.map { Array($0.utf8) } ?? []
            guard Secret.isEqual(Array(signature.utf8), expected), token.generation == generation,
                now < token.expires
            else { return nil }
            return token
        }
    }
}
