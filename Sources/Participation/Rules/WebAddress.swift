/// What an address must satisfy before it is shown as a link.
public enum WebAddress {
    /// The faults of an address, at `pointer`; empty when there are none.
    ///
    /// It begins with `http://` or `https://` and holds no blanks, line breaks, quotation marks or angle brackets, which
    /// would end it in a page, a header field or a calendar.
    public static func violations(in text: String, at pointer: String, maximumLength: Int = 2000) -> [RuleViolation] {
        var faults = TextRule(length: 1...maximumLength).violations(in: text, at: pointer)
        let address = text.lowercased()
        if !address.hasPrefix("https://"), !address.hasPrefix("http://") {
            faults.append(
                RuleViolation(pointer: pointer, code: "value", detail: "must begin with https:// or http://"))
        } else if text.unicodeScalars.contains(where: {
            $0.properties.isWhitespace || "\"<>".unicodeScalars.contains($0)
        }) {
            faults.append(
                RuleViolation(
                    pointer: pointer, code: "value", detail: "must have no blanks, quotation marks or angle brackets"))
        }
        return faults
    }
}
