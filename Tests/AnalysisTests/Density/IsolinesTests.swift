import Analysis
import GeoCore
import TestSupport
import Testing

struct IsolinesTests {
    private func surface(_ rows: [[Double]]) throws -> DensitySurface {
        let raster = try Raster(minX: 0, minY: 0, cell: 1, columns: rows[0].count, rows: rows.count)
        return DensitySurface(raster: raster, values: Array(rows.joined()), kernel: .quartic, bandwidth: 1)
    }

    @Test func closesAlongTheBorderAndCutsHoles() throws {
        let full = try surface([[2, 2, 2, 2], [2, 0, 2, 2], [2, 2, 2, 2]]).region(above: 1)
        #expect(full.polygons.count == 1)
        #expect(full.polygons[0].count == 2)
        #expect(isClose(full.area, 6 - 0.5))
        #expect(full.polygons[0].allSatisfy { $0.first == $0.last })
    }

    @Test func decidesSaddlesByTheMean() throws {
        #expect(try surface([[4, 0], [0, 4]]).region(above: 1.9).polygons.count == 1)
        #expect(try surface([[4, 0], [0, 4]]).region(above: 2.1).polygons.count == 2)
    }

    @Test func findsNothingWhereThereIsNothing() throws {
        let empty = try surface([[0, 0], [0, 0]])
        #expect(try empty.volumeLevels([50]).isEmpty)
        #expect(try empty.region(above: 1).polygons.isEmpty)
        #expect(throws: AnalysisError.self) { try empty.volumeLevels([0]) }
        #expect(throws: AnalysisError.self) { try empty.region(above: .nan) }
    }

    @Test func survivesValuesEqualToTheLevel() throws {
        let plateau = try surface([[0, 0, 0, 0], [0, 1, 1, 0], [0, 1, 2, 0], [0, 0, 0, 0]]).region(above: 1)
        #expect(plateau.area >= 0.5 && plateau.area <= 2)
        #expect(plateau.polygons.allSatisfy { $0.allSatisfy { $0.count >= 4 } })
    }
}
