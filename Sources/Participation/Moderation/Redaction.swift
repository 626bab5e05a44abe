/// Takes passages out of a text and leaves a mark that everybody sees.
public enum Redaction {
    /// What stands in the place of a passage, whatever its length.
    public static let mark = "▮▮▮"

    /// The text without the passages that look like personal data.
    public static func redacting(_ findings: [PersonalData.Finding], in text: String) -> String {
        replacing(findings.map(\.range), in: text)
    }

    /// The text without every occurrence of the passages; longer passages go first.
    ///
    /// - Returns: the text, and the passages that do not occur in it.
    /// - Complexity: the length of the text times the number of passages.
    public static func redacting(_ passages: [String], in text: String) -> (text: String, missing: [String]) {
        var result = text
        var missing: [String] = []
        for passage in passages.sorted(by: { ($1.utf8.count, $0) < ($0.utf8.count, $1) }) where !passage.isEmpty {
            if result.contains(passage) {
                result = result.replacing(passage, with: mark)
            } else if !text.contains(passage) {
                missing.append(passage)
            }
        }
        return (result, missing)
    }

    private static func replacing(_ ranges: [Range<Int>], in text: String) -> String {
        let scalars = Array(text.unicodeScalars)
        var result = String.UnicodeScalarView()
        var place = 0
        for range in ranges where range.lowerBound >= place && range.upperBound <= scalars.count {
            result.append(contentsOf: scalars[place..<range.lowerBound])
            result.append(contentsOf: mark.unicodeScalars)
            place = range.upperBound
        }
        result.append(contentsOf: scalars[place...])
        return String(result)
    }
}
