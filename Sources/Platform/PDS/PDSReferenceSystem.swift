import Formats
import GeoCore
import PROJCoordinates

/// The system in which a project says its places are, where that is another one than degrees.
struct PDSReferenceSystem: Sendable {
    /// Its code.
    let label: String
    private let transform: CoordinateTransform

    /// Finds the system of a name such as `25832`; `nil` for degrees.
    ///
    /// - Throws: `PROJError` for a system that is not known.
    init?(_ name: String) throws(PROJError) {
        let crs = try CoordinateReferenceSystem(name)
        guard !crs.isLongitudeLatitude else { return nil }
        label = crs.label
        transform = try CoordinateTransform(from: crs, to: .wgs84)
    }

    /// A geometry in degrees.
    ///
    /// What lies within degrees stays as it is: servers name a system and send what GeoJSON demands. Nothing where there
    /// is no place, which they write as 0, 0.
    ///
    /// - Throws: `PROJError`, also for what is no place on earth.
    func degrees(_ geometry: Geometry) throws(PROJError) -> Geometry? {
        guard let box = geometry.boundingBox, geometry != .point(Position(0, 0)) else { return nil }
        guard box.maxX > 180 || box.minX < -180 || box.maxY > 90 || box.minY < -90 else { return geometry }
        return try transform.forward(geometry)
    }
}

extension SourceDescription {
    /// Whether the source names no system of its own: GeoJSON that names none is in degrees by its standard.
    var namesNoSystem: Bool { crs == nil || crs == "OGC:CRS84" }
}
