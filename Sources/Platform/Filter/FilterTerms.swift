import GeoCore
import Participation
public import Storage

/// One condition of a filter, by the name and in the form that it is asked for in a request.
public struct FilterTerm: Sendable, Hashable {
    /// Name of the parameter, such as `category`.
    public var name: String
    /// Its value in one form for all ways to say the same: lists sorted, instants in UTC, boxes in degrees.
    public var value: String

    /// The condition in one text.
    public var text: String { "\(name) \(value)" }
}

extension ContributionFilter {
    /// What the filter asks for, in a fixed order; nothing where it lets everything through.
    public var terms: [FilterTerm] {
        var terms: [FilterTerm] = []
        func add(_ name: String, _ value: String?) {
            if let value { terms.append(FilterTerm(name: name, value: value)) }
        }
        func add(_ name: String, _ values: [String]) {
            if !values.isEmpty { add(name, Set(values).sorted().joined(separator: ",")) }
        }
        if let west = boxes.first, let east = boxes.last {
            // Two boxes are the parts of one that goes across the antimeridian.
            add("bbox", Self.numbers([west.minX, west.minY, east.maxX, east.maxY]))
        }
        if from != nil || until != nil {
            add("datetime", "\(from.map(Timestamp.rfc3339) ?? "..")/\(until.map(Timestamp.rfc3339) ?? "..")")
        }
        add("category", categories)
        add("keyword", keywords)
        add("tag", tags)
        add("state", states.map(\.name))
        add("status", statuses.map(\.name))
        add("q", words)
        add("located", located.map { "\($0)" })
        add("type", types)
        add("geometryType", geometryKinds.map(\.rawValue))
        add("insideArea", insideArea.map { "\($0)" })
        add("minVotes", minimumVotes.map { "\($0)" })
        for place in places { add(place.term.name, place.term.value) }
        add("filter", expression.map(CQL2.text))
        return terms
    }

    /// Whether it says which categories are meant.
    var choosesCategories: Bool { !categories.isEmpty || expression?.asksFor(.category) == true }

    fileprivate static func numbers(_ values: [Double]) -> String {
        values.map(AnalysisParameter.text).joined(separator: ",")
    }
}

extension FilterExpression {
    /// Whether a condition is about a property.
    fileprivate func asksFor(_ property: Property) -> Bool {
        switch self {
        case .all(let parts), .any(let parts): parts.contains { $0.asksFor(property) }
        case .not(let part): part.asksFor(property)
        case .compare(let other, _, _), .between(let other, _, _), .isOneOf(let other, _), .like(let other, _),
            .isNull(let other):
            other == property
        case .constant, .hasOneKeyword, .hasKeywords, .isUnlocated, .intersects, .isAmong: false
        }
    }
}

extension PlaceCondition {
    fileprivate var term: FilterTerm {
        let target: String =
            switch self.target {
            case .position(let position): ContributionFilter.numbers([position.x, position.y])
            case .shape(let shape): WKT.format(shape)
            case .layer(let name, let ordinal): name + (ordinal.map { "/\($0)" } ?? "")
            }
        switch relation {
        case .within: return FilterTerm(name: "within", value: target)
        // A box in another system is looked for as the shape that it is in degrees.
        case .crossing: return FilterTerm(name: isShape ? "bbox" : "crossing", value: target)
        case .near(let metres):
            return FilterTerm(name: "near", value: "\(target),\(AnalysisParameter.text(metres))")
        }
    }

    private var isShape: Bool {
        if case .shape = target { true } else { false }
    }
}

extension [FilterTerm] {
    /// The conditions as JSON, in their order.
    var json: JSONValue {
        .array(map { .object([.init("name", .string($0.name)), .init("value", .string($0.value))]) })
    }

    /// The conditions in one line.
    public var line: String { map(\.text).joined(separator: ", ") }
}
