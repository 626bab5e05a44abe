import Crypto
import CryptoExtras
import Foundation
import Participation
import TestSupport
import Testing

@testable import SignedTokens

struct KeySetTests {
    private func set(_ entries: String..., algorithms: [SigningAlgorithm] = SigningAlgorithm.allCases) async throws
        -> KeySet
    {
        try await KeySet(json: Array(#"{"keys":[\#(entries.joined(separator: ","))]}"#.utf8), algorithms: algorithms)
    }

    /// RFC 7515, appendix A.2 (RS256) and A.3 (ES256): header, claims, key and signature as printed there.
    @Test func checksTheSignaturesOfTheStandard() async throws {
        let modulus = """
            ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZ\
            S-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R\
            2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW\
            9gb54h4FRWyuXpoQ
            """
        let claims = """
            eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ
            """
        let rsaSignature = """
            cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CU\
            Ar7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO\
            --xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN\
            _IoypGlUPQGe77Rw
            """
        let curveSignature = "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q"
        let keys = try await set(
            #"{"kid":"rsa","kty":"RSA","n":"\#(modulus)","e":"AQAB"}"#,
            """
            {"kid":"ec","kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
            "y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}
            """)
        for (name, algorithm, header, signature) in [
            ("rsa", SigningAlgorithm.rs256, "eyJhbGciOiJSUzI1NiJ9", rsaSignature),
            ("ec", .es256, "eyJhbGciOiJFUzI1NiJ9", curveSignature),
        ] {
            let key = try #require(keys.key(name, for: algorithm))
            let signature = try #require(Base64URL.decode(signature.utf8))
            #expect(key.hasSigned(Array("\(header).\(claims)".utf8)[...], signature), "\(name)")
            #expect(!key.hasSigned(Array("\(header).\(claims.dropLast())".utf8)[...], signature), "\(name)")
        }
    }

    @Test func checksEveryAlgorithmByAKeyOfItsType() async throws {
        let rsa = try #require(SigningKey.rsa.first)
        var keys = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512"].map { algorithm in
            SigningKey(id: algorithm, algorithm: algorithm, secret: rsa.secret)
        }
        keys += [
            SigningKey.p256("ES256"),
            SigningKey(id: "ES384", algorithm: "ES384", secret: .p384(P384.Signing.PrivateKey())),
            SigningKey(id: "ES512", algorithm: "ES512", secret: .p521(P521.Signing.PrivateKey())),
            SigningKey(id: "EdDSA", algorithm: "EdDSA", secret: .ed25519(Curve25519.Signing.PrivateKey())),
        ]
        for key in keys {
            let set = try await set(try key.entry())
            let algorithm = try #require(SigningAlgorithm(rawValue: key.algorithm))
            let verification = try #require(set.key(key.id, for: algorithm), "\(key.algorithm)")
            let signature = try key.signature(over: [1, 2, 3])
            #expect(verification.hasSigned([1, 2, 3], signature), "\(key.algorithm)")
            #expect(!verification.hasSigned([1, 2, 4], signature), "\(key.algorithm)")
            #expect(!verification.hasSigned([1, 2, 3], signature.dropLast()), "\(key.algorithm)")
            // A key stands for the algorithms of its type and curve, and for no other.
            let fitting = SigningAlgorithm.allCases.filter { set.key(key.id, for: $0) != nil }.map(\.rawValue)
            #expect(
                fitting
                    == (key.algorithm.hasSuffix("S256") || key.algorithm.first == "R" || key.algorithm.first == "P"
                        ? key.algorithm.first == "E"
                            ? ["ES256"] : ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512"]
                        : [key.algorithm]))
        }
        #expect(Set(keys.map(\.algorithm)) == Set(SigningAlgorithm.allCases.map(\.rawValue)))
    }

    @Test func keepsAKeyToWhatItsEntryAndTheIssuerSay() async throws {
        let key = try #require(SigningKey.rsa.first)
        let bound = try await set(try key.entry(algorithm: "RS384"))
        #expect(bound.key(key.id, for: .rs384) != nil)
        #expect(bound.key(key.id, for: .rs256) == nil)
        let narrow = try await set(try key.entry(), algorithms: [.ps256])
        #expect(narrow.key(key.id, for: .ps256) != nil)
        #expect(narrow.key(key.id, for: .rs256) == nil)
    }

    @Test func passesOverWhatIsNotForSigning() async throws {
        let key = try #require(SigningKey.rsa.first)
        for entry in [
            try key.entry(extra: #","use":"enc""#), try key.entry(extra: #","key_ops":["encrypt"]"#),
            try key.entry(algorithm: "RSA-OAEP"), try key.entry(algorithm: "HS256"),
            #"{"kid":"rsa-1","kty":"oct","k":"c2VjcmV0","alg":"HS256"}"#,
            #"{"kid":"rsa-1","kty":"RSA","n":"AQAB","e":"AQAB"}"#, #"{"kid":"rsa-1","kty":"new"}"#, "7", "null",
            #"{"kid":"rsa-1","kty":"EC","crv":"secp256k1","x":"AA","y":"AA"}"#,
            // Not on the curve.
            """
            {"kid":"rsa-1","kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
            "y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5aQ"}
            """,
        ] {
            #expect(try await set(entry).names.isEmpty, "\(entry)")
            #expect(try await set(entry, try SigningKey.p256("other").entry()).names == ["other"], "\(entry)")
        }
        guard case .rsa(let secret) = key.secret, case .p256(let curve) = SigningKey.p256("ec").secret else {
            Issue.record("the keys of the tests are of other types")
            return
        }
        let numbers = try secret.publicKey.getKeyPrimitives()
        func rsa(_ modulus: Data, _ exponent: Data) -> String {
            #"{"kid":"r","kty":"RSA","n":"\#(SigningKey.text(modulus))","e":"\#(SigningKey.text(exponent))"}"#
        }
        #expect(try await set(rsa(numbers.modulus, numbers.publicExponent)).names == ["r"])
        var even = numbers.modulus
        even[even.endIndex - 1] &= 0xFE
        var short = numbers.modulus
        short[short.startIndex] = 0
        let (x, y) = (curve.publicKey.rawRepresentation.prefix(32), curve.publicKey.rawRepresentation.suffix(32))
        for entry in [
            rsa(numbers.modulus, Data([1])), rsa(numbers.modulus, Data([0, 0, 1])), rsa(numbers.modulus, Data([1, 0])),
            rsa(numbers.modulus, Data([0])), rsa(even, numbers.publicExponent), rsa(short, numbers.publicExponent),
            rsa(Data(count: 256), numbers.publicExponent), try key.entry(extra: #","key_ops":[]"#),
            """
            {"kid":"r","kty":"EC","crv":"P-256","x":"\(SigningKey.text(x.dropLast()))","y":"\(SigningKey.text(y))"}
            """,
        ] {
            #expect(try await set(entry).names.isEmpty, "\(entry)")
        }
        let old = try _RSA.Signing.PrivateKey(unsafeKeySize: .init(bitCount: 1024))
        let weak = SigningKey(id: "short", algorithm: "RS256", secret: .rsa(old))
        #expect(try await set(try weak.entry()).names.isEmpty)
    }

    @Test(arguments: [
        "", "[]", "{}", #"{"keys":{}}"#, #"{"keys":[]} x"#, #"{"keys":[],"keys":[]}"#, "<html></html>",
        #"{"keys":[\#(Array(repeating: "{}", count: 101).joined(separator: ","))]}"#,
        #"{"keys":\#(String(repeating: "[", count: 4000))"#,
    ])
    func refusesWhatIsNoSet(_ text: String) async throws {
        await #expect(throws: TokenFault.keySet) {
            _ = try await KeySet(json: Array(text.utf8), algorithms: SigningAlgorithm.usual)
        }
    }
}
