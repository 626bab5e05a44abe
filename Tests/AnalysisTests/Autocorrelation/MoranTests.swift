import Analysis
import TestSupport
import Testing

struct MoranTests {
    struct Input: Decodable {
        let y: [Double]
        let weights: OracleWeights
    }
    struct Expected: Decodable {
        let global: [String: Double]
        let local: Local
    }
    struct Local: Decodable {
        let I: [Double?]
        let lag: [Double?]
        let z: [Double?]
        let E_cond: [Double?]
        let V_cond: [Double?]
        let z_cond: [Double?]
        let p_cond_two: [Double?]
        let E_total: [Double?]
        let V_total: [Double?]
        let quadrant: [Int8]
    }

    static let names = ["columbus", "baltim-knn", "ny8", "sids-counts", "hex-counts"]

    @Test(.enabled(if: SharedMaterial.isPresent, "needs the reference cases"), arguments: names)
    func globalMoranEqualsTheReference(name: String) throws {
        let oracle = try OracleCase<NoParameters, Input, Expected>.load("moran-\(name)")
        let made = try #require(try globalMoran(oracle.input.y, weights: oracle.input.weights.makeWeights()))
        let normal = try #require(made.normality)
        let random = try #require(made.randomization)
        let pairs: [(String, Double)] = [
            ("n", Double(made.places)), ("S0", made.sums.s0), ("S1", made.sums.s1), ("S2", made.sums.s2),
            ("I", made.value), ("EI", made.expected), ("VI_norm", normal.variance), ("VI_rand", random.variance),
            ("z_norm", normal.z), ("z_rand", random.z),
        ]
        for (key, value) in pairs { #expect(isClose(value, try #require(oracle.expected.global[key])), "\(key)") }
        for (key, value) in [("p_norm_two", normal.p), ("p_rand_two", random.p)] {
            let expected = try #require(oracle.expected.global[key])
            #expect(isClose(value, expected, relative: 1e-8, absolute: 1e-14), "\(key)")
        }
    }

    @Test(.enabled(if: SharedMaterial.isPresent, "needs the reference cases"), arguments: names)
    func gearyEqualsTheReference(name: String) throws {
        let oracle = try OracleCase<NoParameters, Input, Expected>.load("moran-\(name)")
        let made = try #require(try globalGeary(oracle.input.y, weights: oracle.input.weights.makeWeights()))
        let pairs: [(String, Double)] = [
            ("geary_C", made.value), ("geary_EC", made.expected),
            ("geary_VC_norm", try #require(made.normality).variance),
            ("geary_VC_rand", try #require(made.randomization).variance),
            ("geary_z_rand", try #require(made.randomization).z),
        ]
        for (key, value) in pairs { #expect(isClose(value, try #require(oracle.expected.global[key])), "\(key)") }
    }

    @Test(.enabled(if: SharedMaterial.isPresent, "needs the reference cases"), arguments: names)
    func localMoranEqualsTheReference(name: String) throws {
        let oracle = try OracleCase<NoParameters, Input, Expected>.load("moran-\(name)")
        let made = try localMoran(oracle.input.y, weights: oracle.input.weights.makeWeights())
        let expected = oracle.expected.local
        #expect(agree(made.value, expected.I))
        #expect(agree(made.lag, expected.lag))
        #expect(agree(made.deviation, expected.z))
        #expect(agree(made.expected, expected.E_cond))
        #expect(agree(made.variance, expected.V_cond))
        #expect(agree(made.z, expected.z_cond))
        #expect(agree(made.p, expected.p_cond_two, relative: 1e-8, absolute: 1e-14))
        #expect(agree(made.totalExpected, expected.E_total))
        #expect(agree(made.totalVariance, expected.V_total))
        #expect(made.quadrant.map(\.rawValue) == expected.quadrant)
    }

    @Test func localScoreIsThatOfGiWithItsSign() throws {
        var random = SeededGenerator(seed: 3)
        let values = (0..<60).map { _ in Double.random(in: 0...9, using: &random) }
        let weights = try SpatialWeights(
            offsets: Array(stride(from: 0, through: 180, by: 3)),
            neighbors: (0..<60).flatMap { place in [1, 5, 11].map { Int32((place + $0) % 60) } })
        let local = try localMoran(values, weights: weights)
        let gi = try getisOrdG(values, weights: weights)
        for place in values.indices {
            let sign = try #require(local.deviation[place]) > 0 ? 1.0 : -1
            #expect(local.z[place] == gi.z[place].map { $0 * sign })
            let (value, expected) = (try #require(local.value[place]), try #require(local.expected[place]))
            let variance = try #require(local.variance[place])
            #expect(isClose((value - expected) / variance.squareRoot(), try #require(local.z[place])))
        }
    }

    @Test func equalValuesAndIslandsAreUndefined() throws {
        let pair = try SpatialWeights(offsets: [0, 1, 2, 2], neighbors: [1, 0])
        #expect(try globalMoran([4, 4, 4], weights: pair) == nil)
        #expect(try globalGeary([4, 4, 4], weights: pair) == nil)
        #expect(try globalMoran([1, 2], weights: SpatialWeights(offsets: [0, 0, 0], neighbors: [])) == nil)
        let local = try localMoran([1, 2, 9], weights: pair)
        #expect(local.value[2] == nil && local.z[2] == nil && local.quadrant[2] == .none)
        #expect(try localMoran([4, 4, 4], weights: pair).value == [nil, nil, nil])
    }

    @Test func missingValuesTakeTheirPlacesOut() throws {
        let weights = try SpatialWeights(
            offsets: [0, 2, 4, 6, 8, 10], neighbors: [1, 4, 0, 2, 1, 3, 2, 4, 3, 0])
        let kept = try SpatialWeights(offsets: [0, 2, 3, 4, 6], neighbors: [1, 3, 0, 3, 2, 0])
        let with = try #require(try globalMoran([1, 5, nil, 2, 3], weights: weights))
        let without = try #require(try globalMoran([1, 5, 2, 3], weights: kept))
        #expect(with.value == without.value)
        #expect(with.missing == 1)
        let local = try localMoran([1, 5, nil, 2, 3], weights: weights)
        let expected = try localMoran([1, 5, 2, 3], weights: kept)
        #expect(local.value == [expected.value[0], expected.value[1], nil, expected.value[2], expected.value[3]])
    }
}
