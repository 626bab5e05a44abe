internal import CPROJ
public import GeoCore

/// Distances, azimuths and areas on an ellipsoid; positions are longitude/latitude in degrees.
///
/// Source: C. F. F. Karney, "Algorithms for geodesics", J. Geodesy 87 (2013), doi:10.1007/s00190-012-0578-z, as in
/// PROJ. Latitudes beyond ±90 give NaN.
public enum Geodesic {
    /// An ellipsoid of revolution.
    public struct Ellipsoid: Sendable, Hashable {
        /// Semi-major axis in metres.
        public var semiMajorAxis: Double
        /// Inverse of the flattening.
        public var inverseFlattening: Double

        /// WGS 84 (EPSG:7030).
        public static let wgs84 = Ellipsoid(semiMajorAxis: 6_378_137, inverseFlattening: 298.257223563)
        /// GRS 1980 (EPSG:7019), of ETRS89.
        public static let grs80 = Ellipsoid(semiMajorAxis: 6_378_137, inverseFlattening: 298.257222101)
        /// Bessel 1841 (EPSG:7004), of DHDN.
        public static let bessel = Ellipsoid(semiMajorAxis: 6_377_397.155, inverseFlattening: 299.1528128)

        var parameters: geod_geodesic {
            var parameters = geod_geodesic()
            geod_init(&parameters, semiMajorAxis, 1 / inverseFlattening)
            return parameters
        }
    }

    /// Shortest distance in metres, and the azimuths in degrees clockwise from north, −180 … 180.
    ///
    /// `azimuth1` leaves the first position; `azimuth2` goes on in the same direction at the second, so the way back
    /// is `azimuth2` turned by 180.
    public static func inverse(
        _ from: Position, _ to: Position, on ellipsoid: Ellipsoid = .wgs84
    ) -> (distance: Double, azimuth1: Double, azimuth2: Double) {
        var parameters = ellipsoid.parameters
        var (distance, first, second) = (0.0, 0.0, 0.0)
        geod_inverse(&parameters, from.y, from.x, to.y, to.x, &distance, &first, &second)
        return (distance, first, second)
    }

    /// Shortest distance in metres.
    public static func distance(_ from: Position, _ to: Position, on ellipsoid: Ellipsoid = .wgs84) -> Double {
        inverse(from, to, on: ellipsoid).distance
    }

    /// Length in metres of lines and of the rings of polygons; 0 for points.
    ///
    /// - Complexity: linear in the number of positions.
    public static func length(of geometry: Geometry, on ellipsoid: Ellipsoid = .wgs84) -> Double {
        switch geometry {
        case .point, .multiPoint: 0
        case .lineString(let line): length(line, ellipsoid)
        case .polygon(let lines), .multiLineString(let lines): lines.reduce(0) { $0 + length($1, ellipsoid) }
        case .multiPolygon(let polygons): polygons.joined().reduce(0) { $0 + length($1, ellipsoid) }
        case .geometryCollection(let members): members.reduce(0) { $0 + length(of: $1, on: ellipsoid) }
        }
    }

    private static func length(_ line: [Position], _ ellipsoid: Ellipsoid) -> Double {
        zip(line, line.dropFirst()).reduce(0) { $0 + inverse($1.0, $1.1, on: ellipsoid).distance }
    }

    /// Area in square metres and length of all rings in metres of polygons; 0 for points and lines.
    ///
    /// Edges are geodesics. Holes are taken away, whatever way their rings turn; each ring's area is that of its
    /// smaller side.
    ///
    /// - Complexity: linear in the number of positions.
    public static func area(
        of geometry: Geometry, on ellipsoid: Ellipsoid = .wgs84
    ) -> (area: Double, perimeter: Double) {
        let polygons: [[[Position]]]
        switch geometry {
        case .polygon(let rings): polygons = [rings]
        case .multiPolygon(let parts): polygons = parts
        case .geometryCollection(let members):
            return members.reduce((0, 0)) { sum, member in
                let part = area(of: member, on: ellipsoid)
                return (sum.0 + part.area, sum.1 + part.perimeter)
            }
        default: polygons = []
        }
        var total = (area: 0.0, perimeter: 0.0)
        for rings in polygons {
            for (index, ring) in rings.enumerated() {
                let part = measures(ring, ellipsoid)
                total.area += index == 0 ? part.area : -part.area
                total.perimeter += part.perimeter
            }
        }
        return total
    }

    private static func measures(_ ring: [Position], _ ellipsoid: Ellipsoid) -> (area: Double, perimeter: Double) {
        var parameters = ellipsoid.parameters
        var latitudes = ring.dropLast().map(\.y)
        var longitudes = ring.dropLast().map(\.x)
        var (area, perimeter) = (0.0, 0.0)
        geod_polygonarea(&parameters, &latitudes, &longitudes, Int32(clamping: latitudes.count), &area, &perimeter)
        return (abs(area), perimeter)
    }
}
