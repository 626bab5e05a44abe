import Foundation
import GeoCore
import Participation
import Platform
import Storage
import Testing

/// Types, topics, districts and publisher: one truth for the API and for PDS.
struct PDSLabelTests {
    private static func names(_ value: Any?) -> Set<String> {
        Set((value as? [String: NSDictionary] ?? [:]).values.compactMap { $0["name"] as? String })
    }

    @Test func whatWasMadeHereReachesReadersOfPDS() async throws {
        let sample = try await PDSSample()
        let document = """
            {"id": "kai", "name": "Kai", "publisher": "Hafenamt", "topics": ["Klima", "Wohnen"], "districts": ["Altona"],
            "types": [{"id": "t1", "name": "Idee"}, {"id": "t2", "name": "Alt", "archived": true}],
            "categories": [{"id": "wege", "name": "Wege"}]}
            """
        let made = try await sample.installation.createProceeding(
            ProceedingDocument(json: Array(document.utf8), tenant: sample.staff.tenant), scope: sample.staff)
        let contribution = Contribution(
            title: "Ein Titel", text: "Ein Text", category: "wege", type: "t1", created: 1_777_593_600_000)
        try await sample.installation.engine.write { connection in
            let writer = sample.staff.writer(connection)
            _ = try writer.insert([PlacedContribution(contribution, point: nil)], into: made)
            try writer.touch(made)
        }
        let told = try await sample.projects("kai").properties[0]
        #expect(told["publisher"] as? String == "Hafenamt")
        let types = told["projectContributionType"] as? [String: NSDictionary]
        #expect(types?.keys.sorted() == ["t1"] && types?["t1"]?["name"] as? String == "Idee")
        #expect(Self.names(told["projectTopics"]) == ["Klima", "Wohnen"])
        #expect(Self.names(told["dipasMainDistrict"]) == ["Altona"])
        #expect(try await sample.contributions(of: "kai").properties[0]["contributionType"] as? String == "Idee")
        var table = ""
        for try await part in try await sample.installation.dipasTable(.contributions, of: made, scope: sample.staff) {
            table += String(decoding: part, as: UTF8.self)
        }
        #expect(table.contains(";Wege;Idee;"))
    }

    @Test func theTenantPublishesWhereTheProceedingNamesNobody() async throws {
        let sample = try await PDSSample()
        var scope = sample.staff
        scope.tenant.publisher = "Stadt"
        let made = try await sample.installation.createProceeding(
            ProceedingDocument(json: Array(#"{"id": "kai", "name": "Kai"}"#.utf8), tenant: scope.tenant), scope: scope)
        var text = ""
        for try await part in try await sample.installation.pdsProjects(id: made.id, scope: scope) {
            text += String(decoding: part, as: UTF8.self)
        }
        #expect(text.contains(#""publisher":"Stadt""#))
    }

    @Test func whatComesInIsFoundByTheFiltersOfTheAPI() async throws {
        let sample = try await PDSSample()
        try await sample.take(PDSSample.project, PDSSample.contributions)
        let details = try await sample.proceeding().details
        #expect(
            details.topics == ["Wohnen"] && details.districts == ["Altona"] && details.publisher == "Stadt Elbstadt")
        #expect(details.types == [ContributionType(id: "idee-anregung", name: "Idee/Anregung", weight: 2)])
        for (topic, district, count) in [("Wohnen", "Altona", 1), ("Klima", "Altona", 0), ("Wohnen", "Mitte", 0)] {
            var filter = ProceedingFilter()
            (filter.topic, filter.district) = (topic, district)
            #expect(try await sample.installation.proceedings(filter: filter, scope: sample.staff).items.count == count)
        }
        var filter = ContributionFilter()
        filter.types = ["idee-anregung"]
        let found = try await sample.installation.contributions(
            of: sample.proceeding(), filter: filter, limit: 10, after: nil, scope: sample.staff)
        #expect(found.items.map(\.title) == ["Mehr Bänke"])
    }

    @Test func listsThatAreChangedHereAreWhatPDSTells() async throws {
        let sample = try await PDSSample()
        try await sample.take(PDSSample.project, PDSSample.contributions)
        _ = try await sample.installation.replaceTypes(
            [ContributionType(id: "idee-anregung", name: "Vorschlag"), ContributionType(id: "lob", name: "Lob")],
            of: sample.proceeding(), version: nil, scope: sample.staff)
        _ = try await sample.installation.change(
            sample.proceeding(), patch: JSONValue.parse(Array(#"{"topics": ["Klima"], "publisher": null}"#.utf8)),
            version: nil, scope: sample.staff)
        for _ in 0..<2 {
            let told = try await sample.projects().properties[0]
            let types = told["projectContributionType"] as? [String: NSDictionary]
            #expect(types?["3"]?["name"] as? String == "Vorschlag" && types?["lob"]?["name"] as? String == "Lob")
            #expect(Self.names(told["projectTopics"]) == ["Klima"] && told["publisher"] as? String == "")
            let first = try await sample.contributions(number: 101).properties[0]
            #expect(first["contributionType"] as? String == "Vorschlag")
            // The unchanged source changes nothing of it.
            let again = try await sample.take(PDSSample.project, PDSSample.contributions)
            #expect(again.projects.map(\.unchanged) == [3])
            #expect(again.notes == ["hafenrand_2: kept as changed here: publisher, types, topics"])
        }
        // What it adds and takes away comes in.
        let changed = PDSSample.project
            .replacing(#""projectTopics":{"1":"#, with: #""projectTopics":{"2":{"id":"2","name":"Lärm"},"1":"#)
            .replacing(
                ##""5":{"id":"5","name":"Altona","description":null,"weight":0,"field_color":"#aa0000"}"##, with: "")
        try await sample.take(changed)
        let details = try await sample.proceeding().details
        #expect(details.topics == ["Klima", "Lärm"] && details.districts == [])
    }
}
