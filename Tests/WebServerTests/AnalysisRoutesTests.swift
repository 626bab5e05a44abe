import Foundation
import GeoCore
import HTTPTypes
import HummingbirdTesting
import Testing

@testable import WebServer

/// Questions to the analysis as they come over HTTP.
struct AnalysisRoutesTests {
    private static let hotspots = "/api/v1/proceedings/radverkehr/hotspots"

    /// A query, and words that the refusal must have: the parameter, its limits and a value that works.
    static let refusals: [(String, [String])] = [
        ("method=gi&cell=0", ["cell", "1 to 100000 m", "for example 250"]),
        ("method=gi&cell=-1", ["cell", "for example"]), ("method=gi&cell=NaN", ["cell", "for example"]),
        ("method=gi&neighbours=11", ["neighbours", "1 to 10 rings", "for example 2"]),
        ("method=gi&alpha=1", ["alpha", "0.5", "for example 0.05"]),
        ("method=emerging&step=0", ["step", "day, week, month, quarter", "for example week"]),
        ("method=emerging&step=nan", ["step"]), ("method=emerging&previousSteps=-1", ["previousSteps", "0 to 100"]),
        ("method=scan&model=poisson", ["layer"]), ("method=scan&step=week", ["step", "space-time"]),
        ("method=scan&model=magic", ["bernoulli, poisson, space-time"]),
        ("method=dbscan&cell=100", ["dbscan has no cell", "eps, minPoints"]),
    ]

    @Test(arguments: refusals)
    func refusesANumberWithItsLimitsAndOneThatWorks(_ query: String, _ words: [String]) async throws {
        let city = try await CityServer()
        let answer = try await city.send("\(Self.hotspots)?\(query)")
        #expect(answer.status == .badRequest)
        for word in words { #expect(answer.text.contains(word), "\(query): \(answer.text)") }
    }
}
