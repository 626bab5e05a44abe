import Foundation
import GeoCore
import TestSupport
import Testing

/// The whole way on the sample city: layers and contributions in, hotspots and statistics out.
@Suite struct CityTests {
    let city: SampleCity

    init() throws { city = try SampleCity.shared.get() }

    @Test func importsEveryContributionAndDistrict() throws {
        #expect(city.contributionOutput.contains("2\u{202F}000 rows read, 2\u{202F}000 new"))
        #expect(city.layerOutput.contains("24 rows read, 24 new"))
        #expect(city.layerOutput.contains("EPSG:25832"))
    }

    @Test func showsProceedingsWithTheirPhase() throws {
        let result = try city.run(["proceeding", "list"])
        #expect(result.output.contains("Musterstadt in Bewegung"))
        let phase = try city.run([
            "proceeding", "phase", SampleCity.proceeding, "--at", "2030-01-01", "--format", "csv",
        ])
        #expect(phase.output.contains(",phase1,true"))
        let later = try city.run([
            "proceeding", "phase", SampleCity.proceeding, "--at", "2099-01-01", "--format", "csv",
        ])
        #expect(later.output.contains(",false"))
    }

    @Test func namesAProceedingThatIsNotThere() throws {
        let result = try city.run(["hotspots", "nowhere"])
        #expect(result.status == 1)
        #expect(
            result.error.contains(
                "there is no proceeding nowhere in tenant musterstadt (hint: mitplan proceeding list)"))
    }

    @Test func listsContributionsNewestFirst() throws {
        let result = try city.run(["contributions", "list", SampleCity.proceeding, "--limit", "5", "--format", "csv"])
        #expect(result.status == 0, "\(result.error)")
        let rows = result.output.split(separator: "\r\n").dropFirst()
        #expect(rows.count == 5)
        let instants = rows.map { $0.split(separator: ",")[1] }
        #expect(instants == instants.sorted(by: >))
    }

    @Test func listsContributionsAsGeoJSON() throws {
        let result = try city.run([
            "contributions", "list", SampleCity.proceeding, "--limit", "5", "--format", "geojson",
        ])
        #expect(result.status == 0)
        let value = try JSONValue.parse(Array(result.output.utf8))
        #expect(value["type"] == .string("FeatureCollection"))
        #expect(value["features"]?.array?.count == 5)
        #expect(value["features"]?.array?.first?["properties"]?["title"] != nil)
    }

    /// How many contributions a filter lets through.
    private func count(_ options: [String]) throws -> Int {
        let result = try city.run(
            ["contributions", "list", SampleCity.proceeding, "--limit", "3000", "--format", "csv"] + options)
        #expect(result.status == 0, "\(result.error)")
        return result.output.split(separator: "\r\n").dropFirst().count
    }

    @Test func aDayInUntilIsInThePeriod() throws {
        let days = try ["2026-04-14", "2026-04-15"].map { try count(["--since", $0, "--until", $0]) }
        #expect(days.allSatisfy { $0 > 0 })
        #expect(try count(["--since", "2026-04-14", "--until", "2026-04-15"]) == days.reduce(0, +))
        // The same two days by the clock of Berlin; an instant in --until is not in it.
        let instants = ["--since", "2026-04-13T22:00:00Z", "--until", "2026-04-15T22:00:00Z"]
        #expect(try count(instants) == days.reduce(0, +))
    }

    @Test(arguments: [
        (["contributions", "list"], "--since", "--until"), (["hotspots"], "--since", "--until"),
        (["statistics"], "--since", "--until"), (["compare"], "--versus-since", "--versus-until"),
    ])
    func aStartThatIsNotBeforeTheEndIsRefused(_ command: [String], _ since: String, _ until: String) throws {
        for (start, end) in [("2026-06-01", "2026-05-31"), ("2026-05-01T12:00:00Z", "2026-05-01T12:00:00Z")] {
            let result = try city.run(command + [SampleCity.proceeding, since, start, until, end])
            #expect(result.status == 2)
            #expect(result.error.hasPrefix("mitplan: error: \(since) must lie before \(until)"), "\(result.error)")
            #expect(result.error.split(separator: "\n").count == 1)
        }
    }

    @Test func filtersContributions() throws {
        let result = try city.run([
            "contributions", "list", SampleCity.proceeding, "--limit", "2000", "--category", "radverkehr", "--format",
            "csv",
        ])
        #expect(result.output.split(separator: "\r\n").count - 1 == 472)
    }

    @Test(arguments: [
        ["--method", "grid", "--cell", "500"], ["--method", "gi", "--cell", "500"],
        ["--method", "kde", "--cell", "500"], ["--method", "dbscan"],
    ])
    func findsHotspots(arguments: [String]) throws {
        let result = try city.run(["hotspots", SampleCity.proceeding] + arguments)
        #expect(result.status == 0, "\(result.error)")
        #expect(result.output.hasPrefix("Musterstadt in Bewegung: "))
        #expect(result.output.contains("EPSG:25832"))
    }

    @Test func picksTheFormatByTheNameOfTheFile() throws {
        let folder = try TemporaryDirectory()
        for (name, start) in [("map.svg", "<"), ("cells.geojson", "{"), ("cells.csv", "")] {
            let result = try city.run(["hotspots", SampleCity.proceeding, "--cell", "500", "-o", folder.path(name)])
            #expect(result.status == 0, "\(result.error)")
            #expect(result.output.isEmpty)
            let text = try String(contentsOf: folder.url.appendingPathComponent(name), encoding: .utf8)
            #expect(text.count > 100)
            #expect(text.hasPrefix(start))
        }
    }

    @Test(arguments: [
        ["hotspots", SampleCity.proceeding, "--cell", "500"], ["statistics", SampleCity.proceeding],
        ["statistics", SampleCity.proceeding, "--areas", "stadtteile"],
        ["rank", SampleCity.proceeding, "--layer", "stadtteile"],
        ["compare", SampleCity.proceeding, "--category", "radverkehr", "--versus-category", "gruen"],
    ])
    func drawsPixels(arguments: [String]) throws {
        let folder = try TemporaryDirectory()
        let result = try city.run(arguments + ["--width", "480", "-o", folder.path("picture.png")])
        #expect(result.status == 0, "\(result.error)")
        let bytes = try Data(contentsOf: folder.url.appendingPathComponent("picture.png"))
        #expect(bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]))
        #expect(Array(bytes[16..<20]) == [0, 0, 1, 0xE0])
        let wrong = try city.run(arguments + ["--width", "40000", "-o", folder.path("other.png")])
        #expect(wrong.status == 2)
        #expect(wrong.error.contains("--width"))
    }

    @Test func givesTheSameBytesForTheSameQuestion() throws {
        let question = ["hotspots", SampleCity.proceeding, "--cell", "400", "--format", "geojson"]
        let first = try city.run(question)
        #expect(first.output == (try city.run(question)).output)
        #expect(first.output.contains("\"analysis\""))
    }

    @Test func exportsEveryContribution() throws {
        let lines = try city.run(["export", SampleCity.proceeding, "--format", "geojsonseq"])
        #expect(lines.status == 0, "\(lines.error)")
        #expect(lines.output.split(separator: "\n").count == 2000)
        let collection = try city.run(["export", SampleCity.proceeding, "--format", "geojson"])
        let object = try JSONSerialization.jsonObject(with: Data(collection.output.utf8)) as? [String: Any]
        #expect((object?["features"] as? [Any])?.count == 2000)
    }

    @Test func countsPerArea() throws {
        let result = try city.run(["statistics", SampleCity.proceeding, "--areas", "stadtteile", "--format", "csv"])
        #expect(result.status == 0, "\(result.error)")
        #expect(result.output.contains("Bahnhofsviertel"))
    }

    @Test func tellsRowAndReasonOfABrokenFile() throws {
        let folder = try TemporaryDirectory()
        try Data("{\"type\": \"FeatureCollection\", \"features\": [{".utf8)
            .write(to: folder.url.appendingPathComponent("broken.geojson"))
        let result = try city.run([
            "import", "contributions", folder.path("broken.geojson"), "--proceeding", SampleCity.proceeding,
        ])
        #expect(result.status == 1)
        #expect(result.error.split(separator: "\n").count == 1)
    }
}
