import Analysis
import GeoCore
import TestSupport
import Testing

struct SpaceTimeCubeTests {
    private static let day: Int64 = 86_400_000

    /// Squares of 10 m with `steps` days; the corner gets more and more.
    private func cube(steps: Int) throws -> SpaceTimeCube {
        let grid = Grid.square(try SquareGrid(side: 10))
        let cells = try CellSet((0..<8).flatMap { q in (0..<8).map { CellIndex(q: q, r: $0) } })
        var random = SeededGenerator(seed: 1)
        var points = Points()
        for step in 0..<steps {
            for _ in 0..<64 {
                points.append(
                    x: Double.random(in: 0..<80, using: &random), y: Double.random(in: 0..<80, using: &random),
                    time: Int64(step + 1) * Self.day)
            }
            for _ in 0..<20 + 4 * step {
                points.append(
                    x: Double.random(in: 0..<20, using: &random), y: Double.random(in: 0..<20, using: &random),
                    time: Int64(step + 1) * Self.day)
            }
        }
        return try SpaceTimeCube(
            points, grid: grid, cells: cells, borders: (0...steps).map { Int64($0) * Self.day })
    }

    @Test func scoresAreThoseOfGiStarOverTheWholeCube() throws {
        let cube = try cube(steps: 4)
        let count = cube.cells.count
        let made = try cube.emergingHotspots()
        let flat = try cube.cells.contiguity(grid: cube.grid)
        var (offsets, neighbors): ([Int], [Int32]) = ([0], [])
        for step in 0..<4 {
            for place in 0..<count {
                for layer in max(0, step - 1)...step {
                    neighbors.append(Int32(layer * count + place))
                    for entry in flat.offsets[place]..<flat.offsets[place + 1] {
                        neighbors.append(Int32(layer * count) + flat.neighbors[entry])
                    }
                }
                offsets.append(neighbors.count)
            }
        }
        let expected = try getisOrdGStar(
            cube.values, weights: SpatialWeights(offsets: offsets, neighbors: neighbors))
        #expect(agree(made.scores.map { $0.isNaN ? nil : $0 }, expected.z, relative: 1e-9, absolute: 1e-11))
        #expect(made.patterns == nil)
    }

    @Test func scoresOfASliceAreThoseOfGiStarInItAlone() throws {
        let cube = try cube(steps: 4)
        let count = cube.cells.count
        let made = try cube.emergingHotspots(previousSteps: 0, baseline: .slice)
        for step in 0..<4 {
            let range = step * count..<(step + 1) * count
            let expected = try cube.cells.getisOrd(Array(cube.values[range]), grid: cube.grid)
            #expect(
                agree(made.scores[range].map { $0.isNaN ? nil : $0 }, expected.z, relative: 1e-9, absolute: 1e-11))
        }
        // A cube whose steps only differ as a whole has nothing hot in any of them.
        #expect(made.scores != (try cube.emergingHotspots(previousSteps: 0)).scores)
    }

    @Test func scoresOfANeighbourhoodAreThoseOfItsStepsAlone() throws {
        let whole = try cube(steps: 4)
        let count = whole.cells.count
        let made = try whole.emergingHotspots(baseline: .neighbourhood)
        // The last of two steps, compared with both, is the last of a cube of these two.
        for step in 1..<4 {
            let values = Array(whole.values[(step - 1) * count..<(step + 1) * count])
            var points = Points()
            for bin in values.indices {
                let center = whole.grid.center(of: whole.cells[bin % count])
                points.append(
                    x: center.x, y: center.y, weight: values[bin], time: Int64(bin / count + 1) * Self.day)
            }
            let two = try SpaceTimeCube(
                points, grid: whole.grid, cells: whole.cells, borders: (0...2).map { Int64($0) * Self.day })
            let expected = try two.emergingHotspots()
            let (score, wanted) = (made.scores[step * count..<(step + 1) * count], expected.scores[count...])
            #expect(zip(score, wanted).allSatisfy { isClose($0, $1, relative: 1e-9, absolute: 1e-11) })
        }
    }

    @Test func findsAPlaceThatGetsHotter() throws {
        let made = try cube(steps: 12).emergingHotspots()
        let patterns = try #require(made.patterns)
        #expect(patterns[0].isHot)
        #expect(made.trends[0].trend() == 1)
        #expect(patterns[63].isHot == false)
        #expect(made.tests == 12 * 64)
    }

    @Test func lastStepEndsAtTheLatestAndAFirstPartIsLeftOut() throws {
        #expect(try SpaceTimeCube.borders(times: [3, 40, 100], length: 30) == [10, 40, 70, 100])
        let grid = Grid.square(try SquareGrid(side: 10))
        let cells = try CellSet([CellIndex(q: 0, r: 0)])
        let points = Points(x: [1, 2, 3, 90], y: [1, 1, 1, 1], time: [3, 40, 100, 100])
        let cube = try SpaceTimeCube(points, grid: grid, cells: cells, borders: [10, 40, 70, 100])
        #expect(cube.values == [1, 0, 1])
        #expect(cube.outsideTime == 1 && cube.outsideArea == 1)
    }

    @Test func refusesWhatMakesNoCube() throws {
        #expect(throws: AnalysisError.self) { try SpaceTimeCube.borders(times: [1, 2], length: 0) }
        #expect(throws: AnalysisError.self) { try SpaceTimeCube.borders(times: [1, 1_000_000], length: 1) }
        let cube = try cube(steps: 2)
        #expect(throws: AnalysisError.self) { try cube.emergingHotspots(previousSteps: -1) }
        #expect(throws: AnalysisError.self) { try cube.emergingHotspots(alpha: 1) }
    }
}
