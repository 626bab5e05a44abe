import Analysis
import GeoCore
import TestSupport
import Testing

struct GetisOrdTests {
    @Test(arguments: [1, 2, 3], [LocalG.Variant.g, .gStar])
    func gridPathEqualsWrittenOutWeights(rings: Int, variant: LocalG.Variant) throws {
        for grid in [Grid.hexagon(try HexagonGrid(width: 10)), .square(try SquareGrid(side: 10))] {
            let box = BoundingBox(minX: 0, minY: 0, maxX: 150, maxY: 120)
            let cells = try CellSet(grid.cells(covering: box) { cell, _ in (cell.q &+ cell.r &* 3) % 11 != 0 })
            var random = SeededGenerator(seed: 11)
            let values = (0..<cells.count).map { _ in Double(Int.random(in: 0...9, using: &random)) }
            let weights = try cells.contiguity(grid: grid, rings: rings)
            let expected =
                try variant == .g ? getisOrdG(values, weights: weights) : getisOrdGStar(values, weights: weights)
            let made = try cells.getisOrd(values, grid: grid, rings: rings, variant: variant)
            #expect(agree(made.z, expected.z, relative: 1e-12))
        }
    }

    @Test(arguments: [LocalG.Variant.g, .gStar])
    func gridPathHoldsWithHolesFarValuesAndManyCells(variant: LocalG.Variant) throws {
        let grid = Grid.hexagon(try HexagonGrid(width: 10))
        // A ring of cells: columns of one stretch, of two, and of none.
        let cells = try CellSet(
            (Int32(0)..<190).flatMap { q in (Int32(0)..<110).map { CellIndex(q: q, r: $0) } }
                .filter { !(80..<100).contains($0.q) || !(20..<60).contains($0.r) }.filter { $0.q != 150 })
        var random = SeededGenerator(seed: 5)
        let values = (0..<cells.count).map { _ in 1e9 + Double.random(in: 0...9, using: &random) }
        let weights = try cells.contiguity(grid: grid)
        let expected =
            try variant == .g ? getisOrdG(values, weights: weights) : getisOrdGStar(values, weights: weights)
        let made = try cells.getisOrd(values, grid: grid, variant: variant)
        #expect(cells.count > 16_384)
        #expect(agree(made.z, expected.z, relative: 1e-12) && agree(made.p, expected.p))
    }

    @Test func equalValuesHaveNoScores() throws {
        let grid = Grid.hexagon(try HexagonGrid(width: 10))
        let cells = try CellSet([CellIndex(q: 0, r: 0), CellIndex(q: 0, r: 1), CellIndex(q: 1, r: 0)])
        #expect(try cells.getisOrd([0.1, 0.1, 0.1], grid: grid).z == [nil, nil, nil])
        #expect(try CellSet([]).getisOrd([], grid: grid).z.isEmpty)
        #expect(throws: AnalysisError.self) { try cells.getisOrd([1, .nan, 2], grid: grid) }
        #expect(throws: AnalysisError.self) { try cells.getisOrd([.infinity, 1, 2], grid: grid) }
    }

    @Test func leavesMissingPlacesOut() throws {
        let weights = try SpatialWeights(offsets: [0, 1, 3, 5, 6], neighbors: [1, 0, 2, 1, 3, 2])
        let made = try getisOrdGStar([1, 5, nil, 2], weights: weights)
        let without = try getisOrdGStar(
            [1, 5, 2], weights: try SpatialWeights(offsets: [0, 1, 2, 2], neighbors: [1, 0]))
        #expect(made.missing == 1)
        #expect(made.z == [without.z[0], without.z[1], nil, without.z[2]])
    }

    @Test func refusesColumnsThatDoNotFit() throws {
        #expect(throws: AnalysisError.self) { try SpatialWeights(offsets: [0, 1], neighbors: [7]) }
        let weights = try SpatialWeights(offsets: [0, 0], neighbors: [])
        #expect(throws: AnalysisError.self) { try getisOrdG([1, 2], weights: weights) }
        #expect(throws: AnalysisError.self) { try getisOrdG([.nan], weights: weights) }
        #expect(try getisOrdG([1], weights: weights).z == [nil])
    }
}
