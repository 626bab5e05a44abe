/// Says when a form was opened, signed: whoever sends it filled in sooner than anybody types is no person.
///
/// Its text is `mpf1.<time>.<signature>`; the signature is HMAC-SHA-256 under a key of the tenant. Nothing about it is
/// stored, and it may be sent more than once: it tells a time and is no credential.
public enum FormToken {
    /// Least time from opening a form to sending it, in milliseconds.
    public static let shortest: Int64 = 3_000
    /// Longest time, in milliseconds: a day.
    public static let longest: Int64 = 86_400_000
    private static let prefix = "mpf1."

    /// The text of a token for a form that is opened now.
    public static func text(signedWith secret: [UInt8], now: Int64) -> String {
        let claim = prefix + String(now, radix: 36)
        return claim + "." + Secret.hexadecimal(HMAC.sha256(claim.utf8, key: secret))
    }

    /// Whether a form was open for as long as people need.
    public static func isPlausible(_ text: String, secret: [UInt8], now: Int64) -> Bool {
        guard text.utf8.count <= 128 else { return false }
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let opened = Int64(parts[1], radix: 36) else { return false }
        // Written anew: a text that reads alike but is spelled otherwise is another one.
        guard Secret.isEqual(Array(text.utf8), Array(self.text(signedWith: secret, now: opened).utf8)) else {
            return false
        }
        let (waited, overflow) = now.subtractingReportingOverflow(opened)
        return !overflow && (shortest...longest).contains(waited)
    }
}

/// What a form sends beside what was written, by which machines give themselves away.
public struct FormSigns: Sendable, Hashable {
    /// What stands in a field that people do not see.
    public var trap: String?
    /// The ``FormToken`` of the form, where it has one.
    public var token: String?

    /// Makes signs of nothing.
    public init() {}
}
