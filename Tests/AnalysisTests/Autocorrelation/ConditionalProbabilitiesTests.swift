import GeoCore
import TestSupport
import Testing

@testable import Analysis

struct ConditionalProbabilitiesTests {
    struct Input: Decodable {
        let y: [Double]
        let weights: OracleWeights
    }
    struct Expected: Decodable {
        struct Site: Decodable {
            let site: Int
            let p_lag_greater: Double
            let p_lag_less: Double
            let p_two_doubled: Double
        }
        let exact_conditional: [Site]
    }

    private func check(_ name: String, permutations: Int?) async throws -> ConditionalProbabilities.Engine {
        let oracle = try OracleCase<NoParameters, Input, Expected>.load("moran-\(name)")
        let made = try await conditionalProbabilities(
            oracle.input.y, weights: oracle.input.weights.makeWeights(), permutations: permutations)
        let twoSided = made.twoSided
        #expect(!oracle.expected.exact_conditional.isEmpty)
        for site in oracle.expected.exact_conditional {
            let pairs = [
                (made.greater[site.site], site.p_lag_greater), (made.less[site.site], site.p_lag_less),
                (twoSided[site.site], site.p_two_doubled),
            ]
            for (index, (value, expected)) in pairs.enumerated() {
                if let permutations {
                    // Twice the smaller of two noisy numbers has no such bound of its own.
                    if index == 2 { continue }
                    let m = Double(permutations)
                    let slack = 5 * (expected * (1 - expected) / m).squareRoot() + 1 / (m + 1)
                    #expect(isClose(try #require(value), expected, relative: 0, absolute: slack))
                } else {
                    #expect(isClose(try #require(value), expected))
                }
            }
        }
        return made.engine
    }

    @Test(.enabled(if: SharedMaterial.isPresent, "needs the reference cases"))
    func countsWholeNumbers() async throws {
        #expect(try await check("sids-counts", permutations: nil) == .counted)
        #expect(try await check("hex-counts", permutations: nil) == .counted)
    }

    @Test(.enabled(if: SharedMaterial.isPresent, "needs the reference cases"))
    func goesThroughFewChoices() async throws {
        #expect(try await check("columbus", permutations: nil) == .enumerated)
    }

    @Test(
        .enabled(if: SharedMaterial.isPresent, "needs the reference cases"),
        arguments: ["columbus", "sids-counts", "hex-counts"])
    func drawsComeNear(name: String) async throws {
        #expect(try await check(name, permutations: 999) == .drawn)
    }

    private func hexagons(_ seed: UInt64, isWhole: Bool) throws -> (values: [Double], weights: SpatialWeights) {
        let grid = Grid.hexagon(try HexagonGrid(width: 10))
        let cells = try CellSet(
            grid.cells(covering: BoundingBox(minX: 0, minY: 0, maxX: 300, maxY: 250)) { cell, _ in
                (cell.q &+ cell.r &* 3) % 17 != 0
            })
        var random = SeededGenerator(seed: seed)
        let values = (0..<cells.count).map { _ in
            isWhole ? Double(Int.random(in: 0...4, using: &random)) : Double.random(in: 0...1, using: &random)
        }
        return (values, try cells.contiguity(grid: grid))
    }

    @Test(arguments: [true, false])
    func sweepingCountsAsAddingUp(isWhole: Bool) async throws {
        let (values, weights) = try hexagons(5, isWhole: isWhole)
        let lags = try await ObservedLags(CompleteValues(values, weights))
        let draws = try await DrawTable.make(permutations: 600, size: 6, others: values.count - 1, seed: 9)
        let made = try await LagComparison(lags: lags, draws: draws).counts(Array(values.indices))
        for place in stride(from: 0, to: values.count, by: 7) {
            let observed = weights.neighbors[weights.offsets[place]..<weights.offsets[place + 1]]
                .reduce(0.0) { $0 + lags.values[Int($1)] }
            var (above, below) = (0, 0)
            for row in 0..<600 {
                var sum = 0.0
                for draw in 0..<lags.size(place) {
                    let entry = Int(draws.entries[row * 6 + draw])
                    sum += lags.values[entry < place ? entry : entry + 1]
                }
                if sum >= observed - 1e-11 { above += 1 }
                if sum <= observed + 1e-11 { below += 1 }
            }
            #expect(Int(made[place].above) == above)
            #expect(Int(made[place].below) == below)
        }
    }

    @Test func rowsOfTheTableAreDrawsWithoutReplacement() async throws {
        let table = try await DrawTable.make(permutations: 700, size: 5, others: 7, seed: 2)
        var seen = [Int](repeating: 0, count: 7)
        for row in 0..<700 {
            let entries = table.entries[row * 5..<row * 5 + 5]
            #expect(Set(entries).count == 5 && entries.allSatisfy { (0..<7).contains($0) })
            seen[Int(table.entries[row * 5 + 4])] += 1
        }
        #expect(seen.allSatisfy { abs($0 - 100) < 45 })
    }

    @Test func orderedSumsCountAsSorting() {
        var random = SeededGenerator(seed: 8)
        var numbers = (0..<2000).map { _ in Double(Int.random(in: 0...300, using: &random)) }
        var ordered = OrderedSums(numbers)
        for step in 0..<4000 {
            let place = Int.random(in: numbers.indices, using: &random)
            // Drift to one side, so that blocks run empty and others are split.
            let new = Double(Int.random(in: 0...300, using: &random) + step / 4)
            ordered.replace(numbers[place], by: new)
            numbers[place] = new
            guard step % 200 == 0 else { continue }
            for bound in [-1.0, 0, 77, 300, 800.5, 2000] {
                for width in [0, 0.5, 90] {
                    let made = ordered.counts(below: bound, atMost: bound + width)
                    #expect(made.below == numbers.count { $0 < bound })
                    #expect(made.atMost == numbers.count { $0 <= bound + width })
                }
            }
        }
    }

    @Test(arguments: [true, false])
    func foldedOnesAreWhatIsAsFarFromTheMeanAmongAllDraws(isWhole: Bool) async throws {
        let values = isWhole ? [3.0, 0, 4, 0, 5, 9, 2, 0] : [3.5, 0.25, 4, 0.125, 5, 9.5, 2, 0]
        let weights = try SpatialWeights(
            offsets: Array(stride(from: 0, through: 16, by: 2)),
            neighbors: (0..<8).flatMap { place in [1, 3].map { Int32((place + $0) % 8) } })
        let counted = try await conditionalProbabilities(values, weights: weights, isFolded: true)
        #expect(counted.engine == (isWhole ? .counted : .enumerated))
        let drawn = try await conditionalProbabilities(values, weights: weights, permutations: 9_999, isFolded: true)
        #expect(drawn.engine == .drawn)
        for place in values.indices {
            let others = values.indices.filter { $0 != place }
            let mean = 2 * others.reduce(0) { $0 + values[$1] } / 7
            let far = abs(values[(place + 1) % 8] + values[(place + 3) % 8] - mean)
            let all = others.flatMap { a in others.filter { $0 > a }.map { values[a] + values[$0] } }
            let exact = Double(all.count { abs($0 - mean) >= far - 1e-9 }) / Double(all.count)
            #expect(isClose(try #require(counted[.folded][place]), exact))
            #expect(abs(try #require(drawn[.folded][place]) - exact) < 0.03)
            #expect(counted[.directed][place] == min(counted.greater[place] ?? 2, counted.less[place] ?? 2))
        }
        #expect(try await conditionalProbabilities(values, weights: weights).folded.isEmpty)
    }

    @Test func foldedOnesOfManyPlacesAreThoseOfEachAlone() async throws {
        let (values, weights) = try hexagons(5, isWhole: false)
        let lags = try await ObservedLags(CompleteValues(values, weights))
        let draws = try await DrawTable.make(permutations: 300, size: 6, others: values.count - 1, seed: 9)
        let comparison = LagComparison(lags: lags, draws: draws, isFolded: true)
        let together = try await comparison.counts(Array(values.indices))
        for place in stride(from: 0, to: values.count, by: 41) {
            let alone = try await comparison.counts([place])
            #expect(alone[0].far == together[place].far)
        }
    }

    @Test func unequalWeightsAreAddedUp() async throws {
        let weights = try SpatialWeights(
            offsets: [0, 2, 4, 6, 8, 10], neighbors: [1, 2, 0, 2, 0, 1, 0, 1, 0, 1],
            weights: [2, 1, 1, 1, 1, 3, 1, 1, 1, 1])
        let made = try await conditionalProbabilities([1, 9, 4, 2, 0], weights: weights, permutations: 999)
        // At place 0 the sum is 2 · 9 + 4: only that draw of twelve reaches it.
        #expect(abs(try #require(made.greater[0]) - 1.0 / 12) < 0.05)
        #expect(made.less[0] == 1)
    }

    @Test func seedsRepeatAndIslandsAreUndefined() async throws {
        let (values, weights) = try hexagons(6, isWhole: false)
        let first = try await conditionalProbabilities(values, weights: weights, permutations: 99, seed: 4)
        #expect(try await conditionalProbabilities(values, weights: weights, permutations: 99, seed: 4) == first)
        #expect(try await conditionalProbabilities(values, weights: weights, permutations: 99, seed: 5) != first)
        let island = try SpatialWeights(offsets: [0, 1, 2, 2], neighbors: [1, 0])
        #expect(try await conditionalProbabilities([1.5, 2, 3], weights: island).greater[2] == nil)
        await #expect(throws: AnalysisError.self) {
            try await conditionalProbabilities([1.5, 2, 3], weights: island, permutations: 3)
        }
    }

    @Test func globalPermutationsSeeWhatTheNormalLawSees() async throws {
        let (values, weights) = try hexagons(7, isWhole: false)
        let clustered = values.indices.map { values[$0] + Double($0) / 400 }
        let found = try #require(try await moranPermutations(clustered, weights: weights, permutations: 99))
        #expect(found.twoSided == 0.02)
        let none = try #require(try await moranPermutations(values, weights: weights, permutations: 99))
        let normal = try #require(try globalMoran(values, weights: weights)?.randomization)
        #expect(abs(none.twoSided - normal.p) < 0.25)
        #expect(
            try await moranPermutations([1, 1, 1], weights: SpatialWeights(offsets: [0, 0, 0, 0], neighbors: [])) == nil
        )
    }
}
