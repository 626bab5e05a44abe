import Analysis
import GeoCore
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
