import FoundationEssentials
import GeoCore
import JWTKit
public import Participation

/// A public key for one algorithm.
///
/// A token never chooses how its key is used: the key is made for an algorithm that its issuer may use and that fits
/// its own type, before any token is seen.
public struct VerificationKey: Sendable {
    /// What it is for.
    public let algorithm: SigningAlgorithm
    private let key: any JWTAlgorithm

    /// Makes a key of an entry of a JWK Set; `nil` where type, curve, use or numbers do not fit the algorithm.
    ///
    /// Sources: RFC 7517, section 4; RFC 7518, section 6; RFC 8017, section 3.1; RFC 8037, section 2. RSA keys have 2,048
    /// to 8,192 bits.
    init?(_ entry: JSONValue, for algorithm: SigningAlgorithm) async {
        if let name = entry["alg"], name != .string(algorithm.rawValue) { return nil }
        if let use = entry["use"], use != .string("sig") { return nil }
        if let uses = entry["key_ops"], uses.array?.contains(.string("verify")) != true { return nil }
        guard let wanted = JWK.Algorithm(rawValue: algorithm.rawValue), let text = Self.numbers(entry, algorithm) else {
            return nil
        }
        let name = JWKIdentifier(string: "key")
        let jwk: JWK =
            switch algorithm {
            case .rs256, .rs384, .rs512, .ps256, .ps384, .ps512:
                .rsa(wanted, identifier: name, modulus: text.first, exponent: text.last)
            case .es256: .ecdsa(wanted, identifier: name, x: text.first, y: text.last, curve: .p256)
            case .es384: .ecdsa(wanted, identifier: name, x: text.first, y: text.last, curve: .p384)
            case .es512: .ecdsa(wanted, identifier: name, x: text.first, y: text.last, curve: .p521)
            case .edDSA: .octetKeyPair(wanted, identifier: name, x: text.first, y: nil, curve: .ed25519)
            }
        // A collection of this one key: one of several would be asked by the name that the token gives, and falls back
        // to its first key where there is none of that name.
        let collection = JWTKeyCollection()
        guard (try? await collection.add(jwk: jwk)) != nil,
            let key = try? await collection.getKey(for: name, alg: algorithm.rawValue), key.name == algorithm.rawValue
        else { return nil }
        self.algorithm = algorithm
        self.key = key
    }

    /// The numbers of a key of the type and curve that the algorithm needs, as base64url; `nil` for any other.
    private static func numbers(_ entry: JSONValue, _ algorithm: SigningAlgorithm) -> [String]? {
        let (type, curve, members): (String, String?, [(String, ClosedRange<Int>)]) =
            switch algorithm {
            case .rs256, .rs384, .rs512, .ps256, .ps384, .ps512: ("RSA", nil, [("n", 256...1024), ("e", 1...4)])
            case .es256: ("EC", "P-256", [("x", 32...32), ("y", 32...32)])
            case .es384: ("EC", "P-384", [("x", 48...48), ("y", 48...48)])
            case .es512: ("EC", "P-521", [("x", 66...66), ("y", 66...66)])
            case .edDSA: ("OKP", "Ed25519", [("x", 32...32)])
            }
        guard entry["kty"] == .string(type), curve == nil || entry["crv"]?.string == curve else { return nil }
        var texts: [String] = []
        for (name, lengths) in members {
            guard let text = entry[name]?.string, let bytes = Base64URL.decode(text.utf8),
                lengths.contains(bytes.count), type != "RSA" || isOddAndLong(bytes, bits: name == "n" ? 2048 : 2)
            else { return nil }
            texts.append(text)
        }
        return texts
    }

    /// Whether a number is odd and has so many bits: a modulus that is even, or an exponent of 1, proves nothing.
    private static func isOddAndLong(_ bytes: [UInt8], bits: Int) -> Bool {
        let digits = bytes.drop { $0 == 0 }
        guard let first = digits.first, let last = digits.last else { return false }
        return last & 1 == 1 && digits.count * 8 - first.leadingZeroBitCount >= bits
    }

    /// Whether a signature over bytes is by this key.
    func hasSigned(_ bytes: ArraySlice<UInt8>, _ signature: [UInt8]) -> Bool {
        (try? key.verify(signature, signs: bytes)) ?? false
    }
}
