import GeoCore
import Participation

/// How PDS writes instants and geometries.
enum PDSText {
    /// An instant to the second, such as `2020-04-05T12:28:17Z`.
    static func instant(_ milliseconds: Int64) -> String {
        let rest = milliseconds % 1000
        return Timestamp.rfc3339(milliseconds - (rest < 0 ? rest + 1000 : rest))
    }

    /// Appends a geometry with all digits: what came in goes out the same, to the last bit.
    static func append(_ geometry: Geometry, to out: inout [UInt8]) {
        value(geometry).append(to: &out)
    }

    private static func value(_ geometry: Geometry) -> JSONValue {
        func position(_ position: Position) -> JSONValue {
            .array([.number(position.x), .number(position.y)] + (position.z.map { [.number($0)] } ?? []))
        }
        func line(_ line: [Position]) -> JSONValue { .array(line.map(position)) }
        func lines(_ lines: [[Position]]) -> JSONValue { .array(lines.map(line)) }
        let content: JSONValue.Member =
            switch geometry {
            case .point(let point): .init("coordinates", position(point))
            case .lineString(let points), .multiPoint(let points): .init("coordinates", line(points))
            case .polygon(let rings), .multiLineString(let rings): .init("coordinates", lines(rings))
            case .multiPolygon(let polygons): .init("coordinates", .array(polygons.map(lines)))
            case .geometryCollection(let members): .init("geometries", .array(members.map(value)))
            }
        return .object([.init("type", .string(geometry.kind.rawValue)), content])
    }
}
