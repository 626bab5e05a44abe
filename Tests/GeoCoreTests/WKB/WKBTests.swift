import GeoCore
import Testing

@Suite struct WKBTests {
    @Test func decodesWhatItEncodes() throws {
        var generator = SplitMix(seed: 5)
        for _ in 0..<500 {
            let geometry = GeometrySamples.random(&generator)
            let bytes = WKB.encode(geometry)
            let decoded = try WKB.decode(bytes)
            #expect(WKB.encode(decoded) == bytes)
            if case .geometryCollection = geometry {} else { #expect(decoded == geometry) }
            #expect(try WKB.boundingBox(bytes[...]) == geometry.boundingBox)
            var direct: [UInt8] = []
            var through: [UInt8] = []
            try WKB.appendGeoJSON(bytes[...], to: &direct)
            GeoJSONGeometry.append(decoded, to: &through)
            #expect(direct == through)
        }
    }

    @Test func readsBothByteOrdersAndTheExtendedForm() throws {
        let big: [UInt8] = [0, 0, 0, 0, 1, 0x3F, 0xF0, 0, 0, 0, 0, 0, 0, 0x40, 0, 0, 0, 0, 0, 0, 0]
        #expect(try WKB.decode(big) == .point(Position(1, 2)))
        // POINT Z with SRID 25832 and M, little endian.
        var extended: [UInt8] = [1, 1, 0, 0, 0xE0, 0xE8, 0x64, 0, 0]
        for value in [1.0, 2.0, 3.0, 4.0] {
            extended += (0..<8).map { UInt8(truncatingIfNeeded: value.bitPattern >> (8 * UInt64($0))) }
        }
        let decoded = try WKB.decodeWithSRID(extended[...])
        #expect(decoded.geometry == .point(Position(1, 2, 3)))
        #expect(decoded.srid == 25832)
    }

    @Test func namesCurvesAndChecksCounts() {
        let curve = #expect(throws: WKBError.self) { try WKB.decode([1, 8, 0, 0, 0, 0, 0, 0, 0]) }
        #expect(curve?.code == .unsupportedType)
        #expect(curve?.message.contains("CircularString") == true)
        let huge = #expect(throws: WKBError.self) { try WKB.decode([1, 2, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF]) }
        #expect(huge?.code == .truncated)
        var nested: [UInt8] = []
        for _ in 0..<20 { nested += [1, 7, 0, 0, 0, 1, 0, 0, 0] }
        nested += [1, 7, 0, 0, 0, 0, 0, 0, 0]
        #expect(#expect(throws: WKBError.self) { try WKB.decode(nested) }?.code == .tooDeep)
    }

    @Test func mutatedBytesNeverTrap() {
        var generator = SplitMix(seed: 13)
        for _ in 0..<4000 {
            var bytes = WKB.encode(GeometrySamples.random(&generator))
            for _ in 0..<3 {
                let place = Int.random(in: 0..<bytes.count, using: &generator)
                bytes[place] = UInt8.random(in: 0...255, using: &generator)
            }
            bytes.removeLast(Int.random(in: 0..<3, using: &generator))
            var out: [UInt8] = []
            let direct: Void? = try? WKB.appendGeoJSON(bytes[...], to: &out)
            #expect((direct != nil) == ((try? WKB.decode(bytes)) != nil))
        }
    }
}
