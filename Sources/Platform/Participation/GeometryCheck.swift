import GEOSGeometry
import GeoCore
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
