import Analysis
import GeoCore
import TestSupport
import Testing

struct CellShareTests {
    private static func grid() throws -> Grid { .square(try SquareGrid(side: 10)) }

    @Test func dividesALineByItsLength() throws {
        let shares = try Self.grid().shares(of: .lineString([Position(5, 5), Position(25, 5)]))
        #expect(shares.map(\.cell) == [0, 1, 2].map { CellIndex(q: $0, r: 0) })
        #expect(zip(shares, [0.25, 0.5, 0.25]).allSatisfy { isClose($0.share, $1) })
    }

    @Test func givesALineOnAnEdgeToOneSide() throws {
        let shares = try Self.grid().shares(of: .lineString([Position(10, 0), Position(10, 20)]))
        #expect(shares.map(\.cell) == [CellIndex(q: 1, r: 0), CellIndex(q: 1, r: 1)])
    }

    @Test func dividesAPolygonWithAHole() throws {
        func ring(_ low: Double, _ high: Double) -> [Position] {
            BoundingBox(minX: low, minY: low, maxX: high, maxY: high).ring
        }
        // 16 × 16 without 8 × 8 about the corner of four cells.
        let shares = try Self.grid().shares(of: .polygon([ring(2, 18), ring(6, 14)]))
        #expect(shares.count == 4)
        #expect(shares.allSatisfy { isClose($0.share, 0.25) })
    }

    @Test(arguments: [true, false])
    func sumsUpToOneForAnyShape(isFlat: Bool) throws {
        let grid = Grid.hexagon(try HexagonGrid(width: 7, orientation: isFlat ? .flatTop : .pointyTop))
        var random = SeededGenerator(seed: 8)
        for _ in 0..<10 {
            let line = (0..<6).map { _ in
                Position(Double.random(in: 0...60, using: &random), Double.random(in: 0...60, using: &random))
            }
            #expect(isClose(try grid.shares(of: .lineString(line)).map(\.share).reduce(0, +), 1))
            let triangle = Geometry.polygon([[line[0], line[1], line[2], line[0]]])
            #expect(isClose(try grid.shares(of: triangle).map(\.share).reduce(0, +), 1))
        }
    }

    @Test func polygonSharesAreThoseOfRandomPoints() throws {
        let grid = Grid.hexagon(try HexagonGrid(width: 30))
        let shares = try grid.shares(
            of: .polygon([BoundingBox(minX: 3, minY: 4, maxX: 90, maxY: 60).ring]))
        var random = SeededGenerator(seed: 9)
        var counts: [CellIndex: Int] = [:]
        for _ in 0..<20_000 {
            let (x, y) = (Double.random(in: 3...90, using: &random), Double.random(in: 4...60, using: &random))
            if let cell = grid.cell(x: x, y: y) { counts[cell, default: 0] += 1 }
        }
        for share in shares { #expect(abs(Double(counts[share.cell] ?? 0) / 20_000 - share.share) < 0.015) }
    }

    @Test func fallsBackToWhatAShapeIs() throws {
        let point = try Self.grid().shares(of: .lineString([Position(12, 3), Position(12, 3)]))
        #expect(point == [CellShare(cell: CellIndex(q: 1, r: 0), share: 1)])
        let line = try Self.grid().shares(of: .polygon([[Position(0, 5), Position(20, 5), Position(0, 5)]]))
        #expect(line.count == 2 && isClose(line[0].share, 0.5))
        #expect(try Self.grid().shares(of: .geometryCollection([])).isEmpty)
        #expect(throws: AnalysisError.self) { try Self.grid().shares(of: .point(Position(.nan, 0))) }
        #expect(throws: AnalysisError.self) {
            try Self.grid().shares(of: .lineString([Position(0, 0), Position(1e9, 0)]))
        }
    }

    @Test func spreadsWholeWeights() throws {
        let cells = try Self.grid().apportioned(
            [.lineString([Position(5, 5), Position(15, 5)]), .point(Position(1, 1))], weights: [4, 3])
        #expect(cells.map(\.cell) == [CellIndex(q: 0, r: 0), CellIndex(q: 1, r: 0)])
        #expect(isClose(cells[0].weight, 5) && isClose(cells[1].weight, 2))
    }
}
