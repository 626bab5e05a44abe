import Analysis
import GeoCore
import PROJCoordinates
import Participation

/// How places are hidden in an export that is to be published.
public enum PlaceMasking: String, Sendable, Hashable, CaseIterable {
    /// Each place is moved by 30 to 150 m, all places at these distances equally likely; lines and areas become points.
    case donut
}

/// Places moved so that they tell no home.
///
/// How far a contribution is moved follows from its number and a secret of the tenant: every export moves it alike, so that
/// many of them tell no more than one. The distances are fixed for the same reason. Source: Hampton et al. 2010, Am. J.
/// Epidemiol. 172, doi:10.1093/aje/kwq248.
struct PlaceMask: Sendable {
    private let key: [UInt8]
    private let proceeding: Int64
    private let transform: CoordinateTransform
    private let area: StudyArea?
    private let donut: DonutMask
    /// Draws after which a place that no step leaves inside the area is moved out of it.
    private static let tries = 200

    /// - Throws: ``PlatformError`` and `PROJError` for a CRS that is not there or not in metres.
    init(_ proceeding: Proceeding, crs: String, key: [UInt8]) throws {
        let plane = try ProceedingPlane(of: proceeding, crs: crs)
        (self.key, self.proceeding) = (key, proceeding.key)
        (transform, area, donut) = (plane.anywhere, plane.area, try DonutMask())
    }

    /// The masked point of a contribution; `nil` where there is no place, or none that can be moved.
    func masked(_ geometry: Geometry, of contribution: Int64) throws -> Geometry? {
        let place: Position? =
            if case .point(let position) = geometry { position } else { geometry.boundingBox?.center }
        guard let place, case .point(let start) = try transform.metric(.point(place)).shape else { return nil }
        var random = KeyedRandom(key: key, about: "mask|\(proceeding)|\(contribution)")
        var moved = start
        for _ in 0..<Self.tries {
            let (radial, angular) = (Double.random(in: 0..<1, using: &random), Double.random(in: 0..<1, using: &random))
            moved = donut.masked(start, radial: radial, angular: angular)
            guard let area, !area.contains(x: moved.x, y: moved.y) else { break }
        }
        return try transform.degrees(MetricGeometry(metres: .point(moved)))
    }
}
