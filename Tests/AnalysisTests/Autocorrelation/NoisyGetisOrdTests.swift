import Analysis
import GeoCore
import TestSupport
import Testing

/// Gi* of values to which noise was added.
struct NoisyGetisOrdTests {
    private let noise = 3.5

    private func cells() throws -> (cells: CellSet, grid: Grid, values: [Double]) {
        let grid = Grid.hexagon(try HexagonGrid(width: 10))
        let box = BoundingBox(minX: 0, minY: 0, maxX: 150, maxY: 120)
        let cells = try CellSet(grid.cells(covering: box) { cell, _ in (cell.q &+ cell.r &* 3) % 11 != 0 })
        var random = SeededGenerator(seed: 11)
        return (cells, grid, (0..<cells.count).map { _ in Double(Int.random(in: 0...9, using: &random)) })
    }

    /// The population variance of some values.
    private func variance(_ values: [Double]) -> Double {
        let mean = values.reduce(0, +) / Double(values.count)
        return values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
    }

    /// z = (Σ wx − W m) / √((v + s) (n S − W²) / (n − 1)): that without noise times √(v / (v + s)).
    @Test func theVarianceOfTheNoiseIsAddedToThatOfTheValues() throws {
        let (cells, grid, values) = try cells()
        let plain = try cells.getisOrd(values, grid: grid)
        let noisy = try cells.getisOrd(values, grid: grid, noiseVariance: noise)
        let factor = (variance(values) / (variance(values) + noise)).squareRoot()
        for place in values.indices {
            let (before, after) = (try #require(plain.z[place]), try #require(noisy.z[place]))
            #expect(isClose(after, before * factor), "\(place)")
            #expect(try #require(noisy.p[place]) >= #require(plain.p[place]))
        }
    }

    @Test func withoutThePlaceItselfItIsAddedToThatOfTheOthers() throws {
        let (cells, grid, values) = try cells()
        let plain = try cells.getisOrd(values, grid: grid, variant: .g)
        let noisy = try cells.getisOrd(values, grid: grid, variant: .g, noiseVariance: noise)
        for place in values.indices {
            var others = values
            others.remove(at: place)
            let factor = (variance(others) / (variance(others) + noise)).squareRoot()
            #expect(isClose(try #require(noisy.z[place]), try #require(plain.z[place]) * factor), "\(place)")
        }
    }

    @Test(arguments: [LocalG.Variant.g, .gStar])
    func allWaysOfWeighingAgree(_ variant: LocalG.Variant) async throws {
        let (cells, grid, values) = try cells()
        let weights = try cells.contiguity(grid: grid)
        let written =
            try variant == .g
            ? getisOrdG(values, weights: weights, noiseVariance: noise)
            : getisOrdGStar(values, weights: weights, noiseVariance: noise)
        let made = try cells.getisOrd(values, grid: grid, variant: variant, noiseVariance: noise)
        #expect(agree(made.z, written.z, relative: 1e-12))
        #expect(try await cells.parallelGetisOrd(values, grid: grid, variant: variant, noiseVariance: noise) == made)
    }

    @Test func noNoiseLeavesEveryBit() throws {
        let (cells, grid, values) = try cells()
        #expect(try cells.getisOrd(values, grid: grid, noiseVariance: 0) == cells.getisOrd(values, grid: grid))
    }

    @Test(arguments: [-1, Double.nan, .infinity])
    func refusesWhatIsNoVariance(_ value: Double) throws {
        let (cells, grid, values) = try cells()
        #expect(throws: AnalysisError.self) { try cells.getisOrd(values, grid: grid, noiseVariance: value) }
        let weights = try cells.contiguity(grid: grid)
        #expect(throws: AnalysisError.self) { try getisOrdG(values, weights: weights, noiseVariance: value) }
    }
}
