import Foundation
import FoundationXML
import GeoCore
import Participation
import Platform
import Storage
import Testing

/// A picture tells by itself how it came about.
struct PictureRecordTests {
    /// The description and the metadata of an SVG document.
    private func record(_ svg: [UInt8]) throws -> (description: String, metadata: JSONValue) {
        let root = try #require(try XMLDocument(data: Data(svg)).rootElement())
        let metadata = try #require(root.elements(forName: "metadata").first?.stringValue)
        return (
            try #require(root.elements(forName: "desc").first?.stringValue),
            try JSONValue.parse(Array(metadata.utf8), limits: .importing)
        )
    }

    @Test func anAnswerTellsMethodParametersAndVersions() async throws {
        let city = try await TestCity.withContributions.value
        var question = HotspotQuestion(method: .gi)
        question.neighbours = 2
        var filter = ContributionFilter()
        filter.minimumVotes = 0
        let answer = try await city.installation.findHotspots(
            question, of: city.proceeding(), filter: filter, scope: city.anonymous)
        let version = answer.analysis.dataVersion
        let german = try record(answer.svg(language: "de"))
        for words in [
            "Getis-Ord Gi*", "Nachbarn: 2 Ringe", "Seiten: zweiseitig", "Stimmen mindestens 0",
            "Datenstand \(version), ",
            "Mitplan \(Installation.version)",
        ] {
            #expect(german.description.contains(words), "\(words)")
        }
        let english = try record(answer.svg(language: "en"))
        for words in ["neighbours 2 rings", "tails two-sided", "votes at least 0", "Data version \(version), "] {
            #expect(english.description.contains(words), "\(words)")
        }
        #expect(german.metadata == english.metadata)
        let told = german.metadata
        #expect(told["method"]?.string == "Getis-Ord Gi*" && told["crs"]?.string == answer.analysis.crs)
        #expect(told["dataVersion"] == .integer(version))
        #expect(told["engineVersion"]?.string == Installation.version)
        #expect(told["parameters"]?.array?.count == answer.analysis.parameters.count)
        #expect(told["filters"]?.array?.count == 1)
    }

    @Test func aComparisonTellsBothVersions() async throws {
        let city = try await TestCity.withContributions.value
        let set = ComparedSet(proceeding: try await city.proceeding(), filter: ContributionFilter())
        let comparison = try await city.installation.compare(set, with: set, cell: 500, scope: city.anonymous)
        let told = try record(comparison.svg(language: "de"))
        #expect(told.description.contains("Zellgröße: 500 m") && told.description.contains("Datenstand"))
        #expect(told.metadata["dataVersion"] == told.metadata["secondDataVersion"])
        #expect(told.metadata["parameters"]?.array?.count == 4)
    }

    @Test func figuresAndRankingsTellTheirVersion() async throws {
        let city = try await TestCity()
        _ = try await city.importContributions()
        _ = try await city.importLayer(TestCity.geodata.appendingPathComponent("stadtteile.gpkg"), id: "stadtteile")
        let (installation, proceeding, scope) = (city.installation, try await city.proceeding(), city.anonymous)
        let areas = try await installation.areaStatistics(layer: "stadtteile", of: proceeding, scope: scope)
        let ranking = try await installation.rankFeatures(layer: "stadtteile", of: proceeding, scope: scope)
        let statistics = try await installation.statistics(of: proceeding, scope: scope)
        for svg in [
            areas.svg(title: "t", language: "de"), ranking.svg(title: "t", language: "de"),
            statistics.svg(title: "t", language: "de"),
        ] {
            let told = try record(svg)
            #expect(told.description.contains("Datenstand \(proceeding.dataVersion)"), "\(told.description)")
            #expect(told.metadata["dataVersion"] == .integer(proceeding.dataVersion))
        }
    }
}
