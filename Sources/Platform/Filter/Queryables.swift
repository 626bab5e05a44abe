public import GeoCore
import Participation
import Storage

extension FilterExpression.Property {
    /// What its values are.
    enum Kind {
        case text
        case number
        case instant
        /// One word of a fixed list.
        case word

        /// A value, for messages.
        var example: String {
            switch self {
            case .text: "a text such as 'Radweg'"
            case .number: "a number such as 10"
            case .instant: "an instant such as TIMESTAMP('2026-05-01T00:00:00Z')"
            case .word: "a word in quotation marks"
            }
        }
    }

    var kind: Kind {
        switch self {
        case .title, .text, .category, .type, .language: .text
        case .id, .votesUp, .votesDown, .comments: .number
        case .created, .changed: .instant
        case .status, .state, .locationQuality, .channel: .word
        }
    }

    /// The words of a fixed list, with what the store has for them.
    var words: [(name: String, stored: FilterExpression.Value)] {
        switch self {
        case .status: OfficialStatus.allCases.map { ($0.name, .integer($0.rawValue)) }
        case .state: Viewer.statesSeenBySomebody.map { ($0.name, .integer($0.rawValue)) }
        case .locationQuality: Contribution.LocationQuality.allCases.map { ($0.name, .integer($0.rawValue)) }
        case .channel: ContributionChannel.allCases.map { ($0.rawValue, .text($0.rawValue)) }
        default: []
        }
    }

    /// Lets a comparison through that makes sense for its values: words have no order.
    func requiring(
        _ comparison: FilterExpression.Comparison, _ parser: CQL2Parser
    ) throws(CQL2Fault) -> FilterExpression.Comparison {
        guard kind == .word, comparison != .equal, comparison != .different else { return comparison }
        throw parser.fault("\(rawValue) is one of some words and has no order: use =, <> or IN")
    }
}

/// What contributions can be asked for in a condition.
public enum Queryables {
    /// The properties as a JSON schema (OGC 19-079r2, 6).
    ///
    /// - Parameter address: where the schema is found.
    public static func schema(address: String) -> JSONValue {
        var members = FilterExpression.Property.allCases.map { property -> JSONValue.Member in
            var schema: [JSONValue.Member]
            switch property.kind {
            case .text: schema = [.init("type", .string("string"))]
            case .number: schema = [.init("type", .string("integer"))]
            case .instant: schema = [.init("type", .string("string")), .init("format", .string("date-time"))]
            case .word:
                schema = [
                    .init("type", .string("string")),
                    .init("enum", .array(property.words.map { .string($0.name) })),
                ]
            }
            return JSONValue.Member(property.rawValue, .object(schema))
        }
        members.append(
            .init(
                "keywords",
                .object([.init("type", .string("array")), .init("items", .object([.init("type", .string("string"))]))]))
        )
        members.append(.init("geometry", .object([.init("format", .string("geometry-any"))])))
        return .object([
            .init("$schema", .string("https://json-schema.org/draft/2020-12/schema")), .init("$id", .string(address)),
            .init("type", .string("object")), .init("title", .string("Contributions")),
            .init("properties", .object(members)), .init("additionalProperties", .bool(false)),
        ])
    }
}
