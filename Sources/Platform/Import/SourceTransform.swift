import Formats
import GeoCore
import PROJCoordinates

/// Brings the geometries of a source to longitude/latitude.
struct SourceTransform: Sendable {
    let crs: CoordinateReferenceSystem
    let transform: CoordinateTransform

    /// Uses the CRS that was given, else the source's own.
    ///
    /// - Throws: ``PlatformError`` `unsupported` when neither is known.
    init(given: String?, source: SourceDescription, area: BoundingBox?) throws {
        guard let text = given ?? source.crs else {
            throw PlatformError(
                .unsupported, "the source does not say its coordinate reference system",
                hint: "give it, for example crs=EPSG:25832")
        }
        do {
            crs = try CoordinateReferenceSystem(text)
            transform = try CoordinateTransform(from: crs, to: .wgs84, area: area)
        } catch {
            throw PlatformError(.unsupported, error.description)
        }
    }

    /// Transforms a batch in place; features that cannot be transformed, or land outside the world, are told by index.
    func apply(to batch: inout FeatureBatch) -> [Int: String] {
        var (x, y): ([Double], [Double]) = ([], [])
        for geometry in batch.geometries {
            geometry?.forEachPosition {
                x.append($0.x)
                y.append($0.y)
            }
        }
        transform.forwardLeavingGaps(&x, &y)
        var row = 0
        var faults: [Int: String] = [:]
        for index in batch.geometries.indices {
            guard let geometry = batch.geometries[index] else { continue }
            var fault: String?
            let moved = geometry.mapPositions { position in
                let moved = Position(x[row], y[row], position.z)
                row += 1
                if !moved.isFinite || abs(moved.x) > 180.000001 || abs(moved.y) > 90.000001 {
                    fault =
                        "[\(position.x), \(position.y)] is no place on earth in \(crs.label)"
                        + (crs.isLongitudeLatitude && abs(position.y) > 90 && abs(position.x) <= 90
                            ? "; longitude and latitude look swapped" : "")
                }
                return moved
            }
            batch.geometries[index] = moved
            if let fault { faults[index] = fault }
        }
        return faults
    }
}
