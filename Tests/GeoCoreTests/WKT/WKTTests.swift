import GeoCore
import Testing

@Suite struct WKTTests {
    @Test func parsesWhatItFormats() throws {
        var generator = SplitMix(seed: 17)
        for _ in 0..<500 {
            let geometry = GeometrySamples.random(&generator)
            #expect(try WKT.parse(WKT.format(geometry)) == geometry)
        }
    }

    @Test func readsTheVariantsInUse() throws {
        #expect(try WKT.parse("POINT(1 2)") == .point(Position(1, 2)))
        #expect(try WKT.parse("srid=4326;point z (1 2 3)") == .point(Position(1, 2, 3)))
        #expect(try WKT.parse("POINTZM(1 2 3 4)") == .point(Position(1, 2, 3)))
        #expect(try WKT.parse("POINT M (1 2 3)") == .point(Position(1, 2)))
        #expect(try WKT.parse("MULTIPOINT(1 2, 3 4)") == .multiPoint([Position(1, 2), Position(3, 4)]))
        #expect(try WKT.parse("POLYGON EMPTY") == .polygon([]))
        #expect(try WKT.parse("POINT EMPTY") == .geometryCollection([]))
    }

    @Test func refusesOtherText() {
        let deep = String(repeating: "GEOMETRYCOLLECTION(", count: 100_000)
        for text in [
            "", "POINT", "POINT(1)", "POINT(1 2", "POINT(a b)", "CIRCULARSTRING(0 0,1 1,2 0)", "POINT(1 2) x", deep,
        ] {
            #expect(throws: WKTError.self) { try WKT.parse(text) }
        }
        #expect(throws: WKTError.self) { try WKT.parse("POINT(nan 2)") }
    }
}
