import Analysis
import TestSupport
import Testing

struct ArealRatesTests {
    struct Input: Decodable {
        let observed: [Double]
        let population: [Double]
        let weights: OracleWeights
    }
    struct Global: Decodable {
        let b: Double
        let a_raw: Double
        let raw: [Double?]
        let eb: [Double?]
        let eb_standardised: [Double?]
        let excess_risk: [Double?]
    }
    struct Expected: Decodable {
        let global: Global
        let eb_local: [Double?]
        let rate_ci95: [[Double]]
    }

    @Test(
        .enabled(if: SharedMaterial.isPresent, "needs the reference cases"),
        arguments: ["rates-ny8", "rates-sids74", "rates-underdispersed"])
    func equalsTheReference(name: String) throws {
        let oracle = try OracleCase<NoParameters, Input, Expected>.load(name)
        let (observed, population) = (oracle.input.observed, oracle.input.population)
        let rates = try ArealRates(observed: observed, population: population)
        let global = oracle.expected.global
        #expect(agree([rates.overallRate, rates.varianceBetween], [global.b, global.a_raw]))
        #expect(agree(rates.rate, global.raw))
        #expect(agree(rates.smoothed, global.eb))
        #expect(agree(rates.standardized, global.eb_standardised))
        #expect(agree(rates.relative, global.excess_risk))
        #expect(agree(rates.lower, oracle.expected.rate_ci95.map { $0[0] }, relative: 1e-8, absolute: 1e-15))
        #expect(agree(rates.upper, oracle.expected.rate_ci95.map { $0[1] }, relative: 1e-8, absolute: 1e-15))
        let local = try ArealRates.locallySmoothed(
            observed: observed, population: population, weights: oracle.input.weights.makeWeights())
        #expect(agree(local, oracle.expected.eb_local))
    }

    @Test func flagsAreasWithoutPeople() throws {
        let rates = try ArealRates(observed: [3, 0, 50], population: [0, 0, 1000])
        #expect(rates.rate == [nil, nil, 0.05])
        #expect(rates.smoothed[0] == nil)
        #expect(rates.hasNoPopulation == [true, false, false])
        #expect(rates.isUnreliable == [true, true, false])
        #expect(try ArealRates(observed: [1], population: [0]).overallRate == nil)
        #expect(throws: AnalysisError.self) { try ArealRates(observed: [1], population: []) }
        #expect(throws: AnalysisError.self) { try ArealRates(observed: [-1], population: [4]) }
    }

    @Test(arguments: [
        (0.0, 0.0, 3.688879454113936), (1, 0.025317807984289897, 5.571643390938898),
        (10, 4.795388696132433, 18.390356042017778),
    ])
    func poissonIntervalsAreExact(observed: Double, lower: Double, upper: Double) throws {
        let interval = try #require(poissonInterval(observed))
        #expect(isClose(interval.lower, lower, relative: 1e-12))
        #expect(isClose(interval.upper, upper, relative: 1e-12))
    }

    @Test func poissonIntervalsOfLargeCountsAreNearTheNormal() throws {
        let interval = try #require(poissonInterval(1e6))
        #expect(isClose(interval.lower, 1e6 - 1959.96, relative: 1e-5))
        #expect(poissonInterval(-1) == nil)
        #expect(poissonInterval(.nan) == nil)
    }
}
