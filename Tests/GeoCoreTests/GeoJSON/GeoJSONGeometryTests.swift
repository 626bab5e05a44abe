import GeoCore
import Testing

/// Geometries with every type, nested up to a collection.
enum GeometrySamples {
    static func random(_ generator: inout SplitMix, depth: Int = 0) -> Geometry {
        let hasZ = Bool.random(using: &generator)
        func position(_ generator: inout SplitMix) -> Position {
            let x = Double(Int.random(in: -1_800_000_000...1_800_000_000, using: &generator)) / 1e7
            let y = Double(Int.random(in: -900_000_000...900_000_000, using: &generator)) / 1e7
            return Position(x, y, hasZ ? Double(Int.random(in: -50...50, using: &generator)) : nil)
        }
        func line(_ generator: inout SplitMix) -> [Position] {
            (0..<Int.random(in: 1...5, using: &generator)).map { _ in position(&generator) }
        }
        func lines(_ generator: inout SplitMix) -> [[Position]] {
            (0..<Int.random(in: 1...3, using: &generator)).map { _ in line(&generator) }
        }
        switch Int.random(in: 0..<(depth < 2 ? 7 : 6), using: &generator) {
        case 0: return .point(position(&generator))
        case 1: return .lineString(line(&generator))
        case 2: return .polygon(lines(&generator))
        case 3: return .multiPoint(line(&generator))
        case 4: return .multiLineString(lines(&generator))
        case 5: return .multiPolygon([lines(&generator), lines(&generator)])
        default: return .geometryCollection([random(&generator, depth: 9), .lineString([])])
        }
    }
}

@Suite struct GeoJSONGeometryTests {
    @Test func writesWhatItReads() throws {
        var generator = SplitMix(seed: 3)
        for _ in 0..<500 {
            let geometry = GeometrySamples.random(&generator)
            var out: [UInt8] = []
            GeoJSONGeometry.append(geometry, to: &out)
            #expect(try GeoJSONGeometry.parse(out) == geometry)
        }
    }

    @Test func refusesOtherJSON() {
        for text in ["[]", "{}", #"{"type":"Feature"}"#, #"{"type":"Point","coordinates":{}}"#, "{", "7"] {
            #expect(throws: (any Error).self) { try GeoJSONGeometry.parse(Array(text.utf8)) }
        }
        let nested =
            String(repeating: #"{"type":"GeometryCollection","geometries":["#, count: 12)
            + String(repeating: "]}", count: 12)
        #expect(throws: GeoJSONError.self) { try GeoJSONGeometry.parse(Array(nested.utf8)) }
    }
}
