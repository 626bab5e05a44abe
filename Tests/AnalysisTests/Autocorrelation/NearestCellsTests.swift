import Analysis
import GeoCore
import TestSupport
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

    /// Sets in which most cells have far fewer cells around them than they have neighbours.
    enum Thin: String, CaseIterable, CustomTestStringConvertible {
        case row, column, diagonal, corner, twoRows, scattered, farGroups

        var testDescription: String { rawValue }

        func cells() -> [CellIndex] {
            var chance = SeededGenerator(seed: 5)
            func index(_ q: Int, _ r: Int) -> CellIndex { CellIndex(q: Int32(q) - 40, r: Int32(r) + 70) }
            return switch self {
            case .row: (0..<150).map { index($0, 0) }
            case .column: (0..<150).map { index(0, $0) }
            case .diagonal: (0..<150).map { index($0, -$0) }
            case .corner: (0..<90).map { index($0, 0) } + (1..<90).map { index(0, $0) }
            case .twoRows: (0..<160).map { index($0 / 2, $0 % 2 * 3) }
            case .scattered:
                (0..<160).map { _ in index(Int(chance.next() % 300), Int(chance.next() % 300)) }
            case .farGroups: (0..<150).map { index($0 / 50 * 400 + $0 % 5, $0 / 50 * 70 + $0 % 50 / 5) }
            }
        }
    }

    @Test(arguments: Thin.allCases, [1, 7, 40, 120]) func thinSetsHaveTheSameNeighbours(_ thin: Thin, _ k: Int) throws {
        let cells = try CellSet(thin.cells())
        for isHexagon in [true, false] {
            let grid = isHexagon ? Grid.hexagon(try HexagonGrid(width: 200)) : .square(try SquareGrid(side: 200))
            let weights = try SpatialWeights.nearest(k, of: cells, grid: grid)
            for place in stride(from: 0, to: cells.count, by: 7) {
                let row = Array(weights.neighbors[weights.offsets[place]..<weights.offsets[place + 1]])
                #expect(row == Self.expected(k, place, cells, isHexagon: isHexagon))
            }
        }
    }

    @Test func aLongCorridorHasItsNearestOnBothSides() throws {
        let grid = Grid.square(try SquareGrid(side: 200))
        let cells = try CellSet((0..<40_000).map { CellIndex(q: $0, r: 0) })
        let weights = try SpatialWeights.nearest(60, of: cells, grid: grid)
        for place in [0, 29, 30, 20_000, 39_999] {
            let row = Array(weights.neighbors[weights.offsets[place]..<weights.offsets[place + 1]])
            let first = min(max(0, place - 30), 40_000 - 61)
            #expect(row == (first..<first + 61).filter { $0 != place }.map { Int32($0) })
        }
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
