import GeoCore
import PROJCoordinates
import Testing

struct INSPIREGridCellTests {
    @Test(arguments: [(-1, 5), (5, .nan), (1e300, 5), (.infinity, 5)])
    func endsWithTheGrid(easting: Double, northing: Double) {
        #expect(INSPIREGridCell(easting: easting, northing: northing, size: .kilometre) == nil)
    }
}
