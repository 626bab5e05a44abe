import Analysis
import GEOSGeometry
import GeoCore
import PROJCoordinates
import Participation
import Storage

/// How places are hidden in an export that is to be published.
public enum PlaceMasking: String, Sendable, Hashable, CaseIterable {
    /// Each place is moved by 30 to 150 m, all places at these distances equally likely; lines and areas become points.
    case donut
}

/// What a mask is held to beside its distances.
///
/// Moved under other bounds a place is moved otherwise, which tells a little more: so they are for those who may read
/// unpublished aggregates, and one choice of them for what is published.
public struct MaskBounds: Sendable, Hashable {
    /// Slug of a layer of areas: a place that lies in one of them stays in it.
    public var zone: String?
    /// Slug of a layer of addresses, or of units with inhabitants: a place is moved as far as 5 to 50 of them reach.
    public var population: String?

    /// Makes bounds; none unless said otherwise.
    public init(zone: String? = nil, population: String? = nil) { (self.zone, self.population) = (zone, population) }
}

/// Places moved so that they tell no home.
///
/// How far a contribution is moved follows from its number, the bounds and a secret of the tenant: every export moves it
/// alike, so that many of them tell no more than one. The distances are fixed for the same reason.
/// Source: Hampton et al. 2010, Am. J. Epidemiol. 172, doi:10.1093/aje/kwq248.
struct PlaceMask: Sendable {
    private let key: [UInt8]
    private let proceeding: Int64
    private let transform: CoordinateTransform
    private let area: StudyArea?
    private let donut: DonutMask
    private let name: String
    private let zones: PolygonIndex?
    private let reach: MaskReach?
    /// What the place is hidden among where no layer says.
    private let others: (near: PointsNear, numbers: [Int64])
    /// Draws after which a place that no step leaves inside the area is moved out of it.
    private static let tries = 200

    /// Makes a mask on the plane of contributions.
    ///
    /// - Parameters:
    ///   - all: among what places are hidden, where no layer says.
    ///   - name: of the bounds, with the versions of their layers; empty where there are none.
    ///   - zones: areas that a place stays in, in longitude and latitude.
    init(
        _ proceeding: Proceeding, key: [UInt8], among all: PlacedContributions, name: String, zones: [Geometry],
        reach: MaskReach?
    ) throws {
        let plane = all.plane
        (self.key, self.proceeding, self.name, self.reach) = (key, proceeding.key, name, reach)
        (transform, area, donut) = (plane.anywhere, plane.area, try DonutMask())
        self.zones = try zones.isEmpty ? nil : PolygonIndex(zones.map { try plane.anywhere.metric($0).shape })
        others = (try PointsNear(all.placed.points), all.placed.rows.map { all.columns.id[$0] })
    }

    /// What places are hidden among.
    var crowd: MaskReport.Crowd { reach?.crowd ?? .contributions }

    /// The masked point of a contribution; `nil` where there is no place, or none that can be moved.
    ///
    /// - Parameter tally: told how well it is hidden.
    func masked(_ geometry: Geometry, of contribution: Int64, _ tally: MaskTally) throws -> Geometry? {
        let place: Position? =
            if case .point(let position) = geometry { position } else { geometry.boundingBox?.center }
        guard let place, case .point(let start) = try transform.metric(.point(place)).shape else { return nil }
        var random = KeyedRandom(key: key, about: "mask|\(proceeding)|\(contribution)\(name)")
        let donut = try reach?.donut(around: start) ?? donut
        let zone = zones?.firstPolygon(containing: start.x, start.y)
        var moved = start
        var isBound = false
        for _ in 0..<Self.tries where !isBound {
            let (radial, angular) = (Double.random(in: 0..<1, using: &random), Double.random(in: 0..<1, using: &random))
            moved = donut.masked(start, radial: radial, angular: angular)
            isBound =
                (area?.contains(x: moved.x, y: moved.y) ?? true)
                && (zone == nil || zones?.firstPolygon(containing: moved.x, moved.y) == zone)
        }
        tally.add(try hidden(start, moved, contribution), isOutside: !isBound)
        return try transform.degrees(MetricGeometry(metres: .point(moved)))
    }

    /// How many of the crowd lie nearer to the moved place than the true one.
    private func hidden(_ place: Position, _ moved: Position, _ contribution: Int64) throws -> Int {
        let (dx, dy) = (moved.x - place.x, moved.y - place.y)
        let distance = (dx * dx + dy * dy).squareRoot()
        if let reach { return try reach.count(within: distance, of: moved) }
        let rows = try others.near.rows(within: distance, of: .point(moved))
        return rows.count { others.numbers[$0] != contribution }
    }
}
