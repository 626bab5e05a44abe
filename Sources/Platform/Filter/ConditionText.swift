import GeoCore
import Participation
public import Storage

extension CQL2 {
    /// The text of a condition, which ``parse(_:)`` reads as the same.
    ///
    /// Geometries that were looked up have no text any more: the numbers found stand for them.
    public static func text(_ condition: FilterExpression) -> String {
        func list(_ parts: [FilterExpression], _ word: String) -> String {
            parts.map { part in
                switch part {
                case .all, .any: "(\(text(part)))"
                default: text(part)
                }
            }.joined(separator: " \(word) ")
        }
        switch condition {
        case .constant(let isTrue): return isTrue ? "TRUE" : "FALSE"
        case .all(let parts): return list(parts, "AND")
        case .any(let parts): return list(parts, "OR")
        case .not(let part): return "NOT (\(text(part)))"
        case .compare(let property, let comparison, let value):
            return "\(property.rawValue) \(comparison.rawValue) \(text(value, of: property))"
        case .between(let property, let low, let high):
            return "\(property.rawValue) BETWEEN \(text(low, of: property)) AND \(text(high, of: property))"
        case .isOneOf(let property, let values):
            return "\(property.rawValue) IN (\(values.map { text($0, of: property) }.joined(separator: ", ")))"
        case .like(let property, let pattern): return "\(property.rawValue) LIKE \(quoted(pattern))"
        case .isNull(let property): return "\(property.rawValue) IS NULL"
        case .hasOneKeyword(let keywords): return "A_OVERLAPS(keywords, \(array(keywords)))"
        case .hasKeywords(let keywords): return "A_CONTAINS(keywords, \(array(keywords)))"
        case .isUnlocated: return "geometry IS NULL"
        case .intersects(let geometry): return "S_INTERSECTS(geometry, \(WKT.format(geometry)))"
        case .isAmong(let numbers): return "id IN (\(numbers.map(String.init).joined(separator: ", ")))"
        }
    }

    private static func text(_ value: FilterExpression.Value, of property: FilterExpression.Property) -> String {
        switch value {
        case .text(let text): quoted(text)
        case .number(let number): AnalysisParameter.text(number)
        case .integer(let number) where property.kind == .instant: "TIMESTAMP('\(Timestamp.rfc3339(number))')"
        case .integer(let number): property.words.first { $0.stored == value }.map { quoted($0.name) } ?? "\(number)"
        }
    }

    private static func array(_ keywords: [String]) -> String {
        "(\(keywords.map(quoted).joined(separator: ", ")))"
    }

    private static func quoted(_ text: String) -> String { "'\(text.replacing("'", with: "''"))'" }
}
