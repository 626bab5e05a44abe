import Analysis
import GeoCore
import Testing

/// The nearest cells, compared in whole numbers.
struct NearestCellsTests {
    private static let far = Position(560_000, 5_930_000)

    private static func cells(_ grid: Grid, _ isIn: (Int32, Int32) -> Bool) throws -> CellSet {
        let middle = try #require(grid.cell(x: far.x, y: far.y))
        var cells: [CellIndex] = []
        for q in Int32(-12)...12 {
            for r in Int32(-12)...12 where isIn(q, r) { cells.append(CellIndex(q: middle.q + q, r: middle.r + r)) }
        }
        return try CellSet(cells)
    }

    /// The rule by brute force: distance in whole numbers, then index.
    private static func expected(_ k: Int, _ place: Int, _ cells: CellSet, isHexagon: Bool) -> [Int32] {
        let ranked = (0..<cells.count).filter { $0 != place }.map { other in
            let (q, r) = (Int(cells.q[other] - cells.q[place]), Int(cells.r[other] - cells.r[place]))
            return (q * q + (isHexagon ? q * r : 0) + r * r, Int32(other))
        }
        return ranked.sorted { $0 < $1 }.prefix(k).map(\.1).sorted()
    }

    @Test(arguments: [1, 6, 7, 8, 18, 50, 200], [true, false])
    func tiesGoToTheSmallestIndexWhereverTheCellsLie(_ k: Int, _ isHexagon: Bool) throws {
        let grid = isHexagon ? Grid.hexagon(try HexagonGrid(width: 200)) : .square(try SquareGrid(side: 200))
        let cells = try Self.cells(grid) { q, r in (q + 2 * r) % 7 != 3 }
        let weights = try SpatialWeights.nearest(k, of: cells, grid: grid)
        for place in stride(from: 0, to: cells.count, by: 17) {
            let row = Array(weights.neighbors[weights.offsets[place]..<weights.offsets[place + 1]])
            #expect(row == Self.expected(k, place, cells, isHexagon: isHexagon))
        }
    }

    @Test func cellsFarFromAllOthersHaveNeighboursToo() throws {
        let grid = Grid.hexagon(try HexagonGrid(width: 200))
        let cells = try Self.cells(grid) { q, r in r == 0 && (q == -12 || q >= 9) }
        let weights = try SpatialWeights.nearest(3, of: cells, grid: grid)
        #expect(Array(weights.neighbors[0..<3]) == [1, 2, 3])
        #expect(Array(weights.neighbors[weights.offsets[1]..<weights.offsets[2]]) == [2, 3, 4])
    }

    @Test func refusesMoreThanThereAre() throws {
        let grid = Grid.square(try SquareGrid(side: 100))
        let cells = try CellSet([CellIndex(q: 0, r: 0), CellIndex(q: 0, r: 1)])
        #expect(throws: AnalysisError.self) { try SpatialWeights.nearest(2, of: cells, grid: grid) }
        #expect(throws: AnalysisError.self) { try SpatialWeights.nearest(0, of: cells, grid: grid) }
    }

    @Test func countsCellsWithoutNeighbours() throws {
        let grid = Grid.hexagon(try HexagonGrid(width: 100))
        let cells = try CellSet([CellIndex(q: 0, r: 0), CellIndex(q: 0, r: 1), CellIndex(q: 2, r: 2)])
        #expect(cells.islandCount(grid: grid, rings: 1) == 1)
        #expect(cells.islandCount(grid: grid, rings: 3) == 0)
    }
}
