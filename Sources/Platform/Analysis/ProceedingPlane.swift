import Analysis
import GEOSGeometry
import GeoCore
import PROJCoordinates
import Participation
import Storage

/// The plane and the study area that the contributions of a proceeding are placed in.
final class ProceedingPlane: Sendable {
    let crs: CoordinateReferenceSystem
    /// From longitude and latitude to the plane, best for the proceeding's area.
    let transform: CoordinateTransform
    /// From longitude and latitude to the plane, wherever shapes lie.
    let anywhere: CoordinateTransform
    /// The proceeding's own area; `nil` where it has none.
    let area: StudyArea?
    /// Name of the CRS as it was asked for.
    let name: String
    private let outline: Geometry?

    /// Settles the plane by the name of its CRS.
    ///
    /// - Throws: ``PlatformError`` for a CRS that is not in metres, `PROJError`, `GEOSError`.
    init(of proceeding: Proceeding, crs name: String) throws {
        self.name = name
        outline = proceeding.area
        crs = try MetricCRS.resolve(name, covering: proceeding.area?.boundingBox)
        transform = try CoordinateTransform(from: .wgs84, to: crs, area: proceeding.area?.boundingBox)
        anywhere = try CoordinateTransform(from: .wgs84, to: crs)
        area = try proceeding.area.flatMap { [transform] in try StudyArea(area: transform.metric($0)) }
    }

    /// Bytes in memory, about.
    var size: Int { area?.known.size ?? 0 }

    /// Whether it is a plane of a proceeding as that is now.
    func fits(_ proceeding: Proceeding) -> Bool { outline == proceeding.area }
}
