import GEOSGeometry
import GeoCore
import PROJCoordinates
import Storage

/// The lines and areas among contributions, asked for those that meet or come near a feature.
struct ExtendedShapes {
    /// Most pairs of shape and feature whose boxes are compared, less than a second's work.
    private static let pairLimit = 200_000_000

    private var shapes: [(row: Int, geometry: Geometry, box: BoundingBox)] = []

    /// None.
    init() {}

    /// Brings shapes in longitude/latitude to the plane; those that have no place on it are left out.
    ///
    /// - Parameter shapes: by the numbers of their contributions.
    /// - Throws: ``PlatformError`` `invalidInput` for more shapes than can be compared with so many features.
    init(
        _ shapes: [Int64: Geometry], of columns: ContributionColumns, features: Int, _ transform: CoordinateTransform
    ) throws {
        guard shapes.count * max(1, features) <= Self.pairLimit else {
            throw PlatformError(
                .invalidInput, "\(shapes.count) lines and areas are too many to be compared with \(features) features",
                hint: "shapes=false counts each where its point lies")
        }
        for (row, id) in columns.id.enumerated() {
            guard let shape = shapes[id], let placed = try? transform.metric(shape).shape, let box = placed.boundingBox
            else { continue }
            self.shapes.append((row, placed, box))
        }
    }

    /// Rows of the shapes at most `distance` metres from a feature, rising; at 0 those that touch or cross it.
    ///
    /// - Complexity: a comparison of boxes for each shape, and GEOS for those whose boxes are near.
    func rows(within distance: Double, of feature: Geometry) throws -> [Int] {
        guard let around = feature.boundingBox?.expanded(by: distance) else { return [] }
        let candidates = shapes.filter { $0.box.intersects(around) }
        guard !candidates.isEmpty else { return [] }
        try Task.checkCancellation()
        let target = try PreparedGeometry(feature)
        return try candidates.filter {
            distance > 0 ? try target.isWithin(distance, of: $0.geometry) : try target.intersects($0.geometry)
        }.map(\.row)
    }
}
