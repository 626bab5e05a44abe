import Analysis
import GeoCore
import TestSupport
import Testing

/// Hot places found without ranking all are those that the adjusted probabilities tell.
struct HotPlacesTests {
    private static let grid = try? Grid.hexagon(HexagonGrid(width: 10))

    /// Counts in 900 cells, with a few high places and many ties.
    private func scores(seed: UInt64, variant: LocalG.Variant = .gStar) throws -> (LocalG, [Int], SpatialWeights) {
        var random = SeededGenerator(seed: seed)
        let grid = try #require(Self.grid)
        let cells = try CellSet(grid.cells(covering: BoundingBox(minX: 0, minY: 0, maxX: 260, maxY: 300)))
        let counts = (0..<cells.count).map { place in
            Int.random(in: 0...2, using: &random) + (place % 97 < 6 ? Int.random(in: 0...9, using: &random) : 0)
        }
        let statistic = try cells.getisOrd(counts.map(Double.init), grid: grid, rings: 1, variant: variant)
        return (statistic, counts, try cells.contiguity(grid: grid))
    }

    @Test(
        arguments: [FalseDiscoveryRate.benjaminiHochberg, .benjaminiYekutieli, nil],
        [1e-6, 0.01, 0.05, 0.299, 0.3, 0.5])
    func areThoseOfTheAdjustedProbabilities(_ adjustment: FalseDiscoveryRate?, _ alpha: Double) throws {
        for seed in [UInt64](1...5) {
            let (normal, counts, weights) = try scores(seed: seed, variant: seed % 2 == 0 ? .g : .gStar)
            let exact = try #require(try ExactLag(counts, weights: weights))
            for statistic in [normal, normal.replacingProbabilities(exact.twoSided)] {
                let q = adjustment.map { HotspotSignificance(statistic, adjustment: $0).q } ?? statistic.p
                let expected = zip(statistic.z, q).map { z, q in
                    guard let z, let q else { return false }
                    return z > 0 && q <= alpha
                }
                #expect(statistic.isHot(alpha: alpha, adjustment: adjustment) == expected)
            }
        }
    }

    /// The level is the adjusted probability of a place itself, to the last bit.
    @Test func holdToTheLastBitOfTheLevel() throws {
        let (statistic, _, _) = try scores(seed: 7)
        let q = HotspotSignificance(statistic).q
        for alpha in q.compactMap(\.self).filter({ $0 < 0.5 }) {
            for level in [alpha.nextDown, alpha, alpha.nextUp] {
                let expected = zip(statistic.z, q).map { ($0 ?? 0) > 0 && ($1 ?? 1) <= level }
                #expect(statistic.isHot(alpha: level, adjustment: .benjaminiHochberg) == expected)
            }
        }
    }
}
