import GeoCore
import PROJCoordinates
import Testing

struct CoordinateReferenceSystemTests {
    @Test(arguments: [
        "EPSG:25832", "epsg:25832", "25832", " EPSG:25832\n", "EPSG::25832", "urn:ogc:def:crs:EPSG::25832",
        "urn:ogc:def:crs:EPSG:9.9.1:25832", "urn:x-ogc:def:crs:EPSG:25832",
        "http://www.opengis.net/def/crs/EPSG/0/25832", "https://www.opengis.net/def/crs/EPSG/9.8/25832",
        "http://www.opengis.net/gml/srs/epsg.xml#25832", "urn:adv:crs:ETRS89_UTM32",
        "urn:adv:crs:ETRS89_UTM32*DE_DHHN2016_NH",
    ])
    func readsEveryWayToNameUTM32(_ text: String) throws {
        let crs = try CoordinateReferenceSystem(text)
        #expect(crs.authorityCode == "EPSG:25832")
        #expect(crs.label == "EPSG:25832")
        #expect(crs.name == "ETRS89 / UTM zone 32N")
        #expect(crs.isMetric && !crs.isGeographic && !crs.isLongitudeLatitude)
        #expect(crs == (try CoordinateReferenceSystem(code: 25832)))
        let area = try #require(crs.areaOfUse)
        #expect((5...6).contains(area.minX) && (12...14).contains(area.maxX))
    }

    @Test(arguments: [
        "CRS84", "OGC:CRS84", "urn:ogc:def:crs:OGC:1.3:CRS84", "urn:ogc:def:crs:OGC::CRS84",
        "http://www.opengis.net/def/crs/OGC/1.3/CRS84", "https://www.opengis.net/def/crs/OGC/0/CRS84",
    ])
    func readsEveryWayToNameCRS84(_ text: String) throws {
        #expect(try CoordinateReferenceSystem(text) == .wgs84)
    }

    @Test(arguments: [
        ("urn:adv:crs:DE_DHDN_3GK3", "EPSG:31467"), ("urn:adv:crs:DE_DHDN_3GK4_BY120", "EPSG:31468"),
        ("urn:adv:crs:ETRS89_UTM33", "EPSG:25833"), ("urn:adv:crs:ETRS89_Lat-Lon", "EPSG:4258"),
    ])
    func readsNamesOfTheSurveyingAuthorities(_ text: String, _ code: String) throws {
        #expect(try CoordinateReferenceSystem(text).authorityCode == code)
    }

    @Test(arguments: [
        "", " ", "EPSG:", "EPSG:x", "EPSG:99999", "EPSG:1234567", "EPSG:²5832", "２５８３２", "EPSG:foo/25832",
        "EPSG:25832;DROP", "ESRI:102100", "WGS84", "urn:adv:crs:ETRS89_UTM32-zE-N", "urn:adv:crs:", "CRS84h",
        "+proj=utm +zone=32 +ellps=GRS80", "proj=longlat", "+init=epsg:25832", "+proj=pipeline +step +proj=merc",
        "/etc/passwd", "file:///etc/passwd", "@/tmp/x.wkt", "http://example.org/crs.wkt",
        "PROJCS[", "GEOGCS[\"x\"]", "PROJCS[\"\u{0}\"]",
        "{\"type\":\"GeographicCRS\"}",
    ])
    func refusesWhatNamesNoSystem(_ text: String) {
        #expect { try CoordinateReferenceSystem(text) } throws: { error in
            guard let error = error as? PROJError else { return false }
            return error.code == .unknownCRS && error.description.count < 200
        }
    }

    @Test func refusesHeightsAndGeocentricSystems() {
        for code in [5783, 4978] {
            #expect(throws: PROJError.self) { try CoordinateReferenceSystem(code: code) }
        }
    }

    @Test func looksIntoCompoundSystems() throws {
        let crs = try CoordinateReferenceSystem(code: 5555)
        #expect(crs.isMetric && !crs.isGeographic)
    }

    private static let mercator =
        #"PROJCS["Popular",GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563]],"#
        + #"PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433]],PROJECTION["Mercator_1SP"],"#
        + #"PARAMETER["central_meridian",0],PARAMETER["scale_factor",1],PARAMETER["false_easting",0],"#
        + #"PARAMETER["false_northing",0],UNIT["metre",1],EXTENSION["PROJ4","+proj=merc +a=6378137 +b=6378137 "#
        + #"+lat_ts=0 +lon_0=0 +x_0=0 +y_0=0 +k=1 +units=m +nadgrids=@null +wktext +no_defs"]]"#

    @Test func readsTheExtensionOfWebMercatorButNoneWithAFile() throws {
        let transform = try CoordinateTransform(
            from: .wgs84, to: CoordinateReferenceSystem(Self.mercator))
        var (x, y) = ([10.0], [53.0])
        try transform.forward(&x, &y)
        #expect(abs(x[0] - 1_113_194.9079327357) < 1e-6 && abs(y[0] - 6_982_997.920389788) < 1e-6)
        for grid in ["/etc/passwd", "@/etc/passwd", "x.gsb", "@null,/etc/passwd"] {
            let text = Self.mercator.replacing("@null", with: grid)
            #expect(throws: PROJError.self) { try CoordinateReferenceSystem(text) }
        }
        let other = Self.mercator.replacing("+proj=merc", with: "+init=/etc/passwd:x")
        #expect(throws: PROJError.self) { try CoordinateReferenceSystem(other) }
    }

    /// The text of ESRI's software for Gauß-Krüger, zone 3, whose names are not those of EPSG.
    private static let esri =
        #"PROJCS["DHDN_3_Degree_Gauss_Zone_3",GEOGCS["GCS_Deutsches_Hauptdreiecksnetz","#
        + #"DATUM["D_Deutsches_Hauptdreiecksnetz",SPHEROID["Bessel_1841",6377397.155,299.1528128]],"#
        + #"PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Gauss_Kruger"],"#
        + #"PARAMETER["False_Easting",3500000.0],PARAMETER["False_Northing",0.0],"#
        + #"PARAMETER["Central_Meridian",9.0],PARAMETER["Scale_Factor",1.0],PARAMETER["Latitude_Of_Origin",0.0],"#
        + #"UNIT["Meter",1.0]]"#

    @Test func findsTheCodeOfAFileWithoutOne() throws {
        for text in [Self.esri, "\u{FEFF}\(Self.esri)\r\n"] {
            let crs = try CoordinateReferenceSystem(text)
            #expect(crs.authorityCode == "EPSG:31467")
            #expect(crs.isMetric)
            let note = try CoordinateTransform(from: crs, to: .wgs84).note
            #expect(note?.hasPrefix("DHDN") == true)
        }
    }

    @Test func keepsTextThatNoCodeFits() throws {
        let text = Self.esri.replacing("9.0", with: "9.25").replacing("Zone_3", with: "of_our_town")
        let crs = try CoordinateReferenceSystem(text)
        #expect(crs.authorityCode == nil)
        #expect(crs.label == "DHDN_3_Degree_Gauss_of_our_town")
        #expect(crs.isMetric)
        var (x, y) = ([3_500_000.0], [5_700_000.0])
        try CoordinateTransform(from: crs, to: .wgs84).forward(&x, &y)
        #expect(abs(x[0] - 9.25) < 0.01 && abs(y[0] - 51.4) < 0.1)
    }

    /// As `projinfo -o WKT1_GDAL` writes it.
    @Test func isWrittenAsTextThatNamesTheSameSystem() throws {
        let text = try CoordinateReferenceSystem(code: 25832).wellKnownText()
        #expect(text.hasPrefix(#"PROJCS["ETRS89 / UTM zone 32N",GEOGCS["ETRS89","#))
        #expect(text.hasSuffix(#"AUTHORITY["EPSG","25832"]]"#) && !text.contains("\n"))
        #expect(try CoordinateReferenceSystem(text).authorityCode == "EPSG:25832")
    }
}
