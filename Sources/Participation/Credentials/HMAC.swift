/// Keyed digests over SHA-256.
///
/// Source: RFC 2104 and RFC 4231.
public enum HMAC {
    /// The 32 bytes of the digest of a message under a key of any length.
    public static func sha256(_ message: some Collection<UInt8>, key: [UInt8]) -> [UInt8] {
        let short = key.count > 64 ? SHA256.digest(key) : key
        let block = short + [UInt8](repeating: 0, count: 64 - short.count)
        var inner = SHA256()
        inner.update(block.map { $0 ^ 0x36 })
        inner.update(message)
        var outer = SHA256()
        outer.update(block.map { $0 ^ 0x5C })
        outer.update(inner.finish())
        return outer.finish()
    }
}
