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

    /// Two of the four values drawn of six are counted by hand.
    @Test func sumsWithThePlaceItselfAreCountedOverAllValues() throws {
        let weights = try SpatialWeights(offsets: [0, 1, 2, 3, 4], neighbors: [1, 0, 3, 2])
        let exact = try #require(try ExactLag(withSelf: [3, 2, 0, 0], weights: weights))
        // Of the pairs 5, 3, 3, 2, 2 and 0, one is at least 5 and all are at most that.
        let (sixth, third) = (1.0 / 6, 1.0 / 3)
        let (greater, less): ([Double?], [Double?]) = ([sixth, sixth, 1, 1], [1, 1, sixth, sixth])
        let twoSided: [Double?] = [third, third, third, third]
        #expect(exact.greater == greater)
        #expect(exact.less == less)
        #expect(exact.twoSided == twoSided)
    }
}
