import Analysis
import GeoCore
import TestSupport
import Testing

struct IsolinesTests {
    struct Parameters: Decodable {
        let cell: Double
        let x0: Double
        let y0: Double
    }
    struct Input: Decodable { let grid: [[Double]] }
    struct Expected: Decodable {
        let level: Double
        let cells: Int
        let contour_level: Double
        let polygon_area: Double
        let polygons: Int
        let line_length: Double
    }

    @Test(.enabled(if: SharedMaterial.isPresent, "needs the reference cases"))
    func equalsTheReference() throws {
        let oracle = try OracleCase<Parameters, Input, [String: Expected]>.load("isolines-two-peaks")
        let grid = oracle.input.grid
        let raster = try Raster(
            minX: oracle.params.x0, minY: oracle.params.y0, cell: oracle.params.cell, columns: grid[0].count,
            rows: grid.count)
        let surface = DensitySurface(raster: raster, values: Array(grid.joined()), kernel: .gaussian, bandwidth: 1)
        for (key, expected) in oracle.expected {
            let percent = try #require(Double(key))
            let level = try #require(try surface.volumeLevels([percent]).first)
            #expect(isClose(level.level, expected.level))
            #expect(level.cells == expected.cells)
            let region = try surface.region(above: expected.contour_level)
            #expect(isClose(region.area, expected.polygon_area))
            #expect(isClose(region.lineLength, expected.line_length))
            #expect(region.polygons.count == expected.polygons)
        }
    }

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
