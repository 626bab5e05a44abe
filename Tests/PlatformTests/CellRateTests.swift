import Foundation
import GeoCore
import Platform
import Storage
import Testing

/// Contributions per inhabitant in the cells of a grid, by areal interpolation.
struct CellRateTests {
    private func city() async throws -> TestCity {
        let city = try await TestCity()
        _ = try await city.importContributions()
        _ = try await city.importLayer(
            TestCity.geodata.appendingPathComponent("stadtteile.gpkg"), id: "stadtteile", populationField: "population")
        return city
    }

    private func answer(_ city: TestCity, cell: Double) async throws -> HotspotAnswer {
        var question = HotspotQuestion(method: .grid)
        (question.cell, question.layer) = (cell, "stadtteile")
        return try await city.installation.findHotspots(question, of: city.proceeding(), scope: city.anonymous)
    }

    private func figure(_ answer: HotspotAnswer, _ name: String) -> Double? {
        guard case .number(let value)? = answer.analysis.summary.first(where: { $0.name == name })?.value else {
            return nil
        }
        return value
    }

    @Test(arguments: [200.0, 1000, 50_000])
    func allInhabitantsAreSharedOutWhateverTheCells(_ cell: Double) async throws {
        let city = try await city()
        let answer = try await answer(city, cell: cell)
        let units = try await city.installation.areaStatistics(
            layer: "stadtteile", of: city.proceeding(), scope: city.anonymous
        ).units
        let inhabitants = units.reduce(0) { $0 + ($1.population ?? 0) }
        let shared = (figure(answer, "inhabitants") ?? 0) + (figure(answer, "inhabitantsElsewhere") ?? 0)
        #expect(abs(shared - inhabitants) <= 0.2)
    }

    @Test func rateIsTheCountPerThousandInhabitants() async throws {
        let answer = try await answer(city(), cell: 1000)
        for feature in answer.features {
            func value(_ name: String) -> Double? { feature.properties.first { $0.name == name }?.value.double }
            let (weight, inhabitants) = (value("weight") ?? 0, value("inhabitants") ?? 0)
            guard inhabitants > 100 else { continue }
            let rate = try #require(value("ratePer1000"))
            // Inhabitants are told to a tenth.
            #expect(abs(rate - 1000 * weight / inhabitants) < 1e-3 * rate + 1e-9)
            #expect(value("smoothedRatePer1000") != nil)
        }
        #expect((figure(answer, "overallRatePer1000") ?? 0) > 0)
    }
}
