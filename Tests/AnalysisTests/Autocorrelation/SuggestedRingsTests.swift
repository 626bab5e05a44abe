import Analysis
import GeoCore
import TestSupport
import Testing

struct SuggestedRingsTests {
    private func cells(_ grid: Grid, size: Double = 250) throws -> CellSet {
        try CellSet(
            grid.cells(covering: BoundingBox(minX: 0, minY: 0, maxX: size, maxY: size)) { cell, _ in
                (cell.q &+ cell.r &* 3) % 19 != 0
            })
    }

    private func grids() throws -> [Grid] { [.hexagon(try HexagonGrid(width: 10)), .square(try SquareGrid(side: 10))] }

    @Test func scoresAreThoseOfWrittenOutWeights() throws {
        for grid in try grids() {
            let cells = try cells(grid, size: 150)
            var random = SeededGenerator(seed: 12)
            let values = (0..<cells.count).map { _ in Double.random(in: 0...3, using: &random) }
            let made = try cells.suggestedRings(values, grid: grid, limit: 4)
            let expected: [Double?] = try (1...4).map { rings in
                try globalMoran(values, weights: cells.contiguity(grid: grid, rings: rings))?.randomization?.z
            }
            #expect(agree(made.scores, expected, relative: 1e-9, absolute: 1e-10))
        }
    }

    @Test func findsTheReachOfPatches() throws {
        for grid in try grids() {
            let cells = try cells(grid)
            // Patches six cells wide with gaps as wide: clustering grows and then falls.
            let values = (0..<cells.count).map { place in
                let center = grid.center(of: cells[place])
                return Int(center.x / 60) % 2 == 0 && Int(center.y / 60) % 2 == 0 ? 9.0 : 0
            }
            let made = try cells.suggestedRings(values, grid: grid)
            #expect(made.rule == .firstPeak)
            let peak = try #require(made.scores[made.rings - 1])
            #expect(peak > (try #require(made.scores[made.rings - 2])))
            #expect(peak > (try #require(made.scores[made.rings])))
        }
    }

    @Test func fallsBackToEightNeighbors() throws {
        for (grid, rings) in zip(try grids(), [2, 1]) {
            let cells = try cells(grid)
            let constant = try cells.suggestedRings(Array(repeating: 1, count: cells.count), grid: grid)
            #expect(constant == SuggestedRings(rings: rings, rule: .eightNeighbors, scores: [nil, nil, nil, nil, nil]))
            // A slope: the score rises with every ring.
            let slope = try cells.suggestedRings(
                (0..<cells.count).map { grid.center(of: cells[$0]).x }, grid: grid)
            #expect(slope.rule == .eightNeighbors && slope.rings == rings)
        }
    }

    @Test func refusesWhatItCanNotTry() throws {
        let grid = try grids()[0]
        let cells = try cells(grid)
        #expect(throws: AnalysisError.self) { try cells.suggestedRings([1], grid: grid) }
        #expect(throws: AnalysisError.self) {
            try cells.suggestedRings(Array(repeating: 1, count: cells.count), grid: grid, limit: 0)
        }
    }
}

/// What is followed change by change is what is added up anew.
struct RingProductsTests {
    private func cells(_ grid: Grid) throws -> CellSet {
        try CellSet(
            grid.cells(covering: BoundingBox(minX: 0, minY: 0, maxX: 160, maxY: 140)) { cell, _ in
                (cell.q &+ cell.r &* 3) % 19 != 0
            })
    }

    private func grids() throws -> [Grid] {
        [
            .hexagon(try HexagonGrid(width: 10)), .hexagon(try HexagonGrid(width: 10, orientation: .pointyTop)),
            .square(try SquareGrid(side: 10)),
        ]
    }

    @Test func scoresOfCountsAreThoseOfWrittenOutWeights() throws {
        for grid in try grids() {
            let cells = try cells(grid)
            var random = SeededGenerator(seed: 2)
            let values = (0..<cells.count).map { _ in Double(Int.random(in: 0...40, using: &random)) + 1e5 }
            let made = try #require(try RingProducts(values, cells, grid: grid, limit: 4)).scores
            let expected: [Double?] = try (1...4).map { rings in
                try globalMoran(values, weights: cells.contiguity(grid: grid, rings: rings))?.randomization?.z
            }
            #expect(agree(made, expected, relative: 1e-9, absolute: 1e-10))
            #expect(try cells.suggestedRings(values, grid: grid, limit: 4).scores == made)
        }
    }

    @Test func followsChangesToTheBit() throws {
        for (number, grid) in try grids().enumerated() {
            let cells = try cells(grid)
            var random = SeededGenerator(seed: UInt64(number))
            var values = [Double](repeating: 0, count: cells.count)
            var kept = try #require(try RingProducts(values, cells, grid: grid))
            for round in 0..<60 {
                for _ in 0..<(round % 4) {
                    values[Int.random(in: values.indices, using: &random)] = Double(
                        Int.random(in: 0...9, using: &random))
                }
                let hasFollowed = kept.follow(values)
                #expect(hasFollowed)
                let anew = try #require(try RingProducts(values, cells, grid: grid))
                #expect(kept.scores.map { $0?.bitPattern } == anew.scores.map { $0?.bitPattern })
            }
        }
    }

    @Test func leavesToOthersWhatItCannotAddUpExactly() throws {
        let grid = try grids()[0]
        let cells = try cells(grid)
        var values = [Double](repeating: 1, count: cells.count)
        var kept = try #require(try RingProducts(values, cells, grid: grid))
        for odd in [0.5, -1, 4e7] {
            values[3] = odd
            #expect(try RingProducts(values, cells, grid: grid)?.limit == nil)
            let hasFollowed = kept.follow(values)
            #expect(!hasFollowed)
        }
        for others in [[1], [Double](repeating: 2, count: cells.count)] {
            let hasFollowed = kept.follow(others)
            #expect(!hasFollowed)
        }
        #expect(throws: AnalysisError.self) { try RingProducts([1], cells, grid: grid) }
        #expect(throws: AnalysisError.self) { try RingProducts(values, cells, grid: grid, limit: 17) }
    }
}
