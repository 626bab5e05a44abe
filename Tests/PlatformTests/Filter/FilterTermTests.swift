import Foundation
import GeoCore
import Participation
import Platform
import Storage
import Testing

struct FilterTermTests {
    @Test(arguments: [
        "category = 'wege'", "title <> 'It''s'", "votesUp BETWEEN 1 AND 3", "NOT (comments IN (1, 2))",
        "text LIKE '%Rad\\_weg%'", "NOT (type IS NULL)", "geometry IS NULL", "status IN ('accepted', 'done')",
        "created >= TIMESTAMP('2026-05-01T00:00:00Z')", "id = 1 OR (id = 2 AND NOT (id = 3))", "votesUp > 1.5",
        "(id = 1 OR id = 2) AND TRUE", "S_INTERSECTS(geometry, POINT (9.9 53.4))",
    ])
    func aConditionIsWrittenAsItIsRead(_ text: String) throws {
        let condition = try CQL2.parse(text)
        #expect(CQL2.text(condition) == text)
        #expect(try CQL2.parse(CQL2.text(condition)) == condition)
    }

    @Test func everyConditionIsToldInOneForm() throws {
        var filter = ContributionFilter()
        #expect(filter.terms.isEmpty)
        filter.boxes = [
            BoundingBox(minX: 179, minY: -1, maxX: 180, maxY: 1),
            BoundingBox(minX: -180, minY: -1, maxX: -179, maxY: 1),
        ]
        filter.from = Timestamp.milliseconds("2026-05-01T02:00:00+02:00")
        filter.categories = ["spiel", "radverkehr", "spiel"]
        filter.words = "Radweg Brücke"
        filter.located = true
        filter.minimumVotes = 2
        filter.places = [
            PlaceCondition(.near(metres: 200), .position(Position(9.9, 53.5))),
            PlaceCondition(.within, .layer("plan", ordinal: 3)),
        ]
        filter.expression = try CQL2.parse("comments>1")
        #expect(
            filter.terms.map(\.text) == [
                "bbox 179,-1,-179,1", "datetime 2026-05-01T00:00:00Z/..", "category radverkehr,spiel",
                "q Radweg Brücke", "located true", "minVotes 2", "near 9.9,53.5,200", "within plan/3",
                "filter comments > 1",
            ])
    }

    @Test func everyAnswerOfAnAnalysisTellsTheFilter() async throws {
        let city = try await TestCity()
        _ = try await city.importContributions()
        _ = try await city.importLayer(TestCity.geodata.appendingPathComponent("stadtteile.gpkg"), id: "stadtteile")
        let proceeding = try await city.proceeding()
        var filter = ContributionFilter()
        filter.categories = ["radverkehr"]
        filter.minimumVotes = 1
        let (installation, scope) = (city.installation, city.anonymous)
        let hotspots = try await installation.findHotspots(
            HotspotQuestion(method: .grid), of: proceeding, filter: filter, scope: scope)
        let pattern = try await installation.findPattern(
            PatternQuestion(method: .clarkEvans), of: proceeding, filter: filter, scope: scope)
        let areas = try await installation.areaStatistics(
            layer: "stadtteile", of: proceeding, filter: filter, scope: scope)
        let ranking = try await installation.rankFeatures(
            layer: "stadtteile", of: proceeding, filter: filter, scope: scope)
        let set = ComparedSet(proceeding: proceeding, filter: filter)
        let comparison = try await installation.compare(set, with: set, scope: scope)
        let told = filter.terms.map {
            JSONValue.object([.init("name", .string($0.name)), .init("value", .string($0.value))])
        }
        for bytes in [
            try hotspots.geoJSON(), try pattern.geoJSON(), areas.geoJSON, ranking.geoJSON, comparison.geoJSON,
        ] {
            #expect(try JSONValue.parse(bytes, limits: .importing)["analysis"]?["filters"]?.array == told)
        }
        let statistics = try await installation.statistics(of: proceeding, filter: filter, scope: scope)
        #expect(statistics.json["filters"]?.array == told)
        for svg in [
            hotspots.svg(language: "de"), pattern.svg(language: "de"), areas.svg(title: "t", language: "de"),
            ranking.svg(title: "t", language: "de"), comparison.svg(language: "de"),
            statistics.svg(title: "t", language: "de"),
        ] {
            #expect(String(decoding: svg, as: UTF8.self).contains("Kategorie radverkehr"))
        }
        // The same question without a filter, from the same memory, names none.
        let all = try await installation.findHotspots(HotspotQuestion(method: .grid), of: proceeding, scope: scope)
        #expect(all.analysis.filters.isEmpty)
    }

    @Test func aReportOfASelectionSaysSoAndFindsNotWhatWasAskedFor() async throws {
        let city = try await TestCity.withContributions.value
        var filter = ContributionFilter()
        filter.categories = ["radverkehr"]
        func report(_ filter: ContributionFilter) async throws -> String {
            String(
                decoding: try await city.installation.report(
                    of: city.proceeding(), filter: filter, language: "de", scope: city.anonymous), as: UTF8.self)
        }
        let chosen = try await report(filter)
        #expect(chosen.contains(" (Auswahl)</title>") && chosen.contains("Kategorie radverkehr"))
        #expect(chosen.contains("nicht für das ganze Verfahren") && !chosen.contains("Am häufigsten geht es um"))
        let whole = try await report(ContributionFilter())
        #expect(!whole.contains("(Auswahl)") && whole.contains("Am häufigsten geht es um"))
    }
}
