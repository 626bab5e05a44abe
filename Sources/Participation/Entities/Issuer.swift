/// How a token may be signed: with a private key that its issuer alone holds.
///
/// Neither `none` nor the keyed digests `HS256` to `HS512` are here, for with those whoever can check a token can make
/// one. Sources: RFC 7518, section 3.1; RFC 8037, section 3.1.
public enum SigningAlgorithm: String, Sendable, Hashable, CaseIterable, Codable {
    case rs256 = "RS256"
    case rs384 = "RS384"
    case rs512 = "RS512"
    case ps256 = "PS256"
    case ps384 = "PS384"
    case ps512 = "PS512"
    case es256 = "ES256"
    case es384 = "ES384"
    case es512 = "ES512"
    case edDSA = "EdDSA"

    /// What is allowed where nothing is said.
    public static let usual: [SigningAlgorithm] = [.rs256, .es256]
}

/// Somebody else who knows people and signs tokens for them: a provider of OpenID Connect.
public struct Issuer: Sendable, Hashable {
    /// Slug, unique in the installation; the names of its accounts begin with it.
    public var id: String
    /// What its tokens name in `iss`, to the character.
    public var url: String
    /// Whom a token must be for: one of these must be in `aud`, to the character.
    public var audiences: [String]
    /// How tokens may be signed.
    public var algorithms: [SigningAlgorithm]
    /// Where its keys are; `nil` to find the address in its `/.well-known/openid-configuration`.
    public var keysURL: String?
    /// Where a token names groups or roles.
    public var rolesClaim: ClaimPath?
    /// Where a token must name the slug of the tenant it is for; `nil` for an issuer whose tokens need not.
    public var tenantClaim: ClaimPath?
    /// By how many seconds clocks may differ, 0 to 60.
    public var leeway: Int64
    /// Rises with every change.
    public var version: Int64 = 1
    /// When it was added, milliseconds since 1970.
    public var created: Int64 = 0

    /// Makes an issuer.
    public init(
        id: String, url: String, audiences: [String], algorithms: [SigningAlgorithm] = SigningAlgorithm.usual,
        keysURL: String? = nil, rolesClaim: ClaimPath? = nil, tenantClaim: ClaimPath? = nil, leeway: Int64 = 30
    ) {
        self.id = id
        self.url = url
        self.audiences = audiences
        self.algorithms = algorithms
        self.keysURL = keysURL
        self.rolesClaim = rolesClaim
        self.tenantClaim = tenantClaim
        self.leeway = leeway
    }
}
