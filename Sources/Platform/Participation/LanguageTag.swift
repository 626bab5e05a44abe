/// Names of languages.
enum LanguageTag {
    /// Whether a text is a language tag of two or three letters, with a region where wanted (RFC 5646).
    static func isValid(_ text: String) -> Bool {
        let parts = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        guard let first = parts.first, (2...3).contains(first.count), parts.count <= 2,
            first.allSatisfy({ (0x61...0x7A).contains($0) })
        else { return false }
        return parts.dropFirst().allSatisfy { part in
            part.count == 2 && part.allSatisfy { (0x41...0x5A).contains($0) }
        }
    }
}
