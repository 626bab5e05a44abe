import Foundation
import Platform
import Storage
import Testing

/// Rates of area units beside those that everybody is told.
struct AreaRateTests {
    private func city() async throws -> TestCity {
        let city = try await PatternTests.grouped().city()
        _ = try await city.importLayer(
            TestCity.geodata.appendingPathComponent("stadtteile.gpkg"), id: "stadtteile", populationField: "population")
        return city
    }

    @Test func unitsAreSilentWhereNobodyWroteThoughThreeWouldHave() async throws {
        let city = try await city()
        let found = try await city.installation.areaStatistics(
            layer: "stadtteile", of: city.proceeding(), scope: city.anonymous)
        let counted = found.units.reduce(0) { $0 + $1.count }
        #expect(counted > 0)
        #expect(found.units.contains { $0.isSilent })
        for unit in found.units {
            let expected = try #require(unit.expected)
            #expect(unit.isSilent == (unit.count == 0 && expected >= 3), "\(unit.name)")
            if let relative = unit.relative { #expect(abs(relative * expected - Double(unit.count)) < 1e-9) }
        }
        // What all units expect together is what there is.
        #expect(abs(found.units.compactMap(\.expected).reduce(0, +) - Double(counted)) < 1e-9)
    }

    @Test func ratesAreDrawnTowardsAllOrTowardsThoseAround() async throws {
        let city = try await city()
        let global = try await city.installation.areaStatistics(
            layer: "stadtteile", of: city.proceeding(), scope: city.anonymous)
        let local = try await city.installation.areaStatistics(
            layer: "stadtteile", of: city.proceeding(), options: AreaOptions(smoothing: .local),
            scope: city.anonymous)
        #expect(local.units.map(\.rate) == global.units.map(\.rate))
        #expect(local.units.map(\.smoothedRate) != global.units.map(\.smoothedRate))
        #expect(String(decoding: local.geoJSON, as: UTF8.self).contains(#""smoothing":"local""#))
    }
}
