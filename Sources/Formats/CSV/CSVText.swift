/// Writes tables of comma-separated values (RFC 4180) that may be opened by a spreadsheet.
public enum CSVText {
    /// What a file may begin with so that spreadsheets read it as UTF-8.
    public static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    /// Signs that make a spreadsheet take a cell for a formula, their full-width forms included.
    private static let formulaSigns = Set("=+-@\t\r＝＋－＠".unicodeScalars)
    private static let signsToQuote = Set(",;\"\r\n".unicodeScalars)

    /// One record, ended by CR LF.
    public static func record(_ cells: [String]) -> String {
        cells.map(cell).joined(separator: ",") + "\r\n"
    }

    /// One cell: quoted where needed; text that begins as a formula gets an apostrophe in front, numbers do not.
    public static func cell(_ text: String) -> String {
        let isFormula = text.unicodeScalars.first.map(formulaSigns.contains) ?? false
        let safe = isFormula && Double(text) == nil ? "'" + text : text
        guard safe.unicodeScalars.contains(where: signsToQuote.contains) else { return safe }
        return "\"" + safe.replacing("\"", with: "\"\"") + "\""
    }
}
