public import Crypto
public import CryptoExtras
import Foundation

/// A private key of an issuer of tests: it signs by swift-crypto itself, not by what checks signatures in the program.
public struct SigningKey: Sendable {
    /// The key itself.
    public enum Secret: Sendable {
        case rsa(_RSA.Signing.PrivateKey)
        case p256(P256.Signing.PrivateKey)
        case p384(P384.Signing.PrivateKey)
        case p521(P521.Signing.PrivateKey)
        case ed25519(Curve25519.Signing.PrivateKey)
    }

    /// Name, as `kid` tells it.
    public var id: String
    /// Algorithm, as `alg` tells it.
    public var algorithm: String
    /// The key itself.
    public var secret: Secret

    /// Makes a key.
    public init(id: String, algorithm: String, secret: Secret) {
        self.id = id
        self.algorithm = algorithm
        self.secret = secret
    }

    /// Three RSA keys of 2,048 bits, made once for the process.
    public static let rsa: [SigningKey] = ["rsa-1", "rsa-2", "rsa-3"].compactMap { id in
        (try? _RSA.Signing.PrivateKey(keySize: .bits2048)).map { .init(id: id, algorithm: "RS256", secret: .rsa($0)) }
    }

    /// A new key on P-256.
    public static func p256(_ id: String) -> SigningKey {
        SigningKey(id: id, algorithm: "ES256", secret: .p256(P256.Signing.PrivateKey()))
    }

    /// A signature over bytes, as JWS writes it.
    public func signature(over bytes: [UInt8]) throws -> [UInt8] {
        switch secret {
        case .rsa(let key):
            let padding: _RSA.Signing.Padding = algorithm.hasPrefix("PS") ? .PSS : .insecurePKCS1v1_5
            let signature =
                switch algorithm.suffix(3) {
                case "384": try key.signature(for: SHA384.hash(data: bytes), padding: padding)
                case "512": try key.signature(for: SHA512.hash(data: bytes), padding: padding)
                default: try key.signature(for: SHA256.hash(data: bytes), padding: padding)
                }
            return Array(signature.rawRepresentation)
        case .p256(let key): return Array(try key.signature(for: bytes).rawRepresentation)
        case .p384(let key): return Array(try key.signature(for: bytes).rawRepresentation)
        case .p521(let key): return Array(try key.signature(for: bytes).rawRepresentation)
        case .ed25519(let key): return Array(try key.signature(for: bytes))
        }
    }

    /// The public key as an entry of a JWK Set.
    ///
    /// - Parameters:
    ///   - algorithm: what its `alg` tells; `nil` to leave it out.
    ///   - extra: more members, such as `"use": "sig"`, with a comma before.
    public func entry(algorithm: String? = nil, extra: String = #","use":"sig""#) throws -> String {
        func curve(_ name: String, _ key: Data) -> String {
            let half = key.count / 2
            return #""kty":"EC","crv":"\#(name)","x":"\#(Self.text(key.prefix(half)))","#
                + #""y":"\#(Self.text(key.suffix(half)))""#
        }
        let numbers: String
        switch secret {
        case .rsa(let key):
            let numbersOfKey = try key.publicKey.getKeyPrimitives()
            numbers =
                #""kty":"RSA","n":"\#(Self.text(numbersOfKey.modulus))","e":"\#(Self.text(numbersOfKey.publicExponent))""#
        case .p256(let key): numbers = curve("P-256", key.publicKey.rawRepresentation)
        case .p384(let key): numbers = curve("P-384", key.publicKey.rawRepresentation)
        case .p521(let key): numbers = curve("P-521", key.publicKey.rawRepresentation)
        case .ed25519(let key):
            numbers = #""kty":"OKP","crv":"Ed25519","x":"\#(Self.text(key.publicKey.rawRepresentation))""#
        }
        return #"{"kid":"\#(id)",\#(numbers)\#(algorithm.map { #","alg":"\#($0)""# } ?? "")\#(extra)}"#
    }

    /// A token with these claims, signed with this key.
    ///
    /// - Parameter header: another header than the usual one.
    public func token(_ claims: String, header: String? = nil) throws -> String {
        let header = header ?? #"{"alg":"\#(algorithm)","typ":"JWT","kid":"\#(id)"}"#
        let signed = Self.text(header.utf8) + "." + Self.text(claims.utf8)
        return signed + "." + Self.text(try signature(over: Array(signed.utf8)))
    }

    /// Bytes as base64url without padding.
    public static func text(_ bytes: some Sequence<UInt8>) -> String {
        Data(bytes).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }
}
