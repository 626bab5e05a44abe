import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import TestSupport
import Testing

@testable import WebServer

/// Lists of changes of what planners keep; those of what citizens write are in the tests of each.
struct ChangeListTests {
    private static let proceeding = "/api/v1/proceedings/radverkehr"
    private static let appointments = proceeding + "/appointments"
    private static let downloads = proceeding + "/downloads"
    private static let patch: HTTPFields =
        [.contentType: "application/merge-patch+json", .ifMatch: "*"] + CityServer.staff

    private func add(_ city: CityServer, _ title: String = "Auftakt") async throws -> String {
        let body = """
            {"type": "Feature", "geometry": null, "properties": {"title": "\(title)",
            "start": "2026-05-20T18:00:00+02:00", "end": "2026-05-20T20:00:00+02:00"}}
            """
        let answer = try await city.post(Self.appointments, body, headers: CityServer.staff)
        return try #require(answer.headers[.location])
    }

    private func offer(_ city: CityServer, _ query: String = "") async throws -> String {
        let answer = try await city.upload(
            "\(Self.downloads)?filename=a.pdf&title=Plan\(query)", Array("%PDF-1.7 Plan".utf8),
            headers: CityServer.staff)
        return try #require(answer.headers[.location])
    }

    private func number(_ path: String) -> String { path.split(separator: "/").last.map { String($0) } ?? "" }

    @Test func appointmentsThatCameChangedOrWentAreFoundByTheNextHarvest() async throws {
        let clock = TestClock()
        let city = try await CityServer(clock: clock)
        let (kept, changed, removed) = (try await add(city), try await add(city), try await add(city))
        let all = try await city.changes(Self.appointments, "features")
        #expect(all.there == [kept, changed, removed].map(number) && all.gone.isEmpty)
        clock.advance(seconds: 600)
        let since = try await city.changes(Self.appointments, "features").until
        let body = #"{"properties": {"title": "Verlegt"}}"#
        #expect(try await city.send(changed, method: .patch, headers: Self.patch, body: body).status == .ok)
        #expect(try await city.send(removed, method: .delete, headers: CityServer.staff).status == .noContent)
        let news = try await city.changes(Self.appointments, "features", since: since)
        #expect(news.there == [number(changed)] && news.gone == ["\(number(removed)) erased"])
        // In pages, each entry once.
        let (there, gone) = try await city.changesOneByOne(Self.appointments, "features")
        #expect(there == [kept, changed].map(number) && gone == news.gone)
    }

    @Test(arguments: ["&f=ics", "&from=2026-01-01", "&bbox=9,53,10,54"])
    func appointmentsAreAskedForByTimeOfChangeAlone(_ more: String) async throws {
        let city = try await CityServer()
        #expect(try await city.send("\(Self.appointments)?modifiedSince=2026-01-01\(more)").status == .badRequest)
    }

    @Test func downloadsThatWereArchivedOrRemovedLeaveTombstones() async throws {
        let city = try await CityServer()
        let (kept, archived, removed) = (try await offer(city), try await offer(city), try await offer(city))
        let body = #"{"archived": true}"#
        #expect(try await city.send(archived, method: .patch, headers: Self.patch, body: body).status == .ok)
        #expect(try await city.send(removed, method: .delete, headers: CityServer.staff).status == .noContent)
        let shown = try await city.changes(Self.downloads, "downloads")
        #expect(shown.there == [number(kept)])
        #expect(Set(shown.gone) == ["\(number(archived)) hidden", "\(number(removed)) erased"])
        let staff = try await city.changes(Self.downloads, "downloads", headers: CityServer.staff)
        #expect(staff.there == [kept, archived].map(number) && staff.gone == ["\(number(removed)) erased"])
    }

    @Test func downloadsThatWereNeverShownLeaveNoneToThePublic() async throws {
        let city = try await CityServer()
        let (draft, gone) = (try await offer(city, "&archived=true"), try await offer(city, "&archived=true"))
        #expect(try await city.send(gone, method: .delete, headers: CityServer.staff).status == .noContent)
        let found = try await city.changes(Self.downloads, "downloads")
        #expect(found.there.isEmpty && found.gone.isEmpty)
        #expect(
            try await city.changes(Self.downloads, "downloads", headers: CityServer.staff).there == [number(draft)])
        #expect(try await city.send(Self.downloads + "?limit=1").status == .badRequest)
    }

    @Test func proceedingsThatCloseOrGoLeaveTheirSlug() async throws {
        let clock = TestClock()
        let city = try await CityServer(clock: clock)
        let path = "/api/v1/proceedings"
        for id in ["zu", "weg", "intern"] {
            let visibility = id == "intern" ? "internal" : "public"
            let body = #"{"id": "\#(id)", "name": "Verfahren", "visibility": "\#(visibility)"}"#
            #expect(try await city.post(path, body, headers: CityServer.staff).status == .created)
        }
        clock.advance(seconds: 600)
        let first = try await city.changes(path, "proceedings")
        #expect(first.there == ["radverkehr", "zu", "weg"] && first.gone.isEmpty)
        let body = #"{"visibility": "internal"}"#
        #expect(try await city.send(path + "/zu", method: .patch, headers: Self.patch, body: body).status == .ok)
        for id in ["weg", "intern"] {
            let answer = try await city.send(
                "\(path)/\(id)", method: .delete, headers: CityServer.staff + [.ifMatch: "*"])
            #expect(answer.status == .noContent, "\(answer.text)")
        }
        let news = try await city.changes(path, "proceedings", since: first.until)
        #expect(news.there.isEmpty && Set(news.gone) == ["zu hidden", "weg erased"])
        let staff = try await city.changes(path, "proceedings", since: first.until, headers: CityServer.staff)
        #expect(staff.there == ["zu"] && Set(staff.gone) == ["weg erased", "intern erased"])
        // One of that name is there again.
        let again = #"{"id": "weg", "name": "Neues Verfahren"}"#
        #expect(try await city.post(path, again, headers: CityServer.staff).status == .created)
        let last = try await city.changes(path, "proceedings", since: first.until)
        #expect(last.there == ["weg"] && last.gone == ["zu hidden"])
    }

    /// Who does not see the new one has to be told that the old one went.
    @Test func oneOfThatNameThatIsNotPublicLeavesTheTombstone() async throws {
        let clock = TestClock()
        let city = try await CityServer(clock: clock)
        let path = "/api/v1/proceedings"
        func make(_ visibility: String) async throws {
            let body = #"{"id": "weg", "name": "Verfahren", "visibility": "\#(visibility)"}"#
            #expect(try await city.post(path, body, headers: CityServer.staff).status == .created)
        }
        try await make("public")
        let since = try await city.changes(path, "proceedings").until
        clock.advance(seconds: 600)
        let gone = try await city.send(
            "\(path)/weg", method: .delete, headers: CityServer.staff + [.ifMatch: "*"])
        #expect(gone.status == .noContent, "\(gone.text)")
        try await make("internal")
        #expect(try await city.changes(path, "proceedings", since: since).gone == ["weg erased"])
        let staff = try await city.changes(path, "proceedings", since: since, headers: CityServer.staff)
        #expect(staff.there.contains("weg") && staff.gone.isEmpty)
    }

    /// Lists that tell no changes, each with its reason.
    private static let withoutChanges = [
        "listAuditEvents": "is only added to, and goes in pages from the newest",
        "listDeliveries": "is only added to, and goes in pages from the newest",
        "listModeration": "is what waits now", "listCrowdedHours": "is counted anew each time",
        "listSimilarContributions": "is a search",
        "listKeys": "is for administrators", "listRoles": "is for administrators",
        "listIssuers": "is for administrators", "listWebhooks": "is for administrators",
        "listEmergencyAccess": "is for administrators",
        "listOwnContributions": "is one's own", "listOwnComments": "is one's own", "listOwnVotes": "is one's own",
        "listLayerItems": "is replaced as a whole with its layer",
    ]

    @Test func everyListTellsItsChangesOrHasAReasonNotTo() async throws {
        let lists = try await CityServer().server.descriptions.filter {
            $0.method == .get && $0.operation.hasPrefix("list")
        }
        for list in lists {
            let tells = list.parameters.contains(ChangeList.parameter)
            #expect(tells == (Self.withoutChanges[list.operation] == nil), "\(list.operation)")
        }
        #expect(Set(Self.withoutChanges.keys).subtracting(lists.map(\.operation)).isEmpty)
        #expect(lists.count > Self.withoutChanges.count)
    }

    @Test func newCategoriesChangeTheirProceeding() async throws {
        let clock = TestClock()
        let city = try await CityServer(clock: clock)
        clock.advance(seconds: 600)
        let since = try await city.changes("/api/v1/proceedings", "proceedings").until
        #expect(try await city.changes("/api/v1/proceedings", "proceedings", since: since).there.isEmpty)
        let answer = try await city.send(
            Self.proceeding + "/categories", method: .put,
            headers: CityServer.staff + [.contentType: "application/json", .ifMatch: "*"],
            body: #"{"categories": [{"id": "wege", "name": "Wege"}, {"id": "neu", "name": "Neu"}]}"#)
        #expect(answer.status.kind == .successful, "\(answer.text)")
        #expect(try await city.changes("/api/v1/proceedings", "proceedings", since: since).there == ["radverkehr"])
    }

    @Test func aPlaceThatIsShownRoundedFromNowOnIsTold() async throws {
        let clock = TestClock()
        let city = try await CityServer(clock: clock)
        let path = try #require(
            try await city.post(CityServer.contributions, CityServer.feature()).headers[.location])
        clock.advance(seconds: 600)
        let since = try await city.changes(CityServer.contributions, "features").until
        #expect(try await city.changes(CityServer.contributions, "features", since: since).there.isEmpty)
        let answer = try await city.send(
            Self.proceeding + "/categories", method: .put,
            headers: CityServer.staff + [.contentType: "application/json", .ifMatch: "*"],
            body: #"{"categories": [{"id": "wege", "name": "Wege", "private": true}]}"#)
        #expect(answer.status.kind == .successful, "\(answer.text)")
        #expect(try await city.changes(CityServer.contributions, "features", since: since).there == [number(path)])
    }
}
