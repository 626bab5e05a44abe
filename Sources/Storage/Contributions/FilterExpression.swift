public import GeoCore

/// A condition on contributions, put together of others.
public indirect enum FilterExpression: Sendable, Hashable {
    /// What contributions can be asked for, by the names of their answers.
    public enum Property: String, Sendable, Hashable, CaseIterable {
        case id, title, text, category, type, language, status, state, locationQuality, created, changed, votesUp,
            votesDown
        case comments, channel
    }

    /// How two values are compared.
    public enum Comparison: String, Sendable, Hashable, CaseIterable {
        case equal = "="
        case different = "<>"
        case less = "<"
        case lessOrEqual = "<="
        case greater = ">"
        case greaterOrEqual = ">="
    }

    /// What a property is compared with.
    public enum Value: Sendable, Hashable {
        case text(String)
        case number(Double)
        /// Milliseconds since 1970, or the number of a word such as a status.
        case integer(Int64)
    }

    case constant(Bool)
    case all([FilterExpression])
    case any([FilterExpression])
    case not(FilterExpression)
    case compare(Property, Comparison, Value)
    case between(Property, Value, Value)
    case isOneOf(Property, [Value])
    /// `%` stands for any text, `_` for one character, `\` before one of the three for that itself.
    case like(Property, String)
    case isNull(Property)
    /// Whether it has one of these keywords.
    case hasOneKeyword([String])
    /// Whether it has all of these keywords.
    case hasKeywords([String])
    /// Whether it has no place.
    case isUnlocated
    /// Whether it shares a point with a geometry in longitude/latitude; it counts once it is looked up as ``isAmong(_:)``.
    case intersects(Geometry)
    /// Whether its number is one of these; unknown for what has no place.
    case isAmong([Int64])

    /// The geometries that are still to be looked up.
    public var geometries: [Geometry] {
        switch self {
        case .intersects(let geometry): [geometry]
        case .all(let parts), .any(let parts): parts.flatMap(\.geometries)
        case .not(let part): part.geometries
        default: []
        }
    }

    /// The same with every geometry replaced by the numbers of those that share a point with it.
    public func lookedUp(_ numbers: [Geometry: [Int64]]) -> FilterExpression {
        switch self {
        case .intersects(let geometry): numbers[geometry].map { .isAmong($0) } ?? self
        case .all(let parts): .all(parts.map { $0.lookedUp(numbers) })
        case .any(let parts): .any(parts.map { $0.lookedUp(numbers) })
        case .not(let part): .not(part.lookedUp(numbers))
        default: self
        }
    }
}

extension FilterExpression {
    /// The condition on the table `c`; nothing passes before geometries have been looked up.
    func condition(_ dialect: any Dialect) -> SQL { geometries.isEmpty ? part(dialect) : "FALSE" }

    private func part(_ dialect: any Dialect) -> SQL {
        switch self {
        case .constant(let isTrue): return isTrue ? "TRUE" : "FALSE"
        case .all(let parts): return "(\(SQL.joined(parts.map { $0.part(dialect) }, separator: " AND ")))"
        case .any(let parts): return "(\(SQL.joined(parts.map { $0.part(dialect) }, separator: " OR ")))"
        case .not(let inner): return "(NOT \(inner.part(dialect)))"
        case .compare(let property, let comparison, let value):
            return "(\(raw: property.column) \(raw: comparison.rawValue) \(value.binding))"
        case .between(let property, let low, let high):
            return "(\(raw: property.column) BETWEEN \(low.binding) AND \(high.binding))"
        case .isOneOf(let property, let values):
            return "(\(raw: property.column) IN (\(SQL.joined(values.map(\.binding), separator: ", "))))"
        case .like(let property, let pattern): return "(\(dialect.matches(property.column, pattern: pattern)))"
        case .isNull(let property): return "(\(raw: property.column) IS NULL)"
        case .hasOneKeyword(let keywords): return KeywordCondition(oneOf: keywords).condition(dialect)
        case .hasKeywords(let keywords): return KeywordCondition(all: keywords).condition(dialect)
        case .isUnlocated: return "(c.x IS NULL)"
        case .isAmong(let numbers):
            // Whether nothing shares a point with something is not known, also when it is denied.
            return """
                (CASE WHEN c.x IS NULL THEN NULL WHEN c.id IN (\(dialect.numbers(numbers))) THEN 1 ELSE 0 END = 1)
                """
        case .intersects: return "FALSE"
        }
    }
}

extension FilterExpression.Property {
    /// The column; times as everybody sees them, to the minute.
    var column: String {
        switch self {
        case .id: "c.id"
        case .title: "c.title"
        case .text: "c.text"
        case .category: "c.category"
        case .type: "c.type"
        case .language: "c.language"
        case .status: "c.status"
        case .state: "c.state"
        case .locationQuality: "c.quality"
        case .created: "(c.created / 60000 * 60000)"
        case .changed: "(c.changed / 60000 * 60000)"
        case .votesUp: "c.votes_up"
        case .votesDown: "c.votes_down"
        case .comments: "c.comments"
        case .channel: "c.channel"
        }
    }
}

extension FilterExpression.Value {
    fileprivate var binding: SQL {
        switch self {
        case .text(let text): "\(text)"
        case .number(let number): "\(number)"
        case .integer(let number): "\(number)"
        }
    }
}
