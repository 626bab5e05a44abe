import Foundation
import GeoCore
import OutboundHTTP
import Participation
import Platform
import Storage
import TestSupport
import Testing

/// Comments on conceptions as PDS has them: features of comments alone, at the place of the project.
struct PDSConceptionTests {
    private static let comments = #"""
        {"type":"FeatureCollection","features":[{"type":"Feature","geometry":{"type":"Polygon","coordinates":
        [[[9.9,53.5],[10.1,53.5],[10.1,53.6],[9.9,53.6],[9.9,53.5]]]},"properties":{"comments":[
        {"id":"21","dateCreated":"2025-04-02T08:00:01Z","title":"Ja","commentContent":"Schöner Entwurf.","commentedBy":[
        {"id":"23","dateCreated":"2025-04-03T08:00:02Z","title":"","commentContent":"Zu viel Beton.","commentedBy":[],
        "commentOnContribution":"201","commentOnComment":"21"}],"commentOnContribution":"201"}]}},
        {"type":"Feature","geometry":{"type":"Polygon","coordinates":
        [[[9.9,53.5],[10.1,53.5],[10.1,53.6],[9.9,53.6],[9.9,53.5]]]},"properties":{"comments":[
        {"id":"22","dateCreated":"2025-04-02T09:00:01Z","title":"","commentContent":"Lieber der andere.",
        "commentedBy":[],"commentOnContribution":"202"}]}}]}
        """#

    private static func take(_ sample: PDSSample, _ text: String = comments) async throws -> PDSImportReport {
        let files = [
            PDSFile(try sample.file("projects.json", PDSSample.project)),
            PDSFile(
                try sample.file("conception_comments.json", text), project: "hafenrand_2", holdsConceptions: true),
            PDSFile(try sample.file("contributions.json", PDSSample.contributions)),
        ]
        return try await sample.installation.importPDS(files: files, scope: sample.staff)
    }

    private static func conceptions(_ sample: PDSSample) async throws -> [Conception] {
        try await sample.installation.conceptions(
            of: sample.proceeding(), limit: 10, after: nil, scope: sample.staff
        ).items
    }

    @Test func whatGoesInComesOutEqualInEveryMember() async throws {
        let sample = try await PDSSample()
        let report = try await Self.take(sample)
        #expect(report.skipped == 0 && report.projects.map(\.conceptions) == [2])
        #expect(report.projects.map(\.comments) == [6])
        #expect(try await sample.contributions(.conceptionComments) == PDSSample.object(Self.comments))
        #expect(try await sample.contributions() == PDSSample.object(PDSSample.contributions))
        let stored = try await Self.conceptions(sample)
        #expect(stored.map(\.title) == ["Entwurf 201", "Entwurf 202"] && stored.map(\.commentCount) == [2, 1])
        #expect(stored.allSatisfy { $0.id > 202 && $0.geometry == nil })
    }

    @Test func anotherTimeChangesNothingAndKeepsWhatPlannersWrote() async throws {
        let sample = try await PDSSample()
        _ = try await Self.take(sample)
        var change = ConceptionChange()
        (change.title, change.text) = ("Allee am Kai", "Zwei Reihen Bäume.")
        let first = try await Self.conceptions(sample)[0]
        _ = try await sample.installation.changeConception(
            first.id, change, of: sample.proceeding(), precondition: .any, scope: sample.staff)
        // The other has no text yet, which a change of its place in the list does not ask for.
        var order = ConceptionChange()
        order.order = 2
        let second = try await Self.conceptions(sample)[1]
        _ = try await sample.installation.changeConception(
            second.id, order, of: sample.proceeding(), precondition: .any, scope: sample.staff)
        let version = try await sample.proceeding().dataVersion
        let again = try await Self.take(sample)
        #expect(again.projects.map(\.conceptions) == [0] && again.projects.map(\.comments) == [0])
        #expect(try await sample.proceeding().dataVersion == version)
        #expect(try await Self.conceptions(sample)[0].title == "Allee am Kai")
        let changed = Self.comments.replacing("Zu viel Beton.", with: "Viel zu viel Beton.")
        #expect(try await Self.take(sample, changed).projects.map(\.changedComments) == [1])
    }

    @Test func commentsOnNothingKnownAreTakenForConceptionsOnlyWhenToldSo() async throws {
        let sample = try await PDSSample()
        var options = PDSImportOptions()
        options.projects = ["hafenrand_2"]
        let refused = try await sample.take(PDSSample.project, Self.comments, options: options)
        #expect(refused.rejections.map(\.code) == ["unknownContribution", "unknownContribution"])
        #expect(try await Self.conceptions(sample).isEmpty)
        options.takesConceptions = true
        let taken = try await sample.take(PDSSample.project, Self.comments, options: options)
        #expect(taken.skipped == 0 && taken.projects.map(\.conceptions) == [2])
    }

    @Test func hiddenConceptionsAndTheirTreesNeverShow() async throws {
        let sample = try await PDSSample()
        _ = try await Self.take(sample)
        let proceeding = try await sample.proceeding()
        let first = try await Self.conceptions(sample)[0]
        _ = try await sample.installation.moderate(
            [ModerationTarget(first.id)], ModerationDecision(.hide, reason: .other), of: proceeding, scope: sample.staff
        )
        let shown = try await sample.contributions(.conceptionComments).properties
        #expect(shown.count == 1 && "\(shown[0])".contains("202"))
        var table = ""
        for try await part in try await sample.installation.dipasTable(
            .conceptionComments, of: proceeding, scope: Scope(tenant: sample.staff.tenant, viewer: .anonymous))
        { table += String(decoding: part, as: UTF8.self) }
        let lines = table.split(separator: "\r\n").dropFirst()
        #expect(lines == ["202;22;;Lieber der andere.;2025-04-02T09:00:01Z"])
    }

    @Test func aConceptionWithAPlaceOfItsOwnKeepsIt() async throws {
        let sample = try await PDSSample()
        _ = try await Self.take(sample)
        let proceeding = try await sample.proceeding()
        let made = try await sample.installation.addConception(
            NewConception(title: "Platz am Kai", text: "Mit Stufen am Wasser.", geometry: .point(Position(10, 53.55))),
            to: proceeding, scope: sample.staff
        ).conception
        try await sample.installation.engine.write { connection in
            _ = try sample.staff.writer(connection).insert(
                Comment(on: .conception(made.id), text: "Von hier", created: 1_777_593_612_345), of: proceeding)
        }
        let out = try await sample.contributions(.conceptionComments)
        let last = try #require((out["features"] as? [NSDictionary])?.last)
        #expect((last["geometry"] as? NSDictionary)?["type"] as? String == "Point")
        let text = "\(last)"
        // What was written here is public to the minute, and names the conception by its number.
        #expect(text.contains("2026-05-01T00:00:00Z") && text.contains("commentOnContribution = \(made.id)"))
    }

    @Test func asksAServerForThemAndGoesOnWithoutThem() async throws {
        for knows in [true, false] {
            let server = try LoopbackServer { request in
                switch request.path {
                case "/pds/projects": .init(body: PDSSample.project)
                case "/pds/projects/hafenrand_2/commentedcontributions": .init(body: PDSSample.contributions)
                case "/pds/projects/hafenrand_2/conception_comments":
                    knows ? .init(body: Self.comments) : .init(status: 500)
                default: .init(status: 404)
                }
            }
            defer { server.stop() }
            let sample = try await PDSSample()
            let fetch = PDSFetch(
                client: OutboundClient(policy: OutboundPolicy(origins: [server.origin])), folder: sample.folder.path("")
            )
            let files = try await fetch.files(of: server.origin + "/pds/projects")
            let report = try await sample.installation.importPDS(files: files, scope: sample.staff)
            #expect(report.imported == 3 && report.projects.map(\.conceptions) == [knows ? 2 : 0])
        }
    }
}
