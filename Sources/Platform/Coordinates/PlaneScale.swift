import GeoCore
import PROJCoordinates
import Synchronization

/// How long a metre on the ground is in a plane.
///
/// Systems for a country or zone stay within a percent or two of 1. Mercator projections of the world, EPSG:3857 among
/// them, do not: at 52 degrees their metre is 0.62 m. Source: Snyder 1987, Map Projections: A Working Manual, chapter 4.
enum PlaneScale {
    /// How far from 1 a scale may be for a plane to be measured in.
    static let tolerance = 0.1
    /// Degrees to either side that a scale is measured over.
    private static let step = 0.005
    /// What was computed before, by the name of the system; at most ``mostKnown``.
    private static let known = Mutex<[String: (factor: Double, latitude: Double)]>([:])
    private static let mostKnown = 200

    /// The scale farthest from 1 in the middle of the northern and southern half of where a system is meant for, or in the
    /// middle of a box where that is not known; `nil` where neither is, or nothing can be computed.
    static func worst(of crs: CoordinateReferenceSystem, in box: BoundingBox?) -> (factor: Double, latitude: Double)? {
        guard crs.areaOfUse != nil, let name = crs.authorityCode else { return computed(crs, box) }
        if let found = known.withLock({ $0[name] }) { return found }
        guard let found = computed(crs, box) else { return nil }
        known.withLock { if $0.count < mostKnown { $0[name] = found } }
        return found
    }

    /// The scale farthest from 1 at a place; `nil` where nothing can be computed.
    static func worst(of crs: CoordinateReferenceSystem, at place: Position) -> (factor: Double, latitude: Double)? {
        computed(crs, at: [place])
    }

    private static func computed(
        _ crs: CoordinateReferenceSystem, _ box: BoundingBox?
    ) -> (factor: Double, latitude: Double)? {
        let places: [Position]
        if let use = crs.areaOfUse {
            // The east of one across the antimeridian lies west of its west.
            let longitude = use.minX <= use.maxX ? use.center.x : use.minX + 1
            places = [0.25, 0.75].map { Position(longitude, use.minY + (use.maxY - use.minY) * $0) }
        } else {
            places = box.map { [$0.center] } ?? []
        }
        return computed(crs, at: places)
    }

    private static func computed(
        _ crs: CoordinateReferenceSystem, at places: [Position]
    ) -> (factor: Double, latitude: Double)? {
        guard let transform = try? CoordinateTransform(from: .wgs84, to: crs) else { return nil }
        let factors = places.flatMap { place in
            [Position(step, 0), Position(0, step)].compactMap { shift in
                factor(at: place, along: shift, transform).map { (factor: $0, latitude: place.y) }
            }
        }
        return factors.max { abs($0.factor - 1) < abs($1.factor - 1) }
    }

    private static func factor(at place: Position, along shift: Position, _ transform: CoordinateTransform) -> Double? {
        let ends = [-1.0, 1].map { Position(place.x + $0 * shift.x, place.y + $0 * shift.y) }
        var (x, y) = (ends.map(\.x), ends.map(\.y))
        transform.forwardLeavingGaps(&x, &y)
        let (dx, dy) = (x[1] - x[0], y[1] - y[0])
        let ground = Geodesic.distance(ends[0], ends[1])
        let plane = (dx * dx + dy * dy).squareRoot()
        return plane.isFinite && ground > 0 ? plane / ground : nil
    }
}
