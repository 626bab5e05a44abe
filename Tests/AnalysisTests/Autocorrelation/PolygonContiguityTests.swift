import Analysis
import GeoCore
import TestSupport
import Testing

struct PolygonContiguityTests {
    struct Area: Decodable { let coordinates: [[[Double]]] }
    struct Input: Decodable { let geometries: [Area] }
    struct Rows: Decodable {
        let indptr: [Int]
        let indices: [Int32]
    }
    struct Expected: Decodable {
        let queen: Rows
        let rook: Rows
    }

    @Test(.enabled(if: SharedMaterial.isPresent, "needs the reference cases"))
    func equalsTheReference() throws {
        let oracle = try OracleCase<NoParameters, Input, Expected>.load("contiguity-columbus")
        let areas = oracle.input.geometries.map { $0.coordinates.map { $0.map { Position($0[0], $0[1]) } } }
        for (rule, expected) in [(Contiguity.queen, oracle.expected.queen), (.rook, oracle.expected.rook)] {
            let made = SpatialWeights(areas: areas, rule: rule)
            #expect(made.offsets == expected.indptr)
            #expect(made.neighbors == expected.indices)
        }
    }

    @Test func hexagonsTouchByTheirSharedCorners() throws {
        let grid = Grid.hexagon(try HexagonGrid(edge: 7, origin: Position(0.3, 0.7)))
        let cells = try CellSet(grid.cells(covering: BoundingBox(minX: 0, minY: 0, maxX: 60, maxY: 50)))
        let areas = (0..<cells.count).map { [grid.ring(of: cells[$0])] }
        let byIndex = try cells.contiguity(grid: grid)
        for rule in [Contiguity.queen, .rook] { #expect(SpatialWeights(areas: areas, rule: rule) == byIndex) }
    }
}
