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

    /// Three squares in a row whose common corners lie 0.3 m apart, up to a fourth at 2 m.
    @Test func joinsCornersWithinTheTolerance() {
        func square(_ x: Double, _ y: Double = 0) -> [[Position]] {
            [[(0.0, 0.0), (10, 0), (10, 10), (0, 10), (0, 0)].map { Position(x + $0.0, y + $0.1) }]
        }
        let areas = [square(0), square(10.3), square(20.3, 0.3), square(32.3)]
        func neighbours(_ snap: Double, _ rule: Contiguity = .queen) -> [[Int]] {
            let weights = SpatialWeights(areas: areas, rule: rule, snap: snap)
            return (0..<4).map { weights.neighbors[weights.offsets[$0]..<weights.offsets[$0 + 1]].map(Int.init) }
        }
        #expect(neighbours(0) == [[], [], [], []])
        #expect(neighbours(0.31) == [[1], [0, 2], [1], []])
        #expect(neighbours(0.31, .rook) == [[1], [0, 2], [1], []])
        #expect(neighbours(2.5) == [[1], [0, 2], [1, 3], [2]])
    }
}
