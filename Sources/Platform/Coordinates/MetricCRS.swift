import GeoCore
import PROJCoordinates
import Participation
import Synchronization

/// The CRS in metres in which a proceeding is analysed.
enum MetricCRS {
    /// Looks a CRS up and makes sure that its unit is the metre, and that its metres are about metres on the ground.
    ///
    /// - Parameter box: what is to be computed in, for a better proposal.
    static func resolve(_ text: String, for box: BoundingBox? = nil) throws -> CoordinateReferenceSystem {
        do {
            let crs = try CoordinateReferenceSystem(text)
            guard crs.isMetric else {
                throw PlatformError(.unsupported, "\(crs.label) is not in metres", hint: proposal(for: box))
            }
            if var scale = PlaneScale.worst(of: crs, in: box), abs(scale.factor - 1) > PlaneScale.tolerance {
                // Of the place itself, where it is bad there, too.
                if let box, let here = PlaneScale.worst(of: crs, at: box.center),
                    abs(here.factor - 1) > PlaneScale.tolerance
                {
                    scale = here
                }
                throw PlatformError(
                    .invalidInput,
                    "metricCRS \(crs.label) is no plane to measure in: a metre on the ground at latitude "
                        + "\(AnalysisParameter.text(scale.latitude.rounded(toPlaces: 1))) is "
                        + "\(AnalysisParameter.text(scale.factor.rounded(toPlaces: 2))) of its metres",
                    hint: proposal(for: box))
            }
            return crs
        } catch let error as PROJError {
            throw PlatformError(.unsupported, error.description, hint: proposal(for: box))
        }
    }

    /// Degrees beyond its area of use in which a CRS still serves, of the middle and the corners of a box.
    ///
    /// Bavaria keeps zone 32 as far as 13.84° E, maps of all Germany as far as 15.04° E.
    private static let margin = (middle: 1.9, corner: 3.1, latitude: 1.0)

    /// Looks a CRS up that covers a box in degrees, where one is given.
    ///
    /// - Throws: ``PlatformError`` `invalidInput` that names where it holds and one that would do.
    static func resolve(_ text: String, covering box: BoundingBox?) throws -> CoordinateReferenceSystem {
        let crs = try resolve(text, for: box)
        // One whose west is east of its east goes across the antimeridian, and is trusted.
        guard let box, let use = crs.areaOfUse, use.minX <= use.maxX else { return crs }
        func widened(_ longitude: Double) -> BoundingBox {
            BoundingBox(
                minX: use.minX - longitude, minY: use.minY - margin.latitude, maxX: use.maxX + longitude,
                maxY: use.maxY + margin.latitude)
        }
        let wide = widened(margin.corner)
        if widened(margin.middle).contains(x: box.center.x, y: box.center.y),
            wide.contains(x: box.minX, y: box.minY), wide.contains(x: box.maxX, y: box.maxY)
        {
            return crs
        }
        func degrees(_ value: Double) -> String { AnalysisParameter.text(value.rounded(toPlaces: 2)) }
        throw PlatformError(
            .invalidInput,
            "metricCRS \(crs.label) holds for longitudes \(degrees(use.minX)) to \(degrees(use.maxX)) and latitudes "
                + "\(degrees(use.minY)) to \(degrees(use.maxY)), and the area does not lie there",
            hint: proposal(for: box))
    }

    /// The name of the CRS that a proceeding is analysed in.
    ///
    /// Its own; else the tenant's where that is made for the middle of the area, and where it is not but lies near, the UTM
    /// zone of that middle.
    static func name(of proceeding: Proceeding, _ tenant: Tenant) -> String {
        if let own = proceeding.settings.metricCRS { return own }
        guard let box = proceeding.area?.boundingBox else { return tenant.metricCRS }
        let place = Place(crs: tenant.metricCRS, box: box)
        if let found = known.withLock({ $0[place] }) { return found }
        let found = zone(of: place) ?? tenant.metricCRS
        known.withLock { if $0.count < mostKnown { $0[place] = found } }
        return found
    }

    /// The zone of a place that a CRS is not made for but lies near; `nil` where it is, or lies far from it.
    private static func zone(of place: Place) -> String? {
        let middle = place.box.center
        guard let use = (try? CoordinateReferenceSystem(place.crs))?.areaOfUse, use.minX <= use.maxX,
            !use.contains(x: middle.x, y: middle.y), (try? resolve(place.crs, covering: place.box)) != nil
        else { return nil }
        return try? CoordinateReferenceSystem.metric(longitude: middle.x, latitude: middle.y).label
    }

    /// A tenant's CRS and the box of a proceeding's area.
    private struct Place: Hashable {
        let crs: String
        let box: BoundingBox
    }

    /// What was found before, since looking a CRS up takes a millisecond; at most ``mostKnown``.
    private static let known = Mutex<[Place: String]>([:])
    private static let mostKnown = 1_000

    /// A system that would do.
    private static func proposal(for box: BoundingBox?) -> String {
        let found = box.flatMap { try? CoordinateReferenceSystem.metric(longitude: $0.center.x, latitude: $0.center.y) }
        return found.map { "\($0.label) would do" }
            ?? "EPSG:25832 would do in Germany west of 12 degrees, EPSG:25833 east of them"
    }
}
