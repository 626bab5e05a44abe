import Analysis
import GeoCore
import Testing

struct PolygonContiguityTests {
    @Test func hexagonsTouchByTheirSharedCorners() throws {
        let grid = Grid.hexagon(try HexagonGrid(edge: 7, origin: Position(0.3, 0.7)))
        let cells = try CellSet(grid.cells(covering: BoundingBox(minX: 0, minY: 0, maxX: 60, maxY: 50)))
        let areas = (0..<cells.count).map { [grid.ring(of: cells[$0])] }
        let byIndex = try cells.contiguity(grid: grid)
        for rule in [Contiguity.queen, .rook] { #expect(SpatialWeights(areas: areas, rule: rule) == byIndex) }
    }
}
