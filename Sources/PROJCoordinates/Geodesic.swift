internal import CPROJ
public import GeoCore

/// Distances and areas on the ellipsoid of WGS 84.
///
/// Source: C. F. F. Karney, "Algorithms for geodesics", J. Geodesy 87 (2013), as in PROJ.
public enum Geodesic {
    private static var ellipsoid: geod_geodesic {
        var ellipsoid = geod_geodesic()
        geod_init(&ellipsoid, 6_378_137, 1 / 298.257223563)
        return ellipsoid
    }

    /// Shortest distance in metres and the azimuths at both ends in degrees.
    public static func inverse(_ from: Position, _ to: Position) -> (
        distance: Double, azimuth1: Double, azimuth2: Double
    ) {
        var ellipsoid = ellipsoid
        var (distance, first, second) = (0.0, 0.0, 0.0)
        geod_inverse(&ellipsoid, from.y, from.x, to.y, to.x, &distance, &first, &second)
        return (distance, first, second)
    }

    /// Area in square metres and length of all rings in metres of a Polygon or MultiPolygon; 0 for others.
    ///
    /// Edges are geodesics. Holes are taken away whatever way their rings turn.
    public static func area(of geometry: Geometry) -> (area: Double, perimeter: Double) {
        let polygons: [[[Position]]] =
            switch geometry {
            case .polygon(let rings): [rings]
            case .multiPolygon(let polygons): polygons
            default: []
            }
        var total = (area: 0.0, perimeter: 0.0)
        for rings in polygons {
            for (index, ring) in rings.enumerated() {
                var ellipsoid = ellipsoid
                var latitudes = ring.dropLast().map(\.y)
                var longitudes = ring.dropLast().map(\.x)
                var (area, perimeter) = (0.0, 0.0)
                geod_polygonarea(
                    &ellipsoid, &latitudes, &longitudes, Int32(clamping: latitudes.count), &area, &perimeter)
                total.area += index == 0 ? abs(area) : -abs(area)
                total.perimeter += perimeter
            }
        }
        return total
    }
}
