/// The names under which a tenant knows somebody who signs in elsewhere.
///
/// Neither tells who it is, in two tenants they differ, and without the key of the tenant nobody can tell whether two of
/// them are the same person: what staff does and what the same person votes for are not linked by a name.
public struct AccountPseudonym: Sendable, Hashable {
    /// What roles are given to and audit events name: `<issuer>:` and 32 hexadecimal digits.
    public let account: String
    /// What authors contributions, comments and votes: 32 hexadecimal digits.
    public let participant: String

    /// Derives the names: the first 128 bits of HMAC-SHA-256 under the key of the tenant.
    ///
    /// - Parameters:
    ///   - subject: what the issuer calls the person, in `sub`.
    ///   - key: the key behind the pseudonyms of the tenant.
    public init(issuer: Issuer, subject: String, key: [UInt8]) {
        func name(_ purpose: String) -> String {
            // An address has no zero byte, so that no two pairs make the same text.
            let text = [purpose, issuer.url, subject].joined(separator: "\u{0}")
            return Secret.hexadecimal(HMAC.sha256(text.utf8, key: key).prefix(16))
        }
        account = "\(issuer.id):\(name("account"))"
        participant = name("participant")
    }

    /// Whether a text can be what follows the issuer in the name of an account: 32 hexadecimal digits in lower case.
    public static func isName(_ text: some StringProtocol) -> Bool {
        text.utf8.count == 32
            && text.utf8.allSatisfy {
                (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
                    || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0)
            }
    }
}
