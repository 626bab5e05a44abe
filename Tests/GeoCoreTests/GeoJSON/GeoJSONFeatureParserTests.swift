import Foundation
import GeoCore
import TestSupport
import Testing

@Suite struct GeoJSONFeatureParserTests {
    /// All rows of a source given in chunks of `size` bytes.
    private func read(_ bytes: [UInt8], size: Int = .max) throws -> (batch: FeatureBatch, crs: String?) {
        var parser = GeoJSONFeatureParser()
        var batch = FeatureBatch()
        var start = 0
        while start < bytes.count {
            let end = size < bytes.count - start ? start + size : bytes.count
            parser.append(bytes[start..<end])
            start = end
            #expect(try parser.next(into: &batch) != .finished || start == bytes.count)
        }
        parser.finish()
        while try parser.next(into: &batch) != .finished {}
        return (batch, parser.crs)
    }

    private func failure(_ text: String) -> JSONError? {
        do {
            _ = try read(Array(text.utf8))
            return nil
        } catch {
            return error as? JSONError
        }
    }

    private static let samples: [String] = [
        """
        {"type":"FeatureCollection","name":"Bäume","meta":{"features":[1,"]"]},"features":[
        {"type":"Feature","id":7,"geometry":{"type":"Point","coordinates":[9.99, 53.55]},"properties":{"a":"\\"}]"}},
        {"id":"x","properties":null,"geometry":null,"type":"Feature","bbox":[1,2,3,4]} ,
        {"type":"Feature","geometry":{"coordinates":[[1,2,3],[4e0,-5.5,6]],"type":"LineString"},"properties":{}},
        {"type":"Feature","geometry":{"type":"Point","coordinates":[1,2,3,4]},"properties":{}}, 17
        ],"crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::25832"}}} \n
        """,
        #"{"features":[],"type":"FeatureCollection","crs":{"properties":{"name":"EPSG:31467"}}}"#,
        #" {"properties":{"ä":[1,{"b":null}]},"type":"Feature","geometry":{"type":"GeometryCollection","geometries":["#
            + #"{"type":"Point","coordinates":[1,2]},{"type":"MultiPoint","coordinates":[]}]}}"#,
        #"{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,0]]]}"#,
        "{\"type\":\"Feature\",\"geometry\":null,\"properties\":{}}\n{\"type\":\"Point\",\"coordinates\":[1,2]}\r\n\n",
        "\u{1E}{\"type\":\"Feature\",\"geometry\":null,\"properties\":{\"n\":1}}\n\u{1E}{\"type\":\"Oops\"}\n",
        "\u{FEFF}{\"type\":\"FeatureCollection\",\"features\":[]}",
    ]

    @Test(arguments: samples) func readsTheSameInChunksOfAnyCut(text: String) throws {
        let bytes = Array(text.utf8)
        let whole = try read(bytes)
        for size in [1, 2, 3, 7, 64] {
            let cut = try read(bytes, size: size)
            #expect(cut.batch == whole.batch)
            #expect(cut.crs == whole.crs)
        }
        for cut in 0..<bytes.count {
            var parser = GeoJSONFeatureParser()
            var batch = FeatureBatch()
            parser.append(bytes[..<cut])
            _ = try parser.next(into: &batch)
            parser.append(bytes[cut...])
            parser.finish()
            while try parser.next(into: &batch) != .finished {}
            #expect(batch == whole.batch)
        }
    }

    @Test func keepsIdsPropertiesAndRejections() throws {
        let (batch, crs) = try read(Array(Self.samples[0].utf8))
        #expect(crs == "urn:ogc:def:crs:EPSG::25832")
        #expect(batch.rows == [1, 2, 3])
        #expect(batch.identifiers == ["7", "x", nil])
        #expect(batch.geometries[0] == .point(Position(9.99, 53.55)))
        #expect(batch.geometries[1] == nil)
        #expect(batch.geometries[2] == .lineString([Position(1, 2, 3), Position(4, -5.5, 6)]))
        #expect(String(decoding: batch.properties[0], as: UTF8.self) == #"{"a":"\"}]"}"#)
        #expect(batch.rejections.map(\.row) == [4, 5])
        #expect(batch.rejections.map(\.code) == ["tooManyOrdinates", "notAnObject"])
    }

    @Test func aBadFeatureIsARejection() throws {
        let elements: [(String, String)] = [
            (#"{"type":"Feature","geometry":{"type":"Point","coordinates":[NaN,1]},"properties":{}}"#, "notFinite"),
            (#"{"type":"Feature","geometry":{"type":"Point","coordinates":[1e999,1]},"properties":{}}"#, "notFinite"),
            (#"{"type":"Feature","geometry":{"type":"Point","coordinates":["1","2"]},"properties":{}}"#, "badPosition"),
            (#"{"type":"Feature","geometry":{"type":"Point","coordinates":[1]},"properties":{}}"#, "badPosition"),
            (
                #"{"type":"Feature","geometry":{"type":"Polygon","coordinates":[[1,2]]},"properties":{}}"#,
                "badCoordinates"
            ),
            (#"{"type":"Feature","geometry":{"type":"Ring","coordinates":[[1,2]]},"properties":{}}"#, "unknownType"),
            (#"{"type":"Feature","geometry":{"type":"LineString"},"properties":{}}"#, "missingCoordinates"),
            (#"{"type":"Feature","geometry":[],"properties":{}}"#, "badGeometry"),
            (#"{"type":"Feature","geometry":null,"properties":7}"#, "badProperties"),
            (#"{"type":"Feature","geometry":null,"properties":{"a":1,"a":2}}"#, "duplicateName"),
            (#"{"type":"Feature","geometry":null,"properties":{},"id":[]}"#, "badIdentifier"),
            (#"{"geometry":null,"properties":{}}"#, "missingType"),
        ]
        for (element, code) in elements {
            let text = #"{"type":"FeatureCollection","features":[\#(element)]}"#
            let batch = try read(Array(text.utf8)).batch
            #expect(batch.count == 0)
            #expect(batch.rejections.map(\.code) == [code], "\(element)")
        }
    }

    @Test func malformedTextsAreErrorsWithTheirPlace() {
        let start = #"{"type":"FeatureCollection","features":["#
        let feature = #"{"type":"Feature","geometry":null,"properties":{}}"#
        #expect(failure("")?.code == .unexpectedEnd)
        #expect(failure("[1]")?.code == .unexpectedCharacter)
        #expect(failure(start)?.code == .unexpectedEnd)
        #expect(failure(start + feature + "," + String(feature.dropLast(3)))?.code == .unexpectedEnd)
        #expect(failure(start + feature + ",]}")?.code == .unexpectedCharacter)
        #expect(failure(start + feature + feature + "]}")?.code == .unexpectedCharacter)
        #expect(failure(start + feature + "]} x")?.code == .trailingData)
        #expect(failure(start + String(repeating: "[", count: 10_000))?.code == .tooDeep)
        #expect(failure(String(repeating: #"{"a":"#, count: 10_000))?.code == .tooDeep)
        let late = failure("{\"type\":\"FeatureCollection\",\n\"features\":[\n\(feature),\n{\"type\" 1}]}")
        #expect(late?.line == 4)
        #expect(late?.column == 9)
    }

    @Test func tellsMemberNamesFromOnesLikeThem() throws {
        let names = ["typo", "cry", "ie", "geometrx", "feature_", "propertiez", "geometriez", "coordinatez", "nama"]
        let foreign = names.map { "\"\($0)\":[7]," }.joined()
        let point = #"{\#(foreign)"type":"Point","coordinates":[1,2]}"#
        let feature = #"{\#(foreign)"type":"Feature","geometry":\#(point),"properties":{"a":1},"id":"x"}"#
        let text = #"{\#(foreign)"type":"FeatureCollection","features":[\#(feature)],"crs":"EPSG:25832"}"#
        let (batch, crs) = try read(Array(text.utf8))
        #expect(batch.geometries == [.point(Position(1, 2))])
        #expect(batch.identifiers == ["x"])
        #expect(crs == "EPSG:25832")
        #expect(batch.rejections.isEmpty)
    }

    @Test func memoryIsBoundedWhateverTheRootHolds() {
        let flood = Array(repeating: UInt8(ascii: " "), count: 1000)
        let floods: [(String, [UInt8])] = [
            ("{", Array(#""a":1,"#.utf8)), (#"{"type":"Feature","#, Array(#""b":[1,2],"#.utf8)), ("{", flood),
            (#"{"type":"FeatureCollection""#, flood), (#"{""#, Array("name".utf8)), (#"{"a":""#, flood),
            (#"{"type":"FeatureCollection","features":[{"#, flood),
        ]
        for (start, more) in floods {
            var parser = GeoJSONFeatureParser(limits: .importing, maximumElementBytes: 10_000)
            var batch = FeatureBatch()
            let error = #expect(throws: JSONError.self, "\(start)") {
                parser.append(start.utf8)
                for _ in 0..<5000 {
                    parser.append(more)
                    _ = try parser.next(into: &batch)
                }
            }
            #expect(error?.code == .tooLong, "\(start)")
        }
    }

    @Test func mutatedTextsNeverTrap() {
        var generator = SplitMix(seed: 11)
        for round in 0..<3000 {
            var bytes = Array(Self.samples[round % Self.samples.count].utf8)
            for _ in 0..<Int.random(in: 1...4, using: &generator) where bytes.count > 1 {
                let place = Int.random(in: 0..<bytes.count, using: &generator)
                switch Int.random(in: 0..<4, using: &generator) {
                case 0: bytes[place] = UInt8.random(in: 0...255, using: &generator)
                case 1: bytes.remove(at: place)
                case 2: bytes.insert(Array("{}[],:\"\\".utf8).randomElement(using: &generator) ?? 0, at: place)
                default: bytes.removeLast(min(place, bytes.count - 1))
                }
            }
            let whole = try? read(bytes)
            let cut = try? read(bytes, size: 5)
            #expect(whole?.batch == cut?.batch)
        }
    }
}
