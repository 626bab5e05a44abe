import Foundation
import GEOSGeometry
import GeoCore
import TestSupport
import Testing

struct ValidityTests {
    struct Verdicts: Decodable { let broken: [String: Verdict] }
    struct Verdict: Decodable {
        let shapely_parses: Bool
        let valid: Bool?
        let reason: String?
        let made_valid_area_m2_25832: Double?
    }

    /// The geometries by name; `nil` for those that are no GeoJSON geometry.
    private static func samples() throws -> [String: Geometry?] {
        let bytes = [UInt8](
            try Data(contentsOf: SharedMaterial.geodata("derived/broken/broken_geometries.geojson")))
        var samples: [String: Geometry?] = [:]
        for feature in try JSONValue.parse(bytes, limits: .importing)["features"]?.array ?? [] {
            guard let name = feature["id"]?.string, let value = feature["geometry"] else { continue }
            samples.updateValue(try? GeoJSONGeometry.parse(value), forKey: name)
        }
        return samples
    }

    private static func verdicts() throws -> [String: Verdict] {
        let bytes = try Data(contentsOf: SharedMaterial.geodata("derived/expected_dev.json"))
        return try JSONDecoder().decode(Verdicts.self, from: bytes).broken
    }

    @Test(.enabled(if: SharedMaterial.isPresent, "needs the broken geometries"))
    func verdictsOfBrokenGeometriesEqualTheReference() throws {
        let (samples, verdicts) = (try Self.samples(), try Self.verdicts())
        #expect(samples.count == verdicts.count && samples.count > 35)
        for (name, verdict) in verdicts {
            let shape = try #require(samples[name], "\(name) is missing")
            guard let shape else {
                // Strings are no numbers for us, and a position needs two of them.
                #expect(!verdict.shapely_parses || ["point_string_numbers", "point_empty"].contains(name), "\(name)")
                continue
            }
            switch try shape.validity() {
            case .valid: #expect(verdict.valid == true, "\(name)")
            case .invalid(let reason, _):
                if name == "unclosed_ring" {
                    // The reference closes rings silently.
                    #expect(reason == "Ring is not closed")
                } else {
                    #expect(verdict.valid != true, "\(name)")
                    #expect(verdict.reason == nil || verdict.reason == reason, "\(name)")
                }
            }
        }
    }

    /// Areas in squares; the structure method gives what the parts mean, where the reference follows lines.
    private static let structureAreas = [
        "hole_equals_shell": 0, "nested_holes": 0.64, "overlapping_holes": 0.72,
        "multipolygon_overlapping": 1.75,
    ]

    @Test(.enabled(if: SharedMaterial.isPresent, "needs the broken geometries"))
    func repairedGeometriesAreValidAndAsLargeAsMeant() throws {
        let (samples, verdicts) = (try Self.samples(), try Self.verdicts())
        let square = try #require(verdicts["valid_square"]?.made_valid_area_m2_25832)
        var checked = 0
        for (name, verdict) in verdicts {
            guard let area = verdict.made_valid_area_m2_25832, let shape = samples[name] ?? nil else { continue }
            if name == "ring_of_three_positions" { continue }
            let repaired = try shape.madeValid()
            #expect(try repaired.validity() == .valid, "\(name)")
            let squares = try MetricGeometry(metres: repaired).area() / 1e-4
            #expect(abs(squares - (Self.structureAreas[name] ?? area / square)) < 2e-3, "\(name) \(squares)")
            checked += 1
        }
        #expect(checked >= 15)
    }

    @Test func tellsReasonAndPlace() throws {
        let bowtie = Geometry.polygon([
            [Position(0, 0), Position(2, 2), Position(2, 0), Position(0, 2), Position(0, 0)]
        ])
        #expect(try bowtie.validity() == .invalid(reason: "Self-intersection", at: Position(1, 1)))
        let open = Geometry.multiPolygon([[[Position(0, 0), Position(2, 0), Position(2, 2)]]])
        #expect(try open.validity() == .invalid(reason: "Ring is not closed", at: Position(2, 2)))
        let single = Geometry.multiLineString([[Position(0, 0), Position(1, 1)], [Position(3, 4)]])
        #expect(
            try single.validity() == .invalid(reason: "Too few points in geometry component", at: Position(3, 4)))
        for wrong in [Double.nan, .infinity, -.infinity] {
            #expect(
                try Geometry.geometryCollection([.point(Position(0, wrong))]).validity()
                    == .invalid(reason: "Invalid Coordinate", at: nil))
        }
    }

    @Test func emptyGeometriesAreValid() throws {
        let shapes: [Geometry] = [
            .lineString([]), .polygon([]), .multiPoint([]), .multiLineString([]), .multiPolygon([]),
            .geometryCollection([]), .polygon([[]]),
        ]
        for shape in shapes { #expect(try shape.validity() == .valid) }
    }

    @Test func largeGeometriesAreNotRepaired() throws {
        let ring = (0..<400).map { Position(Double($0 % 20), Double($0 / 20)) }
        let shape = Geometry.polygon([ring + [ring[0]]])
        #expect { try shape.madeValid() } throws: { ($0 as? GEOSError)?.code == .tooComplex }
        let small = Geometry.geometryCollection([.polygon([[Position(0, 0), Position(2, 0), Position(2, 2)]])])
        #expect(try small.madeValid(vertexLimit: 3).validity() == .valid)
        #expect(throws: GEOSError.self) { try small.madeValid(vertexLimit: 2) }
    }

    @Test func deepNestingIsRefused() {
        var shape = Geometry.point(Position(0, 0))
        for _ in 0..<20 { shape = .geometryCollection([.lineString([Position(0, 0), Position(1, 1)]), shape]) }
        #expect { try shape.validity() } throws: { ($0 as? GEOSError)?.code == .tooComplex }
    }
}
