import Analysis
import GeoCore
import TestSupport
import Testing

struct GridAggregationTests {
    @Test(arguments: [true, false])
    func keepsEmptyCellsAndReportsPointsOutside(isHexagon: Bool) throws {
        let grid: Grid = isHexagon ? .hexagon(try HexagonGrid(width: 100)) : .square(try SquareGrid(side: 100))
        let box = BoundingBox(minX: 0, minY: 0, maxX: 1000, maxY: 1000)
        let cells = try CellSet(grid.cells(covering: box) { _, center in box.contains(x: center.x, y: center.y) })
        var points = Points()
        points.append(x: 500, y: 500, weight: 2)
        points.append(x: 500, y: 500, weight: 3)
        points.append(x: 5000, y: 500)
        points.append(x: .nan, y: 500)
        let counted = try GridAggregation(points, grid: grid, cells: cells)
        #expect(counted.count.count == cells.count)
        #expect(counted.count.reduce(0, +) == 2)
        #expect(counted.outside == 2)
        let cell = try #require(grid.cell(x: 500, y: 500))
        let place = try #require(cells.place(of: cell))
        #expect(counted.weight[place] == 5)
        #expect(counted.count.filter { $0 == 0 }.count == cells.count - 1)
    }

    @Test func countsSquaresHalfOpen() throws {
        let grid = try SquareGrid(side: 10)
        #expect(grid.cell(x: 0, y: 0) == CellIndex(q: 0, r: 0))
        #expect(grid.cell(x: 10, y: 9.999) == CellIndex(q: 1, r: 0))
        #expect(grid.cell(x: -0.001, y: -10) == CellIndex(q: -1, r: -1))
    }

    @Test func linesAreSpreadAndPointsStay() throws {
        let grid = Grid.square(try SquareGrid(side: 10))
        let cells = try CellSet((0..<3).map { CellIndex(q: $0, r: 0) })
        let points = Points(x: [5, 15, 25], y: [5, 5, 5], weight: [1, 4, 1])
        let plain = try GridAggregation(points, grid: grid, cells: cells)
        let line = Geometry.lineString([Position(5, 5), Position(45, 5)])
        let spread = try plain.apportioning([(row: 1, geometry: line)], of: points)
        #expect(spread.counts.count == [1, 1, 1])
        #expect(zip(spread.counts.weight, [1.5, 1, 2]).allSatisfy { isClose($0, $1) })
        #expect(isClose(spread.outside, 1.5))
        let touching = try plain.apportioning([(row: 1, geometry: line)], of: points, isTouching: true)
        #expect(touching.counts.weight == [5, 4, 5])
        #expect(touching.outside == 8)
    }

    @Test(arguments: [true, false])
    func pointsThatGoAndComeAreCountedAsIfAllWereCountedAnew(isHexagon: Bool) throws {
        let grid: Grid = isHexagon ? .hexagon(try HexagonGrid(width: 100)) : .square(try SquareGrid(side: 100))
        let box = BoundingBox(minX: 0, minY: 0, maxX: 1000, maxY: 1000)
        let cells = try CellSet(grid.cells(covering: box) { _, center in box.contains(x: center.x, y: center.y) })
        var state: UInt64 = 1
        // On a raster, so that many lie on the edges of cells, and some outside.
        func ordinate() -> Double {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Double(state >> 33 & 0xFF) * 5 - 100
        }
        var positions = (0..<500).map { _ in Position(ordinate(), ordinate()) }
        func counted() throws -> GridAggregation {
            try GridAggregation(Points(x: positions.map(\.x), y: positions.map(\.y)), grid: grid, cells: cells)
        }
        var followed = try counted()
        for _ in 0..<50 {
            let gone = Array(positions.prefix(7))
            let come = (0..<9).map { _ in Position(ordinate(), ordinate()) } + [Position(.nan, 5)]
            positions.removeFirst(7)
            positions += come
            followed.move(from: gone, to: come)
            let anew = try counted()
            #expect(followed.count == anew.count)
            #expect(followed.weight == anew.weight)
            #expect(followed.outside == anew.outside)
        }
    }
}
