import HTTPTypes
import HummingbirdTesting
import Testing

@testable import WebServer

/// What a question names and is not there: the refusal names the parameter and what there is.
struct NamesInQuestionsTests {
    private static let proceeding = "/api/v1/proceedings/radverkehr/"

    /// A city with one contribution and the layers of some names.
    private func city(layers: [String] = ["viertel"]) async throws -> CityServer {
        let city = try await CityServer()
        try #require(try await city.post(CityServer.contributions, CityServer.feature()).status == .created)
        let file = """
            {"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"name": "Nord"},
            "geometry": {"type": "Point", "coordinates": [9.9, 53.5]}}]}
            """
        for layer in layers {
            let answer = try await city.upload(
                Self.proceeding + "layers?filename=\(layer).geojson", Array(file.utf8), headers: CityServer.staff)
            try #require(answer.status == .created, "\(answer.text)")
        }
        return city
    }

    /// A question and the parameter that names a layer.
    static let layers: [(String, String)] = [
        ("hotspots?method=grid&within=text", "within"), ("hotspots?method=grid&crossing=text/3", "crossing"),
        ("hotspots?method=grid&near=nolayer,100", "near"), ("hotspots?method=gi&layer=text", "layer"),
        ("pattern?method=clark-evans&within=text", "within"), ("pattern?method=moran&layer=text", "layer"),
        ("statistics?within=text", "within"), ("statistics/areas?layer=text", "layer"), ("ranking?layer=text", "layer"),
        ("comparison?versusCategory=wege&within=text", "within"), ("report?within=text", "within"),
    ]

    @Test(arguments: layers)
    func aLayerThatIsNotThereIsRefusedWithThoseThereAre(_ question: String, _ parameter: String) async throws {
        let answer = try await city().send(Self.proceeding + question)
        #expect(answer.status == .notFound, "\(answer.text)")
        #expect(answer.text.contains(#""parameter":"\#(parameter)""#), "\(answer.text)")
        #expect(answer.text.contains("there are viertel"), "\(answer.text)")
    }

    @Test func atMostTenLayersAreNamed() async throws {
        let names = (1...12).map { "ebene\($0 + 10)" }
        let answer = try await city(layers: names).send(Self.proceeding + "hotspots?method=grid&within=text")
        #expect(answer.text.contains("ebene20 and 2 more"), "\(answer.text)")
        let none = try await city(layers: []).send(Self.proceeding + "hotspots?method=grid&within=text")
        #expect(none.text.contains("there is none"), "\(none.text)")
    }

    @Test func aFeatureThatIsNotThereIsRefusedByItsParameter() async throws {
        let answer = try await city().send(Self.proceeding + "hotspots?method=grid&within=viertel/9")
        #expect(answer.status == .notFound)
        #expect(answer.text.contains(#""parameter":"within""#) && answer.text.contains("no feature 9"))
    }

    @Test func aProceedingToCompareWithThatIsNotThereIsRefusedByItsParameter() async throws {
        let answer = try await city().send(Self.proceeding + "comparison?versusProceeding=text")
        #expect(answer.status == .notFound)
        #expect(answer.text.contains(#""parameter":"versusProceeding""#), "\(answer.text)")
        let without = try await city().send(Self.proceeding + "comparison")
        #expect(without.status == .badRequest)
        #expect(without.text.contains(#""parameter":"versusCategory""#), "\(without.text)")
    }

    /// A question and the parameter that names a category.
    static let categories: [(String, String)] = [
        ("hotspots?method=grid&category=text", "category"),
        ("pattern?method=clark-evans&category=wege,text", "category"),
        ("statistics?category=text", "category"), ("statistics/areas?layer=viertel&category=text", "category"),
        ("ranking?layer=viertel&category=text", "category"), ("report?category=text", "category"),
        ("comparison?category=text&versusCategory=wege", "category"),
        ("comparison?versusCategory=text", "versusCategory"),
    ]

    @Test(arguments: categories)
    func aCategoryThatIsNotThereIsRefusedWithThoseThereAre(_ question: String, _ parameter: String) async throws {
        let answer = try await city().send(Self.proceeding + question)
        #expect(answer.status == .unprocessableContent, "\(answer.text)")
        #expect(answer.text.contains(#""parameter":"\#(parameter)""#), "\(answer.text)")
        #expect(answer.text.contains("there are wege"), "\(answer.text)")
    }

    @Test func anArchivedCategoryMayBeAskedForAndListsAreEmptyOfOthers() async throws {
        let city = try await city()
        #expect(try await city.send(Self.proceeding + "statistics?category=alt").status == .ok)
        #expect(try await city.send(CityServer.contributions + "?category=text").status == .ok)
        #expect(try await city.send(Self.proceeding + "export?category=text").status == .ok)
    }
}
