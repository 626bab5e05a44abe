import GeoCore
import PROJCoordinates
import TestSupport
import Testing

struct INSPIREGridCellTests {
    struct Input: Decodable { let lonlat: [[Double]] }
    struct Cell: Decodable {
        let x, y: Double
        let names: [String: String]

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: Key.self)
            x = try container.decode(Double.self, forKey: Key(stringValue: "x"))
            y = try container.decode(Double.self, forKey: Key(stringValue: "y"))
            var names: [String: String] = [:]
            for key in container.allKeys { names[key.stringValue] = try? container.decode(String.self, forKey: key) }
            self.names = names
        }

        struct Key: CodingKey {
            let stringValue: String
            var intValue: Int? { nil }
            init(stringValue: String) { self.stringValue = stringValue }
            init?(intValue: Int) { nil }
        }
    }
    struct Expected: Decodable { let cells: [Cell] }

    @Test(.enabled(if: SharedMaterial.isPresent, "needs the reference results"))
    func namesCellsAsTheReference() throws {
        let reference = try OracleCase<NoParameters, Input, Expected>.load("inspire-grid-germany")
        let transform = try CoordinateTransform(from: .wgs84, to: CoordinateReferenceSystem(code: 3035))
        var x = reference.input.lonlat.map { $0[0] }
        var y = reference.input.lonlat.map { $0[1] }
        try transform.forward(&x, &y)
        for (row, expected) in reference.expected.cells.enumerated() {
            #expect(isClose(x[row], expected.x, relative: 0, absolute: 1e-6))
            for (key, size) in zip(["100m", "1km", "10km"], INSPIREGridCell.Size.allCases) {
                let cell = try #require(INSPIREGridCell(easting: x[row], northing: y[row], size: size))
                #expect(cell.identifier == expected.names[key])
                #expect(cell.shortIdentifier == expected.names[key + "_short"])
            }
        }
    }

    @Test(arguments: [(-1, 5), (5, .nan), (1e300, 5), (.infinity, 5)])
    func endsWithTheGrid(easting: Double, northing: Double) {
        #expect(INSPIREGridCell(easting: easting, northing: northing, size: .kilometre) == nil)
    }
}
