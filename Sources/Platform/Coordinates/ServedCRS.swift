import Formats
public import GeoCore
import PROJCoordinates
import Synchronization

/// A coordinate reference system of a fixed list, in which answers are written and boxes are given; east or longitude
/// stands first.
public struct ServedCRS: Sendable {
    /// Codes of EPSG that are served beside longitude/latitude: plane systems whose first axis points east.
    public static let codes = [25831, 25832, 25833, 3857, 4647, 5649, 5650, 32631, 32632, 32633]
    /// Their names as they are asked for.
    public static let names = ["OGC:CRS84"] + codes.map { "EPSG:\($0)" }
    private static let transforms = Mutex<[Int: CoordinateTransform]>([:])

    /// Its address (OGC 18-058r1, 6).
    public let address: String
    private let code: Int?
    private let transform: CoordinateTransform?

    /// Finds the system of a name such as `EPSG:25832`, or of its address; `nil` for all that is not in the list.
    ///
    /// - Throws: ``PlatformError`` `unsupported` where this machine does not know it.
    public init?(_ name: String) throws {
        let upper = name.uppercased()
        if upper == "OGC:CRS84" || upper.hasSuffix("/DEF/CRS/OGC/1.3/CRS84") || upper == "CRS84" {
            (address, code, transform) = ("http://www.opengis.net/def/crs/OGC/1.3/CRS84", nil, nil)
            return
        }
        let beginnings = [
            "EPSG:", "HTTP://WWW.OPENGIS.NET/DEF/CRS/EPSG/0/", "HTTPS://WWW.OPENGIS.NET/DEF/CRS/EPSG/0/",
        ]
        guard let beginning = beginnings.first(where: upper.hasPrefix),
            let code = Self.codes.first(where: { String($0) == upper.dropFirst(beginning.count) })
        else { return nil }
        address = "http://www.opengis.net/def/crs/EPSG/0/\(code)"
        self.code = code
        if let known = Self.transforms.withLock({ $0[code] }) {
            transform = known
            return
        }
        do {
            let made = try CoordinateTransform(from: .wgs84, to: CoordinateReferenceSystem(code: code))
            Self.transforms.withLock { $0[code] = made }
            transform = made
        } catch {
            throw PlatformError(.unsupported, error.description)
        }
    }

    /// Whether coordinates are longitude and latitude.
    public var isLongitudeLatitude: Bool { transform == nil }

    /// Its name in the member `crs` of GeoJSON before RFC 7946, which GDAL and QGIS read still.
    var uniformName: String { code.map { "urn:ogc:def:crs:EPSG::\($0)" } ?? "urn:ogc:def:crs:OGC:1.3:CRS84" }

    /// Its entry in a GeoPackage; `nil` for longitude/latitude.
    ///
    /// - Throws: ``PlatformError`` `unsupported` where this machine cannot describe it.
    var geoPackageSystem: GeoPackageWriter.System? {
        get throws {
            guard let code else { return nil }
            do {
                let crs = try CoordinateReferenceSystem(code: code)
                return GeoPackageWriter.System(code: Int32(code), name: crs.name, definition: try crs.wellKnownText())
            } catch {
                throw PlatformError(.unsupported, error.description)
            }
        }
    }

    /// A geometry given in longitude/latitude; `nil` where the system does not reach.
    public func coordinates(of geometry: Geometry) -> Geometry? {
        guard let transform else { return geometry }
        return try? transform.forward(geometry)
    }

    /// A box of this system as an area in longitude/latitude, whose edges follow those of the box; `nil` where the system
    /// does not reach.
    public func area(minX: Double, minY: Double, maxX: Double, maxY: Double) -> Geometry? {
        // Straight edges here are curves there: so many corners follow them within centimetres over a city.
        let steps = 16
        func edge(_ from: (Double, Double), _ to: (Double, Double)) -> [Position] {
            (0..<steps).map { step in
                let part = Double(step) / Double(steps)
                return Position(from.0 + (to.0 - from.0) * part, from.1 + (to.1 - from.1) * part)
            }
        }
        let corners = [(minX, minY), (maxX, minY), (maxX, maxY), (minX, maxY)]
        var ring = (0..<4).flatMap { edge(corners[$0], corners[($0 + 1) % 4]) }
        ring.append(ring[0])
        let box = Geometry.polygon([ring])
        let area = transform.map { try? $0.inverse(box) } ?? box
        guard let area, let bounds = area.boundingBox, bounds.minX >= -180, bounds.maxX <= 180, bounds.minY >= -90,
            bounds.maxY <= 90, GeometryCheck.fault(area) == nil
        else { return nil }
        return area
    }
}
