import Foundation
import GeoCore
import PROJCoordinates
import Platform

/// A hotspot that was planted in the sample city.
struct PlantedHotspot {
    let name: String
    let category: String
    /// In metres.
    let center: Position

    private struct File: Decodable {
        struct Hotspot: Decodable {
            var name: String
            var category: String
            var centre: [Double]
        }
        var hotspots: [Hotspot]
    }

    /// All that were planted.
    static func all() throws -> [PlantedHotspot] {
        let file = try JSONDecoder().decode(
            File.self, from: Data(contentsOf: TestCity.geodata.appendingPathComponent("expected.json")))
        let transform = try CoordinateTransform(from: .wgs84, to: CoordinateReferenceSystem("EPSG:25832"))
        return try file.hotspots.map { hotspot in
            var (x, y) = ([hotspot.centre[0]], [hotspot.centre[1]])
            try transform.forward(&x, &y)
            return PlantedHotspot(name: hotspot.name, category: hotspot.category, center: Position(x[0], y[0]))
        }
    }
}

extension AnalysisFeature {
    /// What is told of a shape under a name.
    func told(_ name: String) -> JSONValue? { properties.first { $0.name == name }?.value }

    /// From the middle of the shape, in metres.
    func distance(to position: Position) -> Double {
        guard let center = shape.shape.boundingBox?.center else { return .infinity }
        return ((center.x - position.x) * (center.x - position.x) + (center.y - position.y) * (center.y - position.y))
            .squareRoot()
    }
}
