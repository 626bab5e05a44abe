/// The text of an API key, `mp_<id>_<secret>`: the id finds the key, the secret proves it.
///
/// Only the digest of the secret is stored; the text is shown once.
public struct APIKeyText: Sendable, Hashable {
    /// What the text of every key begins with.
    public static let prefix = "mp_"

    /// Number of the key.
    public var id: Int64
    /// 256 random bits as 64 hexadecimal digits.
    public var secret: String

    /// Makes the text of a key.
    public init(id: Int64, secret: String) {
        self.id = id
        self.secret = secret
    }

    /// Reads a text; `nil` for what is no API key.
    public init?(_ text: String) {
        let parts = text.split(separator: "_", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0] == "mp", parts[1].utf8.count <= 19, let id = Int64(parts[1]), id > 0,
            parts[2].utf8.count == 64
        else { return nil }
        self.init(id: id, secret: String(parts[2]))
    }

    /// A new secret.
    public static func newSecret() -> String { Secret.hexadecimal(Secret.bytes(32)) }

    /// What is stored of the secret: its SHA-256.
    public static func digest(of secret: String) -> [UInt8] { SHA256.digest(Array(secret.utf8)) }

    /// The text.
    public var text: String { "\(Self.prefix)\(id)_\(secret)" }
}
