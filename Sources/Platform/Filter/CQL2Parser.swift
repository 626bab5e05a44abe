import GeoCore
import Participation
public import Storage

/// The text form of the Common Query Language (OGC 21-065r2), as far as it is asked here: comparisons, `AND`, `OR`,
/// `NOT`, `IN`, `LIKE`, `BETWEEN`, `IS NULL`, `S_INTERSECTS`, and `A_CONTAINS` and `A_OVERLAPS` of keywords.
public enum CQL2 {
    /// Most bytes of a condition.
    public static let longest = 4_000
    /// Most brackets and negations inside one another.
    public static let deepest = 20
    /// Most comparisons, and values of lists, together.
    public static let mostParts = 200
    /// Most patterns and keywords, each of which reads the whole text of every contribution.
    public static let mostPatterns = 10
    /// Most geometries, each of which every contribution is held against.
    public static let mostGeometries = 3

    /// Reads a condition.
    ///
    /// - Throws: ``CQL2Fault`` with the place of the first fault, which names what may stand there.
    /// - Complexity: linear in the text.
    public static func parse(_ text: String) throws(CQL2Fault) -> FilterExpression {
        guard text.utf8.count <= longest else {
            throw CQL2Fault(message: "the condition has more than \(longest) bytes", offset: 0)
        }
        var parser = try CQL2Parser(text)
        let expression = try parser.disjunction(depth: 1)
        try parser.end()
        return expression
    }
}

/// Reads conditions by recursive descent.
struct CQL2Parser {
    private var scanner: CQL2Scanner
    private(set) var token = CQL2Token.end
    private var parts = 0
    private var geometries = 0
    private var patterns = 0

    init(_ text: String) throws(CQL2Fault) {
        scanner = CQL2Scanner(text)
        try advance()
    }

    mutating func disjunction(depth: Int) throws(CQL2Fault) -> FilterExpression {
        guard depth <= CQL2.deepest else { throw fault("conditions stand inside one another too deeply") }
        var members = [try conjunction(depth: depth)]
        while try take(word: "OR") { members.append(try conjunction(depth: depth)) }
        return members.count == 1 ? members[0] : .any(members)
    }

    mutating func end() throws(CQL2Fault) {
        guard token == .end else { throw fault("AND, OR or the end is wanted here") }
    }

    private mutating func conjunction(depth: Int) throws(CQL2Fault) -> FilterExpression {
        var members = [try factor(depth: depth)]
        while try take(word: "AND") { members.append(try factor(depth: depth)) }
        return members.count == 1 ? members[0] : .all(members)
    }

    private mutating func factor(depth: Int) throws(CQL2Fault) -> FilterExpression {
        guard depth <= CQL2.deepest else { throw fault("conditions stand inside one another too deeply") }
        if try take(word: "NOT") { return .not(try factor(depth: depth + 1)) }
        if try take(sign: "(") {
            let inner = try disjunction(depth: depth + 1)
            try require(sign: ")")
            return inner
        }
        try count()
        if try take(word: "S_INTERSECTS") { return try intersects() }
        if try take(word: "A_CONTAINS") { return .hasKeywords(try keywords()) }
        if try take(word: "A_OVERLAPS") { return .hasOneKeyword(try keywords()) }
        if try take(word: "TRUE") { return .constant(true) }
        if try take(word: "FALSE") { return .constant(false) }
        return try predicate()
    }

    private mutating func predicate() throws(CQL2Fault) -> FilterExpression {
        guard case .word(let name, _) = token else { return try turned() }
        if name == "geometry" {
            try advance()
            try require(word: "IS")
            let isDenied = try take(word: "NOT")
            try require(word: "NULL")
            return isDenied ? .not(.isUnlocated) : .isUnlocated
        }
        if Self.isLiteral(name) { return try turned() }
        let property = try property()
        if let comparison = try comparison() {
            return .compare(property, try property.requiring(comparison, self), try value(of: property))
        }
        if try take(word: "IS") {
            let isDenied = try take(word: "NOT")
            try require(word: "NULL")
            return isDenied ? .not(.isNull(property)) : .isNull(property)
        }
        let isDenied = try take(word: "NOT")
        let inner = try tail(of: property)
        return isDenied ? .not(inner) : inner
    }

    /// What follows a property that is neither compared nor asked for being there.
    private mutating func tail(of property: FilterExpression.Property) throws(CQL2Fault) -> FilterExpression {
        if try take(word: "BETWEEN") {
            _ = try property.requiring(.less, self)
            let low = try value(of: property)
            try require(word: "AND")
            return .between(property, low, try value(of: property))
        }
        if try take(word: "IN") {
            try require(sign: "(")
            var values = [try value(of: property)]
            while try take(sign: ",") {
                try count()
                values.append(try value(of: property))
            }
            try require(sign: ")")
            return .isOneOf(property, values)
        }
        if try take(word: "LIKE") {
            guard property.kind == .text else { throw fault("LIKE is for texts; \(property.rawValue) is none") }
            guard case .text(let pattern) = token else { throw fault("a text such as 'Rad%' is wanted here") }
            guard pattern.count(where: { $0 == "%" }) <= 10 else { throw fault("a pattern has at most ten %") }
            try countPattern()
            try advance()
            return .like(property, pattern)
        }
        throw fault("=, <>, <, <=, >, >=, IN, LIKE, BETWEEN or IS NULL is wanted here")
    }

    /// A value before the property, as in `10 < votesUp`.
    private mutating func turned() throws(CQL2Fault) -> FilterExpression {
        var ahead = self
        // The kind of the value is known once the property is.
        try ahead.skipValue()
        guard let comparison = try ahead.comparison() else { throw ahead.fault("a comparison is wanted here") }
        let property = try ahead.property()
        let value = try value(of: property)
        let turned = try property.requiring(comparison.turned, self)
        self.token = ahead.token
        self.scanner = ahead.scanner
        return .compare(property, turned, value)
    }

    private mutating func skipValue() throws(CQL2Fault) {
        if case .word(let name, _) = token {
            guard Self.isLiteral(name) else { throw fault("a property is wanted here: \(Self.names)") }
            try advance()
            try require(sign: "(")
            try advance()
            return try require(sign: ")")
        }
        switch token {
        case .number, .text: try advance()
        default: throw fault("a property is wanted here: \(Self.names)")
        }
    }

    private mutating func intersects() throws(CQL2Fault) -> FilterExpression {
        try require(sign: "(")
        let shape: Geometry
        if case .geometry(let first) = token {
            shape = first
            try advance()
            try require(sign: ",")
            try require(word: "geometry")
        } else {
            try require(word: "geometry")
            try require(sign: ",")
            guard case .geometry(let second) = token else {
                throw fault("a geometry is wanted here, such as BBOX(9.9, 53.5, 10, 53.6) or POLYGON((…))")
            }
            shape = second
            try advance()
        }
        geometries += 1
        guard geometries <= CQL2.mostGeometries else {
            throw fault("a condition has at most \(CQL2.mostGeometries) geometries")
        }
        guard !shape.isEmpty, GeometryRule.imports.violations(in: shape).isEmpty else {
            throw fault("the geometry must be of longitudes and latitudes in degrees")
        }
        if let reason = GeometryCheck.fault(shape) { throw fault("the geometry is not valid: \(reason)") }
        try require(sign: ")")
        return .intersects(shape)
    }

    private mutating func property() throws(CQL2Fault) -> FilterExpression.Property {
        guard case .word(let name, _) = token, let property = FilterExpression.Property(rawValue: name) else {
            throw fault("a property is wanted here: \(Self.names)")
        }
        try advance()
        return property
    }

    private mutating func comparison() throws(CQL2Fault) -> FilterExpression.Comparison? {
        guard case .sign(let sign) = token, let found = FilterExpression.Comparison(rawValue: sign) else { return nil }
        try advance()
        return found
    }

    /// A literal of the kind of a property.
    private mutating func value(of property: FilterExpression.Property) throws(CQL2Fault) -> FilterExpression.Value {
        switch (property.kind, token) {
        case (.text, .text(let text)):
            try advance()
            return .text(text)
        case (.number, .number(let number)):
            try advance()
            return .number(number)
        case (.word, .text(let word)):
            guard let stored = property.words.first(where: { $0.name == word })?.stored else {
                throw fault(
                    "\(property.rawValue) is one of " + property.words.map { "'\($0.name)'" }.joined(separator: ", "))
            }
            try advance()
            return stored
        case (.instant, .word(let name, false)) where name.uppercased() == "TIMESTAMP":
            try advance()
            try require(sign: "(")
            guard case .text(let text) = token, text.utf8.count > 10, text.utf8.count <= 40,
                let instant = Timestamp.milliseconds(text)
            else { throw fault("an instant is wanted here, such as TIMESTAMP('2026-05-01T00:00:00Z')") }
            try advance()
            try require(sign: ")")
            return .integer(instant)
        default: throw fault("\(property.rawValue) is compared with \(property.kind.example)")
        }
    }

    private static func isLiteral(_ name: String) -> Bool { name.uppercased() == "TIMESTAMP" }

    private static var names: String { FilterExpression.Property.allCases.map(\.rawValue).joined(separator: ", ") }

    mutating func count() throws(CQL2Fault) {
        parts += 1
        guard parts <= CQL2.mostParts else { throw fault("the condition has more than \(CQL2.mostParts) parts") }
    }

    /// Counts what reads a whole text of every contribution.
    mutating func countPattern() throws(CQL2Fault) {
        patterns += 1
        guard patterns <= CQL2.mostPatterns else {
            throw fault("a condition has at most \(CQL2.mostPatterns) patterns and keywords")
        }
    }

    mutating func advance() throws(CQL2Fault) { token = try scanner.next() }

    private mutating func take(word: String) throws(CQL2Fault) -> Bool {
        guard case .word(let found, false) = token, found.uppercased() == word else { return false }
        try advance()
        return true
    }

    mutating func take(sign: String) throws(CQL2Fault) -> Bool {
        guard token == .sign(sign) else { return false }
        try advance()
        return true
    }

    mutating func require(word: String) throws(CQL2Fault) {
        // The property is told from capitals, keywords are not.
        if case .word(word, _) = token { return try advance() }
        guard try take(word: word.uppercased()), word == word.uppercased() else {
            throw fault("\(word) is wanted here")
        }
    }

    mutating func require(sign: String) throws(CQL2Fault) {
        guard try take(sign: sign) else { throw fault("\(sign) is wanted here") }
    }

    func fault(_ message: String) -> CQL2Fault { scanner.fault(message) }
}

extension FilterExpression.Comparison {
    /// The same seen from the other side.
    fileprivate var turned: FilterExpression.Comparison {
        switch self {
        case .equal, .different: self
        case .less: .greater
        case .lessOrEqual: .greaterOrEqual
        case .greater: .less
        case .greaterOrEqual: .lessOrEqual
        }
    }
}
