import GeoCore

/// Recognises coordinates in metres where degrees were expected, by the ranges of the systems in use in Germany.
///
/// The ranges are those of the systems' areas of use and some way beyond; where they overlap, all that fit are told.
/// Source: EPSG registry, areas of use.
enum ProjectedCoordinates {
    private static let systems: [(name: String, eastings: ClosedRange<Double>)] = [
        ("EPSG:25832", 250_000...930_000), ("EPSG:25833", 200_000...560_000),
        ("EPSG:4647", 32_250_000...32_930_000), ("EPSG:5650", 33_200_000...33_560_000),
        ("EPSG:31466", 2_400_000...2_700_000), ("EPSG:31467", 3_250_000...3_950_000),
        ("EPSG:31468", 4_200_000...4_750_000), ("EPSG:31469", 5_200_000...5_650_000),
    ]
    /// Of all of them, metres north of the equator.
    private static let northings = 5_200_000.0...6_150_000
    private static let webMercator = (eastings: 640_000.0...1_690_000, northings: 5_950_000.0...7_400_000)

    /// What to say of a geometry that looks as if it were in metres; `nil` where it does not.
    static func fault(_ geometry: Geometry) -> String? {
        guard let box = geometry.boundingBox, abs(box.minX) > 180 || abs(box.minY) > 90 else { return nil }
        let place = "[\(AnalysisParameter.text(box.minX)), \(AnalysisParameter.text(box.minY))]"
        let found = names(box.minX, box.minY)
        if !found.isEmpty {
            return "\(place) are metres of \(found.joined(separator: " or ")) and no degrees; say which with "
                + "crs=\(found[0])"
        }
        let swapped = names(box.minY, box.minX)
        if !swapped.isEmpty {
            return
                "\(place) are metres of \(swapped.joined(separator: " or ")) with the northing first and no degrees; "
                + "put the easting first, and say which with crs=\(swapped[0])"
        }
        return nil
    }

    private static func names(_ easting: Double, _ northing: Double) -> [String] {
        var found =
            northings.contains(northing)
            ? systems.filter { $0.eastings.contains(easting) }.map(\.name) : []
        if webMercator.eastings.contains(easting), webMercator.northings.contains(northing) {
            found.append("EPSG:3857")
        }
        return found
    }
}
