/// What an issuer must satisfy to be stored.
public enum IssuerRule {
    /// Longest audience, claim value and subject, in bytes.
    ///
    /// Source: OpenID Connect Core 1.0, section 2, of `sub`.
    public static let longestText = 255

    /// The faults of an issuer; empty when it may be stored.
    public static func violations(in issuer: Issuer) -> [RuleViolation] {
        var faults: [RuleViolation] = []
        func fault(_ member: String, _ code: String, _ detail: String) {
            faults.append(RuleViolation(pointer: "/\(member)", code: code, detail: detail))
        }
        // Accounts are named after their issuer, and API keys are named key:<number>.
        if !Slug.isValid(issuer.id) || issuer.id == "key" {
            fault("id", "slug", "must be 1 to 64 of a-z, 0-9 and inner hyphens, and not key; for example city")
        }
        if !AddressRule.isAddress(issuer.url) || issuer.url.contains(where: { "?#".contains($0) }) {
            fault(
                "url", "url",
                "must be like https://sso.example.org/realms/city, without user, query and fragment, as tokens name it")
        }
        if let url = issuer.keysURL, !AddressRule.isAddress(url) {
            fault("keysURL", "url", "must be like https://sso.example.org/certs, without user and password")
        }
        if !(1...20).contains(issuer.audiences.count) {
            fault("audiences", "count", "must name 1 to 20 audiences")
        }
        for (index, audience) in issuer.audiences.enumerated() where !isText(audience) {
            fault(
                "audiences/\(index)", "text", "must be a text of 1 to \(longestText) bytes without control characters")
        }
        if issuer.algorithms.isEmpty {
            fault("algorithms", "count", "must name one algorithm at least; for example RS256")
        }
        if !(0...60).contains(issuer.leeway) { fault("leeway", "outOfRange", "must be from 0 to 60 seconds") }
        return faults
    }

    /// Whether a text may be an audience, a value of a claim or a subject.
    public static func isText(_ text: String) -> Bool {
        (1...longestText).contains(text.utf8.count)
            && !text.unicodeScalars.contains { $0.value < 0x20 || (0x7F...0x9F).contains($0.value) }
    }
}
