/// A table as CSV (RFC 4180).
enum CommaSeparatedText {
    /// One record, ended by CR LF.
    ///
    /// Values that a spreadsheet would take for a formula get an apostrophe in front; numbers stay as they are.
    static func record(_ values: [String]) -> String {
        values.map(field).joined(separator: ",") + "\r\n"
    }

    private static func field(_ value: String) -> String {
        var value = value
        if let first = value.unicodeScalars.first, "=+-@\t\r".unicodeScalars.contains(first), Double(value) == nil {
            value = "'" + value
        }
        guard value.unicodeScalars.contains(where: { ",\"\r\n".unicodeScalars.contains($0) }) else { return value }
        return "\"" + value.replacing("\"", with: "\"\"") + "\""
    }
}
