import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Testing

@testable import WebServer

/// Walks every readable route as the public, and finds nothing of what is not published.
///
/// No word, no place, no number in a count. A new route needs an entry in ``VisibilityRoutes``.
struct VisibilityWalkTests {
    /// An answer without what may differ between two cities with the same public rows.
    private static func normalised(_ response: TestResponse) -> String {
        "\(response.status.code) "
            + response.text
            .replacing(/("|&quot;)(dataVersion|secondDataVersion)("|&quot;):\d+/, with: "")
            .replacing(/urn:uuid:[0-9a-f-]+/, with: "")
            .replacing(/"cursor=[^"]*"/, with: "")
            .replacing(/[Dd]ata version \d+( and \d+)?/, with: "").replacing(/Datenstand \d+( und \d+)?/, with: "")
    }

    @Test(.timeLimit(.minutes(10)))
    func everyReadableRouteIsWalked() async throws {
        let city = try await CityServer()
        let known = Set(VisibilityRoutes.walk.keys).union(VisibilityRoutes.pds.keys).union(
            VisibilityRoutes.ofTheProcess)
        let paths = try await VisibilityRoutes.readablePaths(city).map { $0.replacing("/t/{tenant}", with: "") }
        for path in Set(paths).subtracting(known).sorted() {
            Issue.record("\(path) can be read and has no entry in the walk over what must not be seen")
        }
    }

    /// What an answer tells of secret rows.
    private static func check(_ found: TestResponse, at uri: String, isSecret: Bool, for viewer: String) {
        let text = found.text.lowercased()
        // A question is echoed in the link of the next page at most.
        for word in VisibilityCity.secretWords where text.contains(word.lowercased()) && !uri.contains(word) {
            Issue.record("\(word) is found by \(viewer) at \(uri)")
        }
        // Cells cover the whole area, whatever lies in it; and where the centre of all is, an analyst may know.
        let isOfAll = uri.contains("hotspots") || (viewer == "an analyst" && uri.contains("method=centrography"))
        for place in VisibilityCity.secretPlaces where text.contains(place) && !isOfAll {
            Issue.record("\(place) is found by \(viewer) at \(uri)")
        }
        guard isSecret else { return }
        // PDS answers with an empty collection where there is nothing.
        let isEmpty = uri.contains("pds/") && found.text.contains("\"features\":[]")
        #expect([401, 403, 404].contains(found.status.code) || isEmpty, "\(viewer) at \(uri)")
    }

    /// The same public rows, with and without secret ones beside them, give the same answers everywhere.
    ///
    /// In four parts, since it is the longest of all tests.
    @Test(.timeLimit(.minutes(10)), arguments: 0..<4)
    func thePublicFindsNothingOfWhatIsNotPublished(_ part: Int) async throws {
        let (secret, plain) = try await (VisibilityCity(withSecrets: true), VisibilityCity(withSecrets: false))
        let paths = try await VisibilityRoutes.readablePaths(secret.city).enumerated().filter { $0.offset % 4 == part }
            .map(\.element)
        try await secret.city.server.application.test(.router) { client in
            try await plain.city.server.application.test(.router) { other in
                for path in paths {
                    for (uri, isSecret) in VisibilityRoutes.addresses(path, secret) {
                        let found = try await client.execute(uri: uri, method: .get)
                        Self.check(found, at: uri, isSecret: isSecret, for: "anybody")
                        guard !isSecret, !uri.contains("limit=") else { continue }
                        let expected = try await other.execute(uri: uri, method: .get)
                        #expect(Self.normalised(found) == Self.normalised(expected), "\(uri)")
                    }
                }
            }
        }
    }

    /// A participant, a moderator of another proceeding, an analyst and another tenant's administrator find nothing.
    @Test(.timeLimit(.minutes(10)))
    func othersFindNothingOfWhatIsNotPublished() async throws {
        let city = try await VisibilityCity(withSecrets: true)
        let paths = try await VisibilityRoutes.readablePaths(city.city).filter { !$0.hasPrefix("/t/") }
        let viewers = try await city.viewers()
        try await city.city.server.application.test(.router) { client in
            for viewer in viewers {
                for path in paths where !Self.isCostly(path) {
                    for (uri, isSecret) in VisibilityRoutes.addresses(path, city) {
                        let found = try await client.execute(uri: uri, method: .get, headers: viewer.headers)
                        Self.check(found, at: uri, isSecret: isSecret, for: viewer.name)
                        if viewer.isOfAnotherTenant, path.contains("/{") {
                            #expect(found.status.code == 404 || found.status.code == 401, "\(uri)")
                        }
                    }
                }
            }
        }
    }

    /// Analyses take long and show what the columns of statistics show.
    private static func isCostly(_ path: String) -> Bool {
        ["/hotspots", "/areas", "/report"].contains { path.hasSuffix($0) }
    }

    /// What is hidden answers as what is not there; so does everything at another tenant's address.
    @Test(.timeLimit(.minutes(10)))
    func secretThingsAnswerLikeThingsThatAreNotThere() async throws {
        let city = try await VisibilityCity(withSecrets: true)
        let paths = try await VisibilityRoutes.readablePaths(city.city).filter {
            $0.contains("{contribution}") || $0.contains("{conception}")
        }
        try await city.city.server.application.test(.router) { client in
            for path in paths {
                let missing = try await client.execute(
                    uri: VisibilityRoutes.filled(path, contribution: 987_654, comment: 987_654, conception: 987_654),
                    method: .get)
                for (uri, isSecret) in VisibilityRoutes.addresses(path, city) {
                    if isSecret {
                        let found = try await client.execute(uri: uri, method: .get)
                        #expect(found.status == missing.status, "\(uri)")
                    }
                    guard uri.hasPrefix("/t/hamburg") else { continue }
                    for headers in [HTTPFields(), CityServer.staff] {
                        let elsewhere = try await client.execute(
                            uri: uri.replacing("/t/hamburg", with: "/t/bonn"), method: .get, headers: headers)
                        let isEmpty = uri.contains("pds/") && elsewhere.text.contains("\"features\":[]")
                        #expect([401, 403, 404].contains(elsewhere.status.code) || isEmpty, "\(uri)")
                    }
                }
            }
        }
    }

    /// Analysts learn how many there are and where they crowd, and get none of them as a row, by words neither.
    @Test(.timeLimit(.minutes(5)))
    func analystsCountWhatIsNotPublishedAndReadNoneOfIt() async throws {
        let city = try await VisibilityCity(withSecrets: true)
        let analyst = try #require(try await city.viewers().first { $0.name == "an analyst" }).headers
        func text(_ tail: String, _ headers: HTTPFields) async throws -> String {
            let found = try await city.city.send("/api/v1/proceedings/radverkehr/" + tail, headers: headers)
            #expect(found.status == .ok, "\(tail): \(found.text)")
            return found.text
        }
        for tail in ["statistics", "statistics?category=wege", "statistics?located=true"] {
            let counted = try await text(tail, analyst)
            #expect(counted.contains("\"contributions\":120"), "\(tail)")
            #expect(!counted.lowercased().contains("xqpending"))
        }
        #expect(try await text("statistics?q=Xqhidden", analyst).contains("\"contributions\":0"))
        #expect(try await text("statistics", [:]).contains("\"contributions\":60"))
        let question = "hotspots?method=grid&cell=2000"
        let grids = (
            analyst: try await text(question, analyst), staff: try await text(question, CityServer.staff),
            anybody: try await text(question, [:])
        )
        #expect(grids.analyst == grids.staff && grids.analyst != grids.anybody)
        let cockpit = try await city.city.send("/api/v1/cockpit", headers: analyst).text
        #expect(cockpit.contains("\"contributions\":120") && !cockpit.contains("Xq"))
        let lists = (
            try await text("contributions?limit=1000", analyst), try await text("contributions?limit=1000", [:])
        )
        #expect(lists.0 == lists.1)
        let export = try await text("export", analyst)
        #expect(!export.contains("Xqpending"))
    }

    /// The walk finds what moderators see: so it would find it for others.
    @Test(.timeLimit(.minutes(5)))
    func theWalkWouldFindIt() async throws {
        let city = try await VisibilityCity(withSecrets: true)
        let list = try await city.city.send(
            CityServer.contributions + "?q=Xqhidden&limit=1000", headers: CityServer.staff)
        #expect(list.text.contains("Xqhidden") && list.text.contains("9.7712"))
        let statistics = "/api/v1/proceedings/radverkehr/statistics"
        let all = try await city.city.send(statistics, headers: CityServer.staff)
        #expect(all.text.contains("\"contributions\":120"))
        #expect(try await city.city.send(statistics).text.contains("\"contributions\":60"))
    }
}
