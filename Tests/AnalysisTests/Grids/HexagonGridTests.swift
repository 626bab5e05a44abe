import Analysis
import GeoCore
import TestSupport
import Testing

struct HexagonGridTests {
    @Test(arguments: [HexagonGrid.Orientation.flatTop, .pointyTop])
    func sharesCornersBitForBit(orientation: HexagonGrid.Orientation) throws {
        let grid = try HexagonGrid(edge: 37.3, orientation: orientation, origin: Position(1.1, -2.7))
        let cell = CellIndex(q: 7529, r: 64707)
        let corners = Set(grid.ring(of: cell))
        #expect(corners.count == 6)
        for neighbor in grid.neighbors(of: cell) {
            #expect(corners.intersection(grid.ring(of: neighbor)).count == 2)
        }
        let ring = grid.ring(of: cell)
        let twice = zip(ring, ring.dropFirst()).reduce(0) { sum, edge in
            sum + (edge.0.x - ring[0].x) * (edge.1.y - ring[0].y) - (edge.1.x - ring[0].x) * (edge.0.y - ring[0].y)
        }
        #expect(isClose(twice / 2, grid.area, relative: 1e-6))
    }

    @Test(arguments: [HexagonGrid.Orientation.flatTop, .pointyTop])
    func findsTheNearestCentre(orientation: HexagonGrid.Orientation) throws {
        let grid = try HexagonGrid(edge: 2, orientation: orientation)
        var random = SeededGenerator(seed: 7)
        for _ in 0..<500 {
            let (x, y) = (Double.random(in: -50...50, using: &random), Double.random(in: -50...50, using: &random))
            let cell = try #require(grid.cell(x: x, y: y))
            func distance(_ cell: CellIndex) -> Double {
                let center = grid.center(of: cell)
                return (center.x - x) * (center.x - x) + (center.y - y) * (center.y - y)
            }
            #expect(grid.neighbors(of: cell).allSatisfy { distance($0) >= distance(cell) - 1e-9 })
        }
    }

    @Test func givesPointsOnEdgesToTheSmallestCell() throws {
        let grid = try HexagonGrid(edge: 1)
        #expect(grid.cell(x: 0, y: 3.0.squareRoot() / 2) == CellIndex(q: 0, r: 0))
        #expect(grid.cell(x: 0, y: -(3.0.squareRoot()) / 2) == CellIndex(q: 0, r: -1))
        #expect(grid.cell(x: 1, y: 0) == CellIndex(q: 0, r: 0))
        #expect(grid.cell(x: -1, y: 0) == CellIndex(q: -1, r: 0))
    }

    @Test func refusesPositionsWithoutAnIndex() throws {
        let grid = try HexagonGrid(edge: 1)
        #expect(grid.cell(x: .nan, y: 0) == nil)
        #expect(grid.cell(x: .infinity, y: 0) == nil)
        #expect(grid.cell(x: 1e300, y: 0) == nil)
        #expect(throws: AnalysisError.self) { try HexagonGrid(edge: 0) }
        #expect(throws: AnalysisError.self) { try HexagonGrid(edge: .nan) }
    }

    @Test(arguments: [HexagonGrid.Orientation.flatTop, .pointyTop])
    func coversABoxWithEveryCellThatTouchesIt(orientation: HexagonGrid.Orientation) throws {
        let grid = try HexagonGrid(width: 10, orientation: orientation)
        let box = BoundingBox(minX: 1003, minY: -2010, maxX: 1100, maxY: -1950)
        let cells = try grid.cells(covering: box)
        #expect(cells == cells.sorted())
        let set = Set(cells)
        var random = SeededGenerator(seed: 3)
        for _ in 0..<2000 {
            let x = Double.random(in: box.minX...box.maxX, using: &random)
            let y = Double.random(in: box.minY...box.maxY, using: &random)
            let cell = try #require(grid.cell(x: x, y: y))
            #expect(set.contains(cell))
        }
        let expected = (box.width + 10) * (box.height + 10) / grid.area
        #expect(Double(cells.count) < expected * 1.15)
    }

    @Test func refusesTooManyCells() throws {
        let grid = try HexagonGrid(edge: 1)
        let error = #expect(throws: AnalysisError.self) {
            try grid.cells(covering: BoundingBox(minX: 0, minY: 0, maxX: 1e6, maxY: 1e6))
        }
        #expect(error?.code == .tooManyCells)
    }
}
