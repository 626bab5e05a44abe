import GeoCore
public import Participation

/// A signed JWT as it was sent: read, and not believed yet.
///
/// Header and claims are read with the strict reader of requests: a name that comes twice, a number that is none and
/// deep nesting are refused before anything is looked at. Addresses and keys that a token brings along (`jku`, `x5u`,
/// `x5c`, `jwk`) are not looked at. Sources: RFC 7515, RFC 7519, RFC 8725.
public struct CompactToken: Sendable {
    /// Longest token, in bytes.
    public static let longest = 8192

    /// How it says it is signed.
    public let algorithm: SigningAlgorithm
    /// Name of the key it says it is signed with.
    public let keyID: String
    /// What it says; everybody can write that.
    let claims: JSONValue
    /// What is signed: the first two parts with the point between them.
    let signedBytes: ArraySlice<UInt8>
    let signature: [UInt8]

    /// Whom it says it is of; `nil` where it does not say.
    public var issuer: String? { claims["iss"]?.string }

    /// Reads the text of a token.
    ///
    /// - Throws: ``TokenFault`` `malformed`, `kind`, `algorithm` and `keyID`.
    public init(_ text: String) throws(TokenFault) {
        let bytes = Array(text.utf8)
        guard bytes.count <= Self.longest else { throw .malformed }
        let parts = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 3, let signature = Base64URL.decode(parts[2]), !signature.isEmpty else {
            throw .malformed
        }
        let header = try Self.object(parts[0])
        guard let name = header["alg"]?.string, let algorithm = SigningAlgorithm(rawValue: name) else {
            throw .algorithm
        }
        try Self.checkKind(header)
        guard let keyID = header["kid"]?.string, IssuerRule.isText(keyID) else { throw .keyID }
        self.algorithm = algorithm
        self.keyID = keyID
        claims = try Self.object(parts[1])
        signedBytes = bytes[..<(parts[1].endIndex)]
        self.signature = signature
    }

    private static func object(_ part: ArraySlice<UInt8>) throws(TokenFault) -> JSONValue {
        guard let bytes = Base64URL.decode(part), let value = try? JSONValue.parse(bytes), case .object = value else {
            throw .malformed
        }
        return value
    }

    /// A JWT or an access token (RFC 9068, section 2.1), without extensions that must be understood.
    private static func checkKind(_ header: JSONValue) throws(TokenFault) {
        guard header["crit"] == nil else { throw .kind }
        guard let type = header["typ"] else { return }
        guard var name = type.string?.lowercased() else { throw .kind }
        if name.hasPrefix("application/") { name.removeFirst("application/".count) }
        guard name == "jwt" || name == "at+jwt" else { throw .kind }
    }
}
