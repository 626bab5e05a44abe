import Foundation
import GeoCore
import Participation
import Platform
import Storage
import TestSupport
import Testing

struct ImportPDSTests {
    private static func contribution(_ members: String, geometry: String = "{}") -> String {
        """
        {"type":"FeatureCollection","features":[{"type":"Feature","geometry":\(geometry),"properties":
        {"id":7,"title":"Titel der Sache","contributionContent":"Ein Text","belongToProject":"p"\(members)}}]}
        """
    }

    @Test(arguments: [
        ("{}", true), ("[]", true), ("null", true), (#"{"type":"Point","coordinates":[0,0]}"#, true),
        (#"{"type":"Point","coordinates":[9.95,53.55]}"#, false),
    ])
    func takesAllTheWaysOfHavingNoPlace(geometry: String, isUnlocated: Bool) async throws {
        let sample = try await PDSSample()
        let report = try await sample.take(Self.contribution("", geometry: geometry))
        #expect(report.imported == 1 && (report.quality == ["unlocated": 1]) == isUnlocated)
        let answer = try await sample.contributions(of: "p").properties[0]
        #expect(answer["dipasLocated"] as? Bool == !isUnlocated)
    }

    /// A place that is told to be one is kept, as suspect as it is.
    @Test func nullIslandIsAPlaceWhereItIsToldToBe() async throws {
        let sample = try await PDSSample()
        let geometry = #"{"type":"Point","coordinates":[0,0]}"#
        let report = try await sample.take(Self.contribution(#","dipasLocated":true"#, geometry: geometry))
        #expect(report.quality == ["suspect": 1])
        #expect(try await sample.contributions(of: "p").properties[0]["dipasLocated"] as? Bool == true)
        let other = try await PDSSample()
        #expect(try await other.take(Self.contribution("", geometry: geometry)).quality == ["unlocated": 1])
    }

    /// The Elbphilharmonie in metres of the systems in use in Germany, as cs2cs of PROJ 9.1 gives them, and a place in
    /// Berlin that could be two.
    @Test(arguments: [
        ("[565213, 5932939]", "EPSG:25832"), ("[32565213, 5932939]", "EPSG:4647"), ("[3565310, 5934874]", "EPSG:31467"),
        ("[1111425, 7083758]", "EPSG:3857"), ("[391000, 5820000]", "EPSG:25832 or EPSG:25833"),
        ("[5932939, 565213]", "EPSG:25832 with the northing first"),
    ])
    func metresAreNotTakenForDegrees(_ coordinates: String, _ system: String) async throws {
        let sample = try await PDSSample()
        let geometry = #"{"type":"Point","coordinates":\#(coordinates)}"#
        let report = try await sample.take(Self.contribution("", geometry: geometry))
        #expect(report.imported == 0 && report.rejections.map(\.code) == ["projected"])
        #expect(report.rejections.map(\.field) == ["geometry"])
        let reason = report.rejections.first?.reason ?? ""
        #expect(reason.contains(system) && reason.contains("crs=EPSG:"), "\(reason)")
    }

    @Test(arguments: [true, false])
    func metresAreBroughtToDegreesWhereTheirSystemIsTold(_ isDeclared: Bool) async throws {
        let sample = try await PDSSample()
        var text = Self.contribution("", geometry: #"{"type":"Point","coordinates":[565213,5932939]}"#)
        var options = PDSImportOptions()
        if isDeclared {
            text = text.replacing(
                #""FeatureCollection","#,
                with: #""FeatureCollection","crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::25832"}},"#
            )
        } else {
            options.crs = "EPSG:25832"
        }
        let report = try await sample.take(text, options: options)
        #expect(report.imported == 1 && report.skipped == 0)
        let features = try await sample.contributions(of: "p")["features"] as? [NSDictionary]
        let place = (features?.first?["geometry"] as? NSDictionary)?["coordinates"] as? [Double] ?? []
        try #require(place.count == 2)
        #expect(abs(place[0] - 9.984) < 0.01 && abs(place[1] - 53.541) < 0.01)
    }

    private static func metric(_ system: String, id: String = "p") -> String {
        PDSSample.project.replacing(#""referenceSystem":"4326""#, with: #""referenceSystem":\#(system)"#)
            .replacing(#""id":"hafenrand_2""#, with: #""id":"\#(id)""#).replacing(
                "[[[9.9,53.5],[10.1,53.5],[10.1,53.6],[9.9,53.6],[9.9,53.5]]]",
                with: "[[[560000,5928000],[572000,5928000],[572000,5940000],[560000,5940000],[560000,5928000]]]")
    }

    @Test(arguments: [#""25832""#, "25832", #""EPSG:25832""#])
    func theSystemThatAProjectNamesIsThatOfItsPlaces(_ system: String) async throws {
        let sample = try await PDSSample()
        let place = #"{"type":"Point","coordinates":[565213,5932939]}"#
        let report = try await sample.take(Self.metric(system), Self.contribution("", geometry: place))
        #expect(report.imported == 1 && report.quality == ["inside": 1], "\(report)")
        let features = try await sample.contributions(of: "p")["features"] as? [NSDictionary]
        let found = (features?.first?["geometry"] as? NSDictionary)?["coordinates"] as? [Double] ?? []
        try #require(found.count == 2)
        #expect(abs(found[0] - 9.984) < 0.01 && abs(found[1] - 53.541) < 0.01)
        // Again it changes nothing.
        let again = try await sample.take(Self.metric(system), Self.contribution("", geometry: place))
        #expect(again.imported == 0 && again.projects.map(\.updated) == [0])
    }

    /// Servers name a system and send degrees all the same, as GeoJSON demands.
    @Test func degreesStayDegreesWhateverSystemIsNamed() async throws {
        let sample = try await PDSSample()
        let project = PDSSample.project.replacing(#""referenceSystem":"4326""#, with: #""referenceSystem":"25832""#)
        let report = try await sample.take(project, PDSSample.contributions)
        #expect(report.quality["inside"] ?? 0 > 0 && report.quality["suspect"] == nil, "\(report.quality)")
    }

    @Test(arguments: [#""99999""#, #""ETRS""#, #""+proj=utm +zone=32""#])
    func aProjectInAnUnknownSystemIsRefusedWithWhatBelongsToIt(_ system: String) async throws {
        let sample = try await PDSSample()
        let place = #"{"type":"Point","coordinates":[565213,5932939]}"#
        let files = (Self.metric(system), Self.contribution("", geometry: place))
        let report = try await sample.take(files.0, files.1)
        #expect(report.imported == 0 && report.projects.isEmpty)
        #expect(report.rejections.contains { $0.field == "referenceSystem" && $0.code == "unknownCRS" })
        // What is given counts more than what is named.
        var options = PDSImportOptions()
        options.crs = "EPSG:25832"
        let given = try await sample.take(files.0, files.1, options: options)
        #expect(given.imported == 1 && given.quality == ["inside": 1])
    }

    @Test func aTableInMetresNeedsItsSystem() async throws {
        let sample = try await PDSSample()
        let rows = """
            Node ID,Process ID,Title,Contributiontext,X,Y
            7,p,Titel der Sache,Ein Text,565213,5932939
            """
        let path = try sample.file("rows.csv", rows)
        let refused = try await sample.installation.importPDS(files: [PDSFile(path)], scope: sample.staff)
        #expect(refused.imported == 0 && refused.rejections.map(\.code) == ["projected"])
        var options = PDSImportOptions()
        options.crs = "EPSG:25832"
        let taken = try await sample.installation.importPDS(
            files: [PDSFile(path)], options: options, scope: sample.staff)
        #expect(taken.imported == 1 && taken.skipped == 0)
        options.crs = "EPSG:99999"
        await #expect(throws: PlatformError.self) {
            try await sample.installation.importPDS(files: [PDSFile(path)], options: options, scope: sample.staff)
        }
    }

    @Test func fallsBackToTheAreaOfTheProjectItBelongsTo() async throws {
        let sample = try await PDSSample()
        try await sample.take(PDSSample.project, PDSSample.contributions)
        try await sample.take(Self.contribution(""))
        let own = try await sample.contributions(number: 102)["features"] as? [NSDictionary]
        #expect((own?[0]["geometry"] as? NSDictionary)?["type"] as? String == "Polygon")
        let other = try await sample.contributions(of: "p")["features"] as? [NSDictionary]
        #expect((other?[0]["geometry"] as? NSDictionary)?["coordinates"] as? [Double] == [0, 0])
    }

    /// Who asks for changes learns of comments that came in with an import, whenever they were written.
    @Test func commentsChangeWhenTheyAreImported() async throws {
        let sample = try await PDSSample()
        func changed() async throws -> [String: Int64] {
            let rows = try await sample.installation.engine.read { connection throws in
                try connection.rows("SELECT text, changed FROM comment") { ($0.text(0), $0.integer(1)) }
            }
            return Dictionary(rows) { first, _ in first }
        }
        try await sample.take(PDSSample.project, PDSSample.contributions)
        let first: Int64 = 1_777_593_600_000
        #expect(try await changed() == ["Gute Idee.": first, "Finde ich auch.": first, "Zu teuer.": first])
        let later = Installation(engine: sample.installation.engine, now: { first + 5 })
        let file = try sample.file("later.json", PDSSample.contributions.replacing("Zu teuer.", with: "Viel zu teuer."))
        _ = try await later.importPDS(files: [PDSFile(file)], options: PDSImportOptions(), scope: sample.staff)
        #expect(try await changed() == ["Gute Idee.": first, "Finde ich auch.": first, "Viel zu teuer.": first + 5])
    }

    @Test func takesNumbersAsTextsNoneAndEntities() async throws {
        let sample = try await PDSSample()
        try await sample.take(
            Self.contribution(
                """
                ,"votingPro":"3","votingContra":"","category":"Gr&uuml;n &amp; Blau","contributionType":"none",
                "commentsNumber":"0","customAttribute":{"nlp_scores":{"content":"0.5","sentiment":"-"}}
                """
            ).replacing("Ein Text", with: "Fu&szlig;g&#228;nger &lt;b&gt; &unknown; R&D"))
        let answer = try await sample.contributions(of: "p").properties[0]
        #expect(answer["votingPro"] as? Int == 3 && answer["votingContra"] as? Int == 0)
        #expect(answer["category"] as? String == "Grün & Blau" && answer["contributionType"] as? String == "none")
        #expect(answer["contributionContent"] as? String == "Fußgänger <b> &unknown; R&D")
        let scores = (answer["customAttribute"] as? NSDictionary)?["nlp_scores"] as? NSDictionary
        #expect(scores?["content"] as? Double == 0.5 && scores?["sentiment"] as? String == "-")
    }

    @Test func takesTheOlderFormOfCategoriesAndEmptyListsOfPHP() async throws {
        let sample = try await PDSSample()
        try await sample.take(
            """
            {"type":"FeatureCollection","features":[{"type":"Feature","geometry":{},"properties":{"id":"alt",
            "nameFull":"Alt","description":"","dateStart":"2020-01-01","dateEnd":"2020-01-31","dipasPhase":"phase1",
            "standardCategories":{"5":"Verkehr","6":"Wohnen"},"projectOwner":[],"projectTopics":[]}}]}
            """)
        let answer = try await sample.projects("alt").properties[0]
        let categories = answer["standardCategories"] as? [String: NSDictionary]
        #expect(categories?["5"]?["name"] as? String == "Verkehr" && categories?.count == 2)
        #expect((answer["projectOwner"] as? NSDictionary)?.count == 0)
        // A day of the tenant's time zone, end day inclusive.
        #expect(answer["dateEnd"] as? String == "2020-01-31T23:00:00Z")
        #expect((try await sample.projects()["features"] as? [NSDictionary])?[0]["geometry"] as? NSDictionary == [:])
    }

    @Test func computesThePhaseOfEachProjectByItsOwnDates() async throws {
        let sample = try await PDSSample()
        func project(_ id: String, _ start: String, _ end: String) -> String {
            """
            {"type":"Feature","geometry":{},"properties":{"id":"\(id)","nameFull":"\(id)","dipasPhase":"phase1",
            "dateStart":"\(start)","dateEnd":"\(end)"}}
            """
        }
        // The server said phase1 of all of them; it is 1 May 2026.
        let features = [
            project("kommt", "2027-01-01T00:00:00Z", "2027-02-01T00:00:00Z"),
            project("laeuft", "2026-01-01T00:00:00Z", "2027-02-01T00:00:00Z"),
            project("war", "2020-01-01T00:00:00Z", "2020-02-01T00:00:00Z"),
        ]
        try await sample.take(#"{"type":"FeatureCollection","features":[\#(features.joined(separator: ","))]}"#)
        let phases = try await sample.projects().properties.map { $0["dipasPhase"] as? String }
        #expect(phases == ["unstarted", "phase1", "phase1"])
        let states = try await sample.projects().properties.map { $0["proceedingState"] as? String }
        #expect(states == ["dormant", "active", "frozen"])
    }

    @Test func leavesOutWhatTellsNoProjectAndNamesIt() async throws {
        let sample = try await PDSSample()
        let report = try await sample.take(
            Self.contribution("").replacing(#""belongToProject":"p""#, with: #""other":"p""#))
        #expect(report.imported == 0 && report.rejections.map(\.field) == ["belongToProject"])
    }

    @Test func doesNotTakeOverAProceedingMadeHere() async throws {
        let sample = try await PDSSample()
        _ = try await sample.installation.createProceeding(
            ProceedingDocument(json: Array(#"{"id":"p","name":"Unser"}"#.utf8), tenant: sample.staff.tenant),
            scope: sample.staff)
        let report = try await sample.take(Self.contribution(""))
        #expect(report.skipped == 1 && report.rejections.map(\.code) == ["conflict"])
        #expect(try await sample.proceeding("p").name == "Unser")
    }

    /// A server may answer with nothing where it does not know the name it is asked for.
    @Test func saysSoWhereAProjectHasContributionsAndNoneCame() async throws {
        let sample = try await PDSSample()
        let none = #"{"type":"FeatureCollection","features":[]}"#
        let report = try await sample.take(PDSSample.project, none)
        #expect(report.notes.count == 1)
        #expect(report.notes.first?.hasPrefix("hafenrand_2: it says it has 3 contributions, but none came") == true)
        #expect(try await sample.take(PDSSample.project, PDSSample.contributions).notes.isEmpty)
    }

    @Test func needsTheRightToCreateProceedings() async throws {
        let sample = try await PDSSample()
        let path = try sample.file("pds.json", PDSSample.project)
        var scope = sample.staff
        scope.viewer = Viewer(account: "planner", grants: [Grant(.analyst)])
        await #expect(throws: PlatformError.self) {
            try await sample.installation.importPDS(files: [PDSFile(path)], scope: scope)
        }
    }

    @Test func tellsTheAuditLogOnceAndOnlyOfWhatChanged() async throws {
        let sample = try await PDSSample()
        try await sample.take(PDSSample.project, PDSSample.contributions)
        func actions() async throws -> [String] {
            try await sample.installation.auditEvents(limit: 100, scope: sample.staff).items.map(\.action)
        }
        let first = try await actions()
        #expect(first.filter { $0 == "pds.import" }.count == 1 && first.contains("proceeding.create"))
        try await sample.take(PDSSample.project, PDSSample.contributions)
        #expect(try await actions() == first)
    }
}
