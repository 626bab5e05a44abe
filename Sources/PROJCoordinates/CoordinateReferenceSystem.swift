internal import CPROJ
public import GeoCore

/// A coordinate reference system, known by its EPSG code or by its WKT.
///
/// Only codes, URIs, URNs and WKT are read, never pipelines, files or addresses: what names a system may come from
/// outside.
public struct CoordinateReferenceSystem: Sendable, Hashable {
    /// What PROJ is asked for: `EPSG:25832` or WKT.
    let definition: String
    /// Code such as `EPSG:25832`; `nil` for WKT that no code fits.
    public let authorityCode: String?
    /// Name for people.
    public let name: String
    /// Whether coordinates are degrees.
    public let isGeographic: Bool
    /// Whether coordinates are metres on a plane.
    public let isMetric: Bool
    /// Whether the authority writes the north or latitude axis first; everything here takes x, east, first.
    public let authorityAxisOrderIsNorthEast: Bool
    /// Where it is meant for, in degrees.
    public let areaOfUse: BoundingBox?

    /// WGS 84 in the axis order longitude, latitude.
    ///
    /// PROJ is asked for EPSG:4326, whose axes every transformation settles: for OGC:CRS84 it also tries the
    /// transformations of ESRI, and would prefer a Helmert transformation to the grid of Germany.
    public static let wgs84 = CoordinateReferenceSystem(
        definition: "EPSG:4326", authorityCode: "OGC:CRS84", name: "WGS 84 (CRS84)", isGeographic: true,
        isMetric: false, authorityAxisOrderIsNorthEast: false, areaOfUse: .world)

    private init(
        definition: String, authorityCode: String?, name: String, isGeographic: Bool, isMetric: Bool,
        authorityAxisOrderIsNorthEast: Bool, areaOfUse: BoundingBox?
    ) {
        self.definition = definition
        self.authorityCode = authorityCode
        self.name = name
        self.isGeographic = isGeographic
        self.isMetric = isMetric
        self.authorityAxisOrderIsNorthEast = authorityAxisOrderIsNorthEast
        self.areaOfUse = areaOfUse
    }

    /// Looks a system up by code, URI, URN or WKT.
    ///
    /// - Throws: ``PROJError`` `unknownCRS`.
    public init(_ text: String) throws(PROJError) {
        let shown = String(text.prefix(60))
        guard text.utf8.count <= 100_000 else { throw PROJError(.unknownCRS, "the CRS text is too long") }
        guard let definition = CRSName.definition(of: text) else {
            throw PROJError(
                .unknownCRS, "the coordinate reference system \"\(shown)\" is not known; name it as EPSG:25832, say")
        }
        if definition == "OGC:CRS84" {
            self = .wgs84
            return
        }
        let context = try PROJContext()
        guard let crs = proj_create(context.handle, definition) else {
            throw PROJError(.unknownCRS, "the coordinate reference system \"\(shown)\" is not known")
        }
        defer { proj_destroy(crs) }
        guard proj_is_crs(crs) != 0 else {
            throw PROJError(.unknownCRS, "\"\(shown)\" is no coordinate reference system")
        }
        var code: String?
        if let authority = proj_get_id_auth_name(crs, 0), let number = proj_get_id_code(crs, 0) {
            code = "\(String(cString: authority)):\(String(cString: number))"
        } else {
            code = Self.identify(crs, context)
        }
        guard let horizontal = Self.horizontal(crs, context) else {
            throw PROJError(.unknownCRS, "\"\(shown)\" has neither longitude and latitude nor a map projection")
        }
        defer { proj_destroy(horizontal) }
        let isGeographic = proj_get_type(horizontal) != PJ_TYPE_PROJECTED_CRS
        var area: BoundingBox?
        var (west, south, east, north) = (0.0, 0.0, 0.0, 0.0)
        if proj_get_area_of_use(context.handle, crs, &west, &south, &east, &north, nil) != 0, west > -1000 {
            area = BoundingBox(minX: west, minY: south, maxX: east, maxY: north)
        }
        let axis = Self.firstAxis(horizontal, context)
        self.init(
            definition: code.map { $0.hasPrefix("EPSG:") ? $0 : definition } ?? definition, authorityCode: code,
            name: proj_get_name(crs).map { String(cString: $0) } ?? shown, isGeographic: isGeographic,
            isMetric: !isGeographic && axis.isMetre, authorityAxisOrderIsNorthEast: axis.isNorth, areaOfUse: area)
    }

    /// Looks a system up by its EPSG code.
    ///
    /// - Throws: ``PROJError`` `unknownCRS`.
    public init(code: Int) throws(PROJError) { try self.init("EPSG:\(code)") }

    /// The geographic or projected system inside a compound or bound one; `nil` for heights and geocentric ones.
    private static func horizontal(_ crs: OpaquePointer, _ context: PROJContext) -> OpaquePointer? {
        var current = proj_clone(context.handle, crs)
        for _ in 0..<4 {
            guard let system = current else { return nil }
            switch proj_get_type(system) {
            case PJ_TYPE_GEOGRAPHIC_2D_CRS, PJ_TYPE_GEOGRAPHIC_3D_CRS, PJ_TYPE_PROJECTED_CRS: return system
            case PJ_TYPE_COMPOUND_CRS: current = proj_crs_get_sub_crs(context.handle, system, 0)
            case PJ_TYPE_BOUND_CRS: current = proj_get_source_crs(context.handle, system)
            default: current = nil
            }
            proj_destroy(system)
        }
        proj_destroy(current)
        return nil
    }

    private static func identify(_ crs: OpaquePointer, _ context: PROJContext) -> String? {
        var confidence: UnsafeMutablePointer<Int32>?
        guard let list = proj_identify(context.handle, crs, "EPSG", nil, &confidence) else { return nil }
        defer {
            proj_list_destroy(list)
            proj_int_list_destroy(confidence)
        }
        guard proj_list_get_count(list) > 0, let confidence, confidence[0] >= 70,
            let match = proj_list_get(context.handle, list, 0)
        else { return nil }
        defer { proj_destroy(match) }
        return proj_get_id_code(match, 0).map { "EPSG:\(String(cString: $0))" }
    }

    private static func firstAxis(_ crs: OpaquePointer, _ context: PROJContext) -> (isMetre: Bool, isNorth: Bool) {
        guard let system = proj_crs_get_coordinate_system(context.handle, crs) else { return (false, false) }
        defer { proj_destroy(system) }
        var factor = 0.0
        var direction: UnsafePointer<CChar>?
        let isKnown = proj_cs_get_axis_info(
            context.handle, system, 0, nil, nil, &direction, &factor, nil, nil, nil)
        guard isKnown != 0 else { return (false, false) }
        return (factor == 1, direction.map { String(cString: $0) } == "north")
    }

    /// Whether longitude and latitude in this system are taken as those of WGS 84 (ETRS89 is, to about a metre).
    public var isLongitudeLatitude: Bool {
        ["OGC:CRS84", "EPSG:4326", "EPSG:4258", "EPSG:4979", "EPSG:4937"].contains(authorityCode ?? "")
    }

    /// Whether the system rests on the old datum of Germany, which a grid brings to ETRS89.
    var isDHDN: Bool {
        ["EPSG:31466", "EPSG:31467", "EPSG:31468", "EPSG:31469", "EPSG:4314"].contains(authorityCode ?? "")
            || name.contains("DHDN")
    }

    /// The system as well-known text of the first version (OGC 01-009), in one line, as GeoPackage wants it.
    ///
    /// - Throws: ``PROJError`` `unknownCRS` where that text cannot say what it is.
    public func wellKnownText() throws(PROJError) -> String {
        let context = try PROJContext()
        if let crs = proj_create(context.handle, definition) {
            defer { proj_destroy(crs) }
            let text = "MULTILINE=NO".withCString { line in
                let options = [line, nil]
                return options.withUnsafeBufferPointer {
                    proj_as_wkt(context.handle, crs, PJ_WKT1_GDAL, $0.baseAddress).map { String(cString: $0) }
                }
            }
            if let text { return text }
        }
        throw PROJError(.unknownCRS, "\(label) cannot be written as well-known text")
    }

    /// The code where there is one, otherwise the name.
    public var label: String { authorityCode ?? name }
}
