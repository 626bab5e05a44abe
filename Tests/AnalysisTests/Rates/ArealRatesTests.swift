import Analysis
import TestSupport
import Testing

struct ArealRatesTests {
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
