import GEOSGeometry
import GeoCore
import PROJCoordinates
import Participation

/// Looks at geometry from outside with GEOS.
enum GeometryCheck {
    /// GEOS's reason and the place of the fault; `nil` when the geometry is valid.
    static func fault(_ geometry: Geometry) -> String? {
        if case .point = geometry { return nil }
        do {
            switch try geometry.validity() {
            case .valid: return nil
            case .invalid(let reason, let place):
                let spot = place.map { " at [\(rounded($0.x)), \(rounded($0.y))]" } ?? ""
                return "\(reason)\(spot)"
            }
        } catch {
            return error.description
        }
    }

    private static func rounded(_ value: Double) -> Double { (value * 1e7).rounded() / 1e7 }

    /// How good a place is, with a point that stands for the geometry.
    static func place(
        of geometry: Geometry?, in area: AreaTest?
    ) -> (quality: Contribution.LocationQuality, point: Position?) {
        guard let geometry, !geometry.isEmpty else { return (.unlocated, nil) }
        guard let point = (try? geometry.representativePoint()) ?? nil, point.isFinite else { return (.suspect, nil) }
        guard abs(point.x) <= 180, abs(point.y) <= 90 else { return (.suspect, nil) }
        if hint(at: point, in: area) != nil { return (.suspect, point) }
        guard let area, !area.covers(point) else { return (.inside, point) }
        return (area.isNear(point) ? .nearby : .outsideArea, point)
    }

    /// How good a place is in a new area of its proceeding; what was suspect for another reason than its axes stays so.
    static func quality(
        of point: Position, in area: AreaTest?, was old: Contribution.LocationQuality, in oldArea: AreaTest?
    ) -> Contribution.LocationQuality {
        if old == .unlocated { return old }
        if old == .suspect {
            guard case .swappedAxes? = hint(at: point, in: oldArea) else { return old }
        }
        return place(of: .point(point), in: area).quality
    }

    /// Why a point by itself is suspect; `nil` where it is not.
    static func hint(at point: Position, in area: AreaTest?) -> LocationHint? {
        if abs(point.x) < 0.01 && abs(point.y) < 0.01 { return .nullIsland }
        let swapped = Position(point.y, point.x)
        guard let area, !area.covers(point), area.covers(swapped) else { return nil }
        return .swappedAxes(swapped)
    }
}

/// A proceeding's area, made ready for many points in degrees.
struct AreaTest: Sendable {
    private let index: PolygonIndex
    private let box: BoundingBox
    /// Distance in degrees of latitude that still counts as near, about 250 m.
    private static let tolerance = 0.00225

    init?(_ area: Geometry?) {
        guard let area, let box = area.boundingBox else { return nil }
        index = PolygonIndex([area])
        self.box = box
    }

    func covers(_ point: Position) -> Bool { index.firstPolygon(containing: point.x, point.y) != nil }

    /// Whether the point is within about 250 m of the area: one of sixteen points around it lies inside.
    func isNear(_ point: Position) -> Bool {
        guard box.expanded(by: 4 * Self.tolerance).contains(x: point.x, y: point.y) else { return false }
        // A degree of longitude is about 0.62 of one of latitude in Germany.
        let steps: [(Double, Double)] = [
            (1, 0), (0.7, 0.7), (0, 1), (-0.7, 0.7), (-1, 0), (-0.7, -0.7), (0, -1), (0.7, -0.7),
        ]
        return steps.contains { step in
            [0.5, 1].contains { share in
                covers(
                    Position(
                        point.x + step.0 * share * Self.tolerance / 0.62, point.y + step.1 * share * Self.tolerance))
            }
        }
    }
}

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
            if let scale = PlaneScale.worst(of: crs, in: box), abs(scale.factor - 1) > PlaneScale.tolerance {
                throw PlatformError(
                    .invalidInput,
                    "metricCRS \(crs.label) is no plane to measure in: a metre on the ground at latitude "
                        + "\(AnalysisParameter.text(scale.latitude.rounded(toPlaces: 1))) is "
                        + "\(AnalysisParameter.text(scale.factor.rounded(toPlaces: 2))) of its metres",
                    hint: proposal(for: box))
            }
            return crs
        } catch let error as PROJError {
            throw PlatformError(.unsupported, error.description)
        }
    }

    /// Degrees of longitude and of latitude beyond its area of use in which a CRS still serves: cities at the edge of a
    /// zone often keep its system, and zones lie beside each other.
    private static let margin = (longitude: 3.0, latitude: 1.0)

    /// Looks a CRS up that covers a box in degrees, where one is given.
    ///
    /// - Throws: ``PlatformError`` `invalidInput` that names where it holds and one that would do.
    static func resolve(_ text: String, covering box: BoundingBox?) throws -> CoordinateReferenceSystem {
        let crs = try resolve(text, for: box)
        // One whose west is east of its east goes across the antimeridian, and is trusted.
        guard let box, let use = crs.areaOfUse, use.minX <= use.maxX else { return crs }
        let wide = BoundingBox(
            minX: use.minX - margin.longitude, minY: use.minY - margin.latitude, maxX: use.maxX + margin.longitude,
            maxY: use.maxY + margin.latitude)
        guard !wide.contains(x: box.minX, y: box.minY) || !wide.contains(x: box.maxX, y: box.maxY) else { return crs }
        func degrees(_ value: Double) -> String { AnalysisParameter.text(value.rounded(toPlaces: 2)) }
        throw PlatformError(
            .invalidInput,
            "metricCRS \(crs.label) holds for longitudes \(degrees(use.minX)) to \(degrees(use.maxX)) and latitudes "
                + "\(degrees(use.minY)) to \(degrees(use.maxY)), and the area does not lie there",
            hint: proposal(for: box))
    }

    /// A system that would do.
    private static func proposal(for box: BoundingBox?) -> String {
        let found = box.flatMap { try? CoordinateReferenceSystem.metric(longitude: $0.center.x, latitude: $0.center.y) }
        return found.map { "\($0.label) would do" }
            ?? "EPSG:25832 would do in Germany west of 12 degrees, EPSG:25833 east of them"
    }
}
