internal import CPROJ
public import GeoCore

/// A coordinate reference system, known by its EPSG code or by its WKT.
///
/// Only codes, URIs, URNs and WKT are read, never pipelines, files or addresses: what names a system may come from
/// outside.
public struct CoordinateReferenceSystem: Sendable, Hashable {
    /// What PROJ is asked for: `EPSG:25832`, `OGC:CRS84` or WKT.
    let definition: String
    /// Code such as `EPSG:25832`; `nil` for WKT that no code fits.
    public let authorityCode: String?
    /// Name for people.
    public let name: String
    /// Whether coordinates are degrees.
    public let isGeographic: Bool
    /// Whether coordinates are metres on a plane.
    public let isMetric: Bool
    /// Where it is meant for, in degrees.
    public let areaOfUse: BoundingBox?

    /// WGS 84 in the axis order longitude, latitude.
    public static let wgs84 = CoordinateReferenceSystem(
        definition: "OGC:CRS84", authorityCode: "OGC:CRS84", name: "WGS 84 (CRS84)", isGeographic: true,
        isMetric: false, areaOfUse: .world)

    private init(
        definition: String, authorityCode: String?, name: String, isGeographic: Bool, isMetric: Bool,
        areaOfUse: BoundingBox?
    ) {
        self.definition = definition
        self.authorityCode = authorityCode
        self.name = name
        self.isGeographic = isGeographic
        self.isMetric = isMetric
        self.areaOfUse = areaOfUse
    }

    /// Looks a system up by code, URI, URN or WKT.
    ///
    /// - Throws: ``PROJError`` `unknownCRS`.
    public init(_ text: String) throws(PROJError) {
        let shown = String(text.prefix(60))
        guard text.utf8.count <= 100_000 else { throw PROJError(.unknownCRS, "the CRS text is too long") }
        let definition = try Self.definition(of: text)
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
        let type = proj_get_type(crs)
        let isGeographic = type == PJ_TYPE_GEOGRAPHIC_2D_CRS || type == PJ_TYPE_GEOGRAPHIC_3D_CRS
        var area: BoundingBox?
        var (west, south, east, north) = (0.0, 0.0, 0.0, 0.0)
        if proj_get_area_of_use(context.handle, crs, &west, &south, &east, &north, nil) != 0, west > -1000 {
            area = BoundingBox(minX: west, minY: south, maxX: east, maxY: north)
        }
        self.init(
            definition: code.map { $0.hasPrefix("EPSG:") ? $0 : definition } ?? definition, authorityCode: code,
            name: proj_get_name(crs).map { String(cString: $0) } ?? shown, isGeographic: isGeographic,
            isMetric: !isGeographic && Self.unitIsMetre(crs, context), areaOfUse: area)
    }

    /// Looks a system up by its EPSG code.
    ///
    /// - Throws: ``PROJError`` `unknownCRS`.
    public init(code: Int) throws(PROJError) { try self.init("EPSG:\(code)") }

    private static func definition(of text: String) throws(PROJError) -> String {
        let trimmed = text.drop { $0.isWhitespace }
        let upper = trimmed.prefix(200).uppercased()
        for word in [
            "PROJCRS[", "GEOGCRS[", "GEODCRS[", "PROJCS[", "GEOGCS[", "COMPD_CS[", "COMPOUNDCRS[", "BOUNDCRS[",
        ]
        where upper.hasPrefix(word) {
            return String(trimmed)
        }
        let unknown = PROJError(
            .unknownCRS,
            "the coordinate reference system \"\(text.prefix(60))\" is not known; name it as EPSG:25832, say")
        if upper.contains("CRS84") { return "OGC:CRS84" }
        if upper.hasPrefix("URN:ADV:CRS:") { return try adv(upper.dropFirst(12), unknown) }
        let isKnownForm =
            upper.hasPrefix("EPSG:") || upper.hasPrefix("URN:OGC:DEF:CRS:EPSG:")
            || upper.hasPrefix("URN:X-OGC:DEF:CRS:EPSG:") || upper.contains("/DEF/CRS/EPSG/")
            || upper.contains("/GML/SRS/EPSG.XML#") || upper.allSatisfy(\.isNumber)
        guard isKnownForm else { throw unknown }
        let digits = upper.reversed().prefix { $0.isASCII && $0.isNumber }.reversed()
        guard (3...6).contains(digits.count) else { throw unknown }
        return "EPSG:\(String(digits))"
    }

    /// Names of the German surveying authorities.
    private static func adv(_ name: Substring, _ unknown: PROJError) throws(PROJError) -> String {
        let codes: [String: Int] = [
            "ETRS89_UTM31": 25831, "ETRS89_UTM32": 25832, "ETRS89_UTM33": 25833, "DE_DHDN_3GK2": 31466,
            "DE_DHDN_3GK3": 31467, "DE_DHDN_3GK4": 31468, "DE_DHDN_3GK5": 31469, "ETRS89_LAT-LON": 4258,
        ]
        for (key, code) in codes where name.hasPrefix(key) { return "EPSG:\(code)" }
        throw unknown
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

    private static func unitIsMetre(_ crs: OpaquePointer, _ context: PROJContext) -> Bool {
        guard let system = proj_crs_get_coordinate_system(context.handle, crs) else { return false }
        defer { proj_destroy(system) }
        var factor = 0.0
        guard proj_cs_get_axis_info(context.handle, system, 0, nil, nil, nil, &factor, nil, nil, nil) != 0 else {
            return false
        }
        return factor == 1
    }

    /// Whether longitude and latitude in this system are taken as those of WGS 84 (ETRS89 is, to about a metre).
    public var isLongitudeLatitude: Bool {
        ["OGC:CRS84", "EPSG:4326", "EPSG:4258", "EPSG:4979", "EPSG:4937"].contains(authorityCode ?? "")
    }

    /// The code where there is one, otherwise the name.
    public var label: String { authorityCode ?? name }
}
