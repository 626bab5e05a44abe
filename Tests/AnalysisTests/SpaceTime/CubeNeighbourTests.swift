import Analysis
import GeoCore
import Testing

/// The bins around a bin of a space-time cube.
struct CubeNeighbourTests {
    private static func cube() throws -> SpaceTimeCube {
        var cells: [CellIndex] = []
        for q in Int32(0)..<5 { for r in Int32(0)..<5 { cells.append(CellIndex(q: q, r: r)) } }
        return try SpaceTimeCube(
            Points(), grid: .square(try SquareGrid(side: 100)), cells: CellSet(cells), borders: [0, 10, 20, 30])
    }

    private static func row(_ bin: Int, _ weights: SpatialWeights) -> [Int] {
        weights.neighbors[weights.offsets[bin]..<weights.offsets[bin + 1]].map(Int.init).sorted()
    }

    @Test func areThoseOfTheSameStepAndTheOnesBefore() throws {
        let weights = try Self.cube().neighbors(rings: 1, previousSteps: 1)
        #expect(weights.count == 75)
        let around = [6, 7, 8, 11, 13, 16, 17, 18]
        #expect(Self.row(12, weights) == around)
        #expect(Self.row(25 + 12, weights) == (around + [12] + around.map { $0 + 25 }).sorted())
        #expect(Self.row(50 + 12, weights) == (around + [12] + around.map { $0 + 25 }).map { $0 + 25 }.sorted())
    }

    @Test func withoutStepsBeforeAreThoseOfTheSameAlone() throws {
        let weights = try Self.cube().neighbors(rings: 1, previousSteps: 0)
        #expect(Self.row(50, weights) == [51, 55, 56])
    }

    @Test func probabilitiesOfOthersDecide() throws {
        let cube = try Self.cube()
        #expect(throws: AnalysisError.self) { try cube.emergingHotspots(probabilities: [0.5]) }
    }

    /// Three in two of four places: of four throws of a coin two pairs of sides hold three or more and one or none.
    @Test func whatIsPutAnywhereIsCounted() throws {
        let weights = try SpatialWeights(offsets: [0, 1, 2, 3, 4], neighbors: [1, 0, 3, 2])
        let even = try #require(try RandomPlacement([2, 1, 1, 0], exposure: [1, 1, 1, 1], weights: weights))
        #expect(zip(even.twoSided, [0.625, 0.625, 0.625, 0.625]).allSatisfy { abs($0 - $1) < 1e-12 })
        // A place that is three quarters of all holds all four with (3/4)⁴.
        let uneven = try #require(
            try RandomPlacement(
                [4, 0], exposure: [3, 1], weights: SpatialWeights(offsets: [0, 0, 0], neighbors: [])))
        #expect(zip(uneven.twoSided, [0.6328125, 0.6328125]).allSatisfy { abs($0 - $1) < 1e-12 })
        // Three quarters of eight hundred are what is expected there, and nothing to be told as zero.
        let expected = try RandomPlacement(
            [600, 200], exposure: [3, 1], weights: SpatialWeights(offsets: [0, 0, 0], neighbors: []))
        #expect(expected == nil)
        let many = try RandomPlacement(
            [2_000, 0], exposure: [1, 1], weights: SpatialWeights(offsets: [0, 0, 0], neighbors: []))
        #expect(many == nil)
    }
}
