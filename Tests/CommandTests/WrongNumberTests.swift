import Foundation
import TestSupport
import Testing

/// What an analysis is asked that it cannot do: one line that names the parameter, its limits and a value that works.
struct WrongNumberTests {
    /// Arguments, the exit code and words that the line must have.
    static let refusals: [([String], Int32, [String])] = [
        (["--cell", "0"], 2, ["cell", "1 to 100000 m", "for example 250"]),
        (["--cell=-1"], 2, ["cell", "for example 250"]), (["--cell", "nan"], 2, ["cell", "for example 250"]),
        (["--cell", "1"], 1, ["cells of 1 m would be about", "--cell", "makes few enough"]),
        (["--method", "kde", "--cell", "1"], 1, ["cells of 1 m would be about", "--cell", "makes few enough"]),
        (["--grid", "inspire", "--cell", "250"], 2, ["cell", "100, 1000 or 10000 m", "for example 1000"]),
        (["--method", "dbscan", "--eps", "0"], 2, ["eps", "0.01 to 100000 m", "for example 300"]),
        (["--method", "dbscan", "--min-points", "5000"], 1, ["minPoints must be at most", "--min-points 5"]),
        (["--method", "hdbscan", "--min-samples", "5000"], 1, ["minSamples must be at most", "--min-samples 5"]),
        (
            ["--weights", "nearest", "--nearest", "200", "--cell", "5000"], 1,
            ["nearest must be below the number of cells", "--nearest"]
        ),
        (["--alpha", "0"], 2, ["alpha", "to 0.5", "for example 0.05"]),
        (["--alpha", "1"], 2, ["alpha", "to 0.5", "for example 0.05"]),
        (["--method", "kde", "--tails", "directed"], 2, ["kde has no --tails", "--bandwidth"]),
        (["--method", "dbscan", "--cell", "500"], 2, ["dbscan has no --cell", "--min-points"]),
        (["--category", "text"], 2, ["category must be of the categories", "radverkehr"]),
        (["--within", "text"], 1, ["within must name a layer"]),
        (["--method", "magic"], 2, ["magic", "relative-risk"]), (["--weight", "NaN"], 2, ["NaN", "votes"]),
        (["--step", "fortnight"], 2, ["fortnight", "--step", "week", "3660", "for example week or 14"]),
        (["--step", "0"], 2, ["--step", "from 0.04 to 3660"]),
        (["--share", "much"], 2, ["--share", "from 0.001 to 0.5", "for example 0.1"]),
        (["--cell", "wide"], 2, ["--cell", "1 to 100000 m", "for example 250"]),
        (["--min-points", "2.5"], 2, ["--min-points", "minPoints must be a whole number", "for example 5"]),
        (["--since", "May"], 2, ["--since", "2026-05-01", "1900 to 2200"]),
        (["--min-votes", "-1"], 2, ["--min-votes must be a whole number from 0, for example 10"]),
        (["--min-votes=-1"], 2, ["--min-votes must be a whole number from 0, for example 10"]),
        (["--limit", "-5"], 2, ["--limit must be a whole number from 1, for example 20"]),
        (["--levels", "a"], 2, ["--levels", "0.1 to 99.9", "25,50,75,90"]),
        (["--cell", "250", "--cell", "500"], 2, ["--cell is given more than once"]),
        (["--cell=250", "--method", "gi", "--cell", "500"], 2, ["--cell is given more than once"]),
    ]

    @Test(arguments: refusals)
    func aWrongNumberIsAnsweredWithItsLimitsInOneLine(
        _ arguments: [String], _ status: Int32, _ words: [String]
    ) throws {
        let city = try SampleCity.shared.get()
        let result = try city.run(["hotspots", SampleCity.proceeding] + arguments)
        #expect(result.status == status)
        #expect(result.output.isEmpty)
        #expect(result.error.hasPrefix("mitplan: error: "))
        #expect(result.error.split(separator: "\n").count == 1, "\(result.error)")
        for word in words { #expect(result.error.contains(word), "\(result.error)") }
    }

    @Test(arguments: [
        (["appointment", "add", SampleCity.proceeding, "--at", "here"], "longitude,latitude in degrees"),
        (["appointment", "list", SampleCity.proceeding, "--from", "May"], "2026-05-01"),
        (["appointment", "list", SampleCity.proceeding, "--limit", "many"], "1 to 1000,"),
        (["contributions", "list", SampleCity.proceeding, "--limit", "many"], "1 to 1000000,"),
        (["rank", SampleCity.proceeding, "--layer", "plan", "--limit", "many"], "from 1, for example 20"),
        (["rank", SampleCity.proceeding, "--layer", "stadtteile", "--distance", "-1"], "0 to 10000 m, for example 50"),
        (["contributions", "list", SampleCity.proceeding, "--limit", "-1"], "between 1 and 1000000"),
        (["compare", SampleCity.proceeding, "--versus-category", "gruen", "--alpha", "-1"], "alpha must be"),
    ])
    func anOptionSaysWhatItTakesOfThisCommand(_ arguments: [String], _ words: String) throws {
        let result = try SampleCity.shared.get().run(arguments)
        #expect(result.status == 2)
        #expect(result.error.contains(words), "\(result.error)")
    }

    @Test func whatMayBeRepeatedIsTakenEachTime() throws {
        let city = try SampleCity.shared.get()
        let result = try city.run([
            "hotspots", SampleCity.proceeding, "--method", "grid", "--cell", "500", "--category", "radverkehr",
            "--category", "gruen",
        ])
        #expect(result.status == 0, "\(result.error)")
        #expect(result.output.contains("gruen,radverkehr"))
    }

    @Test func metresThatDoNotCoverTheAreaAreRefused() throws {
        let city = try SampleCity.shared.get()
        let folder = try TemporaryDirectory()
        let file = folder.url.appendingPathComponent("york.json")
        let area = "[[[-74.1, 40.6], [-73.9, 40.6], [-73.9, 40.8], [-74.1, 40.6]]]"
        let document = """
            {"id": "york", "name": "York", "settings": {"metricCRS": "EPSG:25832"},
            "area": {"type": "Polygon", "coordinates": \(area)}}
            """
        try Data(document.utf8).write(to: file)
        let result = try city.run(["proceeding", "create", "--file", file.path])
        #expect(result.status == 1)
        #expect(result.error.contains("metricCRS EPSG:25832"), "\(result.error)")
        #expect(result.error.contains("EPSG:32618 would do"))
        #expect(result.error.split(separator: "\n").count == 1)
    }
}
