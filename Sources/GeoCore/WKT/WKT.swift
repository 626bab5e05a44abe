/// Well-known text as OGC 06-103r4, section 7, defines it: Z, M and ZM, `EMPTY`, M dropped.
public enum WKT {
    /// Levels of collections.
    static let maximumDepth = 8

    /// The geometry as text, ordinates with all their digits.
    public static func format(_ geometry: Geometry) -> String {
        var text = ""
        append(geometry, to: &text)
        return text
    }

    private static func append(_ geometry: Geometry, to text: inout String) {
        if case .geometryCollection(let members) = geometry {
            text += "GEOMETRYCOLLECTION "
            list(members, to: &text) { append($0, to: &$1) }
            return
        }
        var hasZ = !geometry.isEmpty
        geometry.forEachPosition { if $0.z == nil { hasZ = false } }
        let dimension = hasZ ? " Z " : " "
        let position: (Position, inout String) -> Void = { position, text in
            text += "\(number(position.x)) \(number(position.y))"
            if hasZ { text += " \(number(position.z ?? 0))" }
        }
        switch geometry {
        case .point(let point):
            text += "POINT\(dimension)("
            position(point, &text)
            text += ")"
        case .lineString(let line):
            text += "LINESTRING\(dimension)"
            list(line, to: &text, position)
        case .multiPoint(let points):
            text += "MULTIPOINT\(dimension)"
            list(points, to: &text) { point, text in
                text += "("
                position(point, &text)
                text += ")"
            }
        case .polygon(let rings):
            text += "POLYGON\(dimension)"
            list(rings, to: &text) { list($0, to: &$1, position) }
        case .multiLineString(let lines):
            text += "MULTILINESTRING\(dimension)"
            list(lines, to: &text) { list($0, to: &$1, position) }
        case .multiPolygon(let polygons):
            text += "MULTIPOLYGON\(dimension)"
            list(polygons, to: &text) { list($0, to: &$1) { list($0, to: &$1, position) } }
        case .geometryCollection: break
        }
    }

    private static func list<Element>(
        _ elements: [Element], to text: inout String, _ body: (Element, inout String) -> Void
    ) {
        guard !elements.isEmpty else {
            text += "EMPTY"
            return
        }
        text += "("
        for (index, element) in elements.enumerated() {
            if index > 0 { text += ", " }
            body(element, &text)
        }
        text += ")"
    }

    private static func number(_ value: Double) -> String {
        let text = value.description
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }
}

/// Why a text is no well-known text that can be read, and where.
public struct WKTError: Error, Sendable, Hashable, CustomStringConvertible {
    /// A stable word, such as `unsupportedType`.
    public var code: String
    /// Bytes of UTF-8 before the fault.
    public var offset: Int
    /// What is wrong, for people.
    public var message: String

    /// The message with its place.
    public var description: String { "\(message) (byte \(offset))" }
}
