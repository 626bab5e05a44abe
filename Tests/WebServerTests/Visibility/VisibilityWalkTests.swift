import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Testing

@testable import WebServer

/// Walks every readable route as the public, and finds nothing of what is not published.
///
/// No word, no place, no number in a count. A new route needs an entry here.
struct VisibilityWalkTests {
    private static let proceeding = "/api/v1/proceedings/{proceeding}"
    private static let contribution = proceeding + "/contributions/{contribution}"
    private static let conception = proceeding + "/conceptions/{conception}"
    private static let filters = [
        "", "q=Text", "category=wege", "keyword=Xqword,Ufer", "bbox=9.76,53.46,9.79,53.49", "bbox=9.7,53.4,10.3,53.7",
        "located=true",
        "status=received,rejected", "state=pending,hidden", "datetime=2026-04-01/2026-06-01",
        "filter=NOT%20S_INTERSECTS(geometry,BBOX(9.76,53.46,9.79,53.49))",
    ]
    private static let hotspots = [
        "method=grid&f=geojson", "method=grid&f=csv", "method=grid&f=svg", "method=grid&f=png&width=400",
        "method=gi&sensitivity=false", "method=gi&cell=3000", "method=kde", "method=kde&sensitivity=true&cell=2000",
        "method=moran", "method=geary&cell=3000", "method=grid&weight=approval", "method=dbscan", "method=hdbscan",
        "method=kde&surface=isolines", "method=grid&weight=votes",
        "method=grid&weight=comments", "method=scan&permutations=99&focus=wege",
        "method=optics&f=csv", "method=kde&kernel=gaussian&rule=sheather-jones&edge=none",
        "method=kde&adaptive=true&edge=none&cell=2000", "method=relative-risk&cell=2000", "method=grid&breaks=jenks",
        "method=location-quotient&cell=3000", "method=grid&grid=inspire&cell=10000",
        "method=gi&weights=nearest&cell=3000&apportion=share", "method=emerging&cell=5000&step=1",
        "method=scan&model=space-time&permutations=99&cell=2000&step=0.5",
        "method=dbscan&members=true&terms=true&sensitivity=true", "method=grid&measures=true&by=category",
        "method=colocation-local", "method=moran&sensitivity=true&cell=3000",
    ]

    private static let changes = "modifiedSince=2000-01-01T00:00:00Z"

    /// For each path with a GET, the queries to ask.
    private static let walk: [String: [String]] = [
        "/": [""], "/style.css": [""], "/docs": [""], "/openapi.json": [""], "/health/live": [""],
        "/health/ready": [""],
        "/api/v1/proceedings": ["", "q=Xqhidden", changes], proceeding: [""],
        proceeding + "/categories": ["", changes], proceeding + "/queryables": [""],
        proceeding + "/contributions": with(filters, formats: ["geojson", "csv", "geojsonseq"])
            + VisibilityCity.secretWords.map { "q=\($0)" } + [
                changes, "limit=7", "f=json", "f=csv&crs=EPSG:25832",
                "filter=title%20LIKE%20%27%25Xq%25%27", "bbox=550000,5920000,552500,5930000&bbox-crs=EPSG:25832",
            ],
        contribution: [""], contribution + "/comments/{comment}": [""], contribution + "/similar": [""],
        "/api/v1/participants/me": [""], "/api/v1/participants/me/contributions": [""],
        "/api/v1/participants/me/comments": [""],
        "/api/v1/participants/me/votes": [""], "/api/v1/audit": [""], "/api/v1/keys": [""],
        "/api/v1/roles": [""], "/api/v1/emergency-access": [""], "/api/v1/account": [""], "/api/v1/issuers": [""],
        "/api/v1/issuers/{issuer}": [""],
        "/api/v1/issuers/{issuer}/mapping": [""],
        "/api/v1/cockpit": [""], "/api/v1/webhooks": [""], "/api/v1/webhooks/{webhook}/deliveries": [""],
        contribution + "/comments": ["", "limit=1", changes],
        contribution + "/attachments": ["", changes], contribution + "/attachments/{attachment}": [""],
        contribution + "/attachments/{attachment}/thumbnail": [""],
        contribution + "/vote": [""], contribution + "/comments/{comment}/vote": [""],
        contribution + "/answers": ["", changes], contribution + "/moderation": [""],
        contribution + "/comments/{comment}/moderation": [""],
        proceeding + "/moderation": [""], proceeding + "/moderation/votes": [""],
        proceeding + "/moderation/words": [""], "/api/v1/moderation/words": [""],
        proceeding + "/export": with(filters, formats: ["geojson", "csv", "geojsonseq"])
            + ["profile=dipas", "profile=dipas-comments", "comments=nested", "f=geojsonseq&comments=flat"],
        proceeding + "/statistics": with(filters, formats: ["json", "csv", "svg", "png"]),
        proceeding + "/statistics/areas": with(
            filters.map { "layer=stadtteile&\($0)" } + [
                "layer=stadtteile&focus=wege&breaks=jenks", "layer=stadtteile&smoothing=local",
            ],
            formats: ["json", "csv", "svg"]),
        proceeding + "/hotspots": hotspots, proceeding + "/privacy-budget": ["", "limit=1"],
        proceeding + "/pattern": [
            "method=clark-evans", "method=ripley&simulations=19&steps=5&edge=border&f=csv",
            "method=knox&reach=1000&permutations=99", "method=centrography", "method=moran&cell=5000&permutations=99",
            "method=geary&cell=5000", "method=general-g&cell=5000", "method=join-counts&cell=5000",
            "method=colocation&permutations=99", "method=cross-k&edge=none&simulations=19&steps=5",
            "method=rayleigh&cycle=week", "method=rayleigh&f=svg",
            "method=cross-k&edge=none&simulations=19&steps=5&f=svg",
            "method=ripley&simulations=19&steps=5&edge=border&category=wege",
        ],
        proceeding + "/comparison": [
            "versusCategory=wege&cell=2000", "versusDatetime=2026-04-01/2026-06-01&f=csv&cell=2000",
            "versusCategory=wege&cell=2000&f=svg",
        ],
        proceeding + "/ranking": [
            "layer=stadtteile", "layer=stadtteile&by=votes&distance=500&f=csv", "layer=stadtteile&shapes=true",
            "layer=stadtteile&f=svg",
        ],
        proceeding + "/report": ["", "category=wege"], proceeding + "/types": ["", changes], "/api/v1/tenant": [""],
        proceeding + "/appointments": [
            "", "f=ics", "from=2026-01-01&to=2027-01-01", changes,
        ],
        proceeding + "/appointments/{appointment}": ["", "f=ics"],
        proceeding + "/conceptions": ["", "limit=1", changes], conception: [""],
        conception + "/vote": [""], conception + "/moderation": [""], conception + "/attachments": ["", changes],
        conception + "/attachments/{attachment}": [""], conception + "/attachments/{attachment}/thumbnail": [""],
        conception + "/comments": ["", "form=flat", changes],
        conception + "/comments/{comment}": [""], conception + "/comments/{comment}/vote": [""],
        conception + "/comments/{comment}/moderation": [""],
        proceeding + "/downloads": ["", "documentation=true", changes],
        proceeding + "/downloads/{download}": [""],
        proceeding + "/history": [""], proceeding + "/appointments/{appointment}/history": [""],
        proceeding + "/downloads/{download}/history": [""],
        proceeding + "/layers": ["", changes], proceeding + "/layers/{layer}": [""],
        proceeding + "/layers/{layer}/items": ["", "bbox=9.76,53.46,9.79,53.49"],
    ]

    /// The Participation Data Specification, at both of its addresses.
    private static let pds: [String: [String]] = {
        let tails = [
            "", "/{project}", "/{project}/contributions", "/{project}/contributions/{contribution}",
            "/{project}/contributions/{contribution}/comments", "/{project}/commentedcontributions",
            "/{project}/commentedcontributions/{contribution}", "/{project}/conception_comments",
        ]
        let paths = ["/pds/projects", "/drupal/dipas-pds/projects"].flatMap { root in tails.map { root + $0 } }
        return Dictionary(uniqueKeysWithValues: paths.map { ($0, [""]) })
    }()

    private static func with(_ queries: [String], formats: [String]) -> [String] {
        queries.flatMap { query in formats.map { "\(query)&f=\($0)" } }
    }

    /// Paths whose answers tell of the process and not of the data.
    private static let ofTheProcess: Set<String> = ["/metrics"]

    /// The paths that have a GET, from the description of the interface.
    private static func readablePaths(_ city: CityServer) async throws -> [String] {
        let document = try await city.send("/openapi.json")
        let object = try JSONSerialization.jsonObject(with: Data(document.body.readableBytesView))
        let paths = try #require((object as? [String: Any])?["paths"] as? [String: [String: Any]])
        return paths.filter { $0.value["get"] != nil }.keys.sorted()
    }

    /// An answer without what may differ between two cities with the same public rows.
    private static func normalised(_ response: TestResponse) -> String {
        "\(response.status.code) "
            + response.text
            .replacing(/"(dataVersion|secondDataVersion)":\d+/, with: "").replacing(/urn:uuid:[0-9a-f-]+/, with: "")
            .replacing(/"cursor=[^"]*"/, with: "")
            .replacing(/[Dd]ata version \d+/, with: "").replacing(/Datenstand \d+/, with: "")
    }

    private static func filled(
        _ path: String, contribution: Int64 = 0, comment: Int64, conception: Int64 = 0, attachment: Int64 = 987_654,
        download: Int64 = 987_654
    ) -> String {
        path.replacing("{tenant}", with: "hamburg").replacing("{proceeding}", with: "radverkehr")
            .replacing("{project}", with: "radverkehr")
            .replacing("{contribution}", with: "\(contribution)").replacing("{comment}", with: "\(comment)")
            .replacing("{conception}", with: "\(conception)")
            .replacing("{appointment}", with: "\(VisibilityCity.appointment)")
            .replacing("{attachment}", with: "\(attachment)").replacing("{download}", with: "\(download)")
            .replacing("{layer}", with: "stadtteile").replacing("{webhook}", with: "1")
            .replacing("{issuer}", with: "city")
    }

    /// The addresses of a path: of things that are shown, and of secret ones.
    private static func addresses(_ path: String, _ city: VisibilityCity) -> [(uri: String, isSecret: Bool)] {
        let bare = path.replacing("/t/{tenant}", with: "")
        let all = walk[bare] ?? pds[bare] ?? []
        // Under the tenant's address the same handler answers: one question shows that it is the same tenant.
        let queries = path == bare ? all : Array(all.prefix(1))
        if path.contains("{conception}") {
            let shown = city.conception
            func place(_ conception: Int64, _ attachment: Int64) -> String {
                filled(path, comment: shown.comment, conception: conception, attachment: attachment)
            }
            var places = [(place(shown.id, city.conceptionAttachment), false)]
            places += city.secretConceptions.map {
                (place($0, city.secretConceptionAttachments[$0] ?? city.conceptionAttachment), true)
            }
            if path.contains("{attachment}") {
                // By way of a conception that is shown.
                places += city.secretConceptionAttachments.values.sorted().map { (place(shown.id, $0), true) }
            }
            if path.contains("{comment}") {
                places += city.secretConceptionComments.map { (filled(path, comment: $0, conception: shown.id), true) }
            }
            return places.flatMap { place in queries.map { (place.0 + ($0.isEmpty ? "" : "?" + $0), place.1) } }
        }
        let shown = filled(
            path, contribution: VisibilityCity.commented, comment: 61, attachment: city.attachment,
            download: city.downloads[0])
        var places = [(shown, false)]
        if path.contains("{contribution}") {
            places += city.secretContributions.map {
                let attachment = city.secretAttachments[$0] ?? city.attachment
                return (filled(path, contribution: $0, comment: 61, attachment: attachment), true)
            }
        }
        if path.contains("{download}") {
            places += city.downloads.dropFirst().map {
                (filled(path, contribution: VisibilityCity.commented, comment: 61, download: $0), true)
            }
        }
        if path.contains("{attachment}") {
            // By way of a contribution that is shown.
            places += city.secretAttachments.values.sorted().map {
                (filled(path, contribution: VisibilityCity.commented, comment: 61, attachment: $0), true)
            }
        }
        if path.contains("{comment}") {
            places += city.secretComments.map {
                (filled(path, contribution: VisibilityCity.commented, comment: $0), true)
            }
        }
        return places.flatMap { place in
            queries.map { (place.0 + ($0.isEmpty ? "" : "?" + $0), place.1) }
        }
    }

    @Test(.timeLimit(.minutes(10)))
    func everyReadableRouteIsWalked() async throws {
        let city = try await CityServer()
        let known = Set(Self.walk.keys).union(Self.pds.keys).union(Self.ofTheProcess)
        let paths = try await Self.readablePaths(city).map { $0.replacing("/t/{tenant}", with: "") }
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
        let paths = try await Self.readablePaths(secret.city).enumerated().filter { $0.offset % 4 == part }
            .map(\.element)
        try await secret.city.server.application.test(.router) { client in
            try await plain.city.server.application.test(.router) { other in
                for path in paths {
                    for (uri, isSecret) in Self.addresses(path, secret) {
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
        let paths = try await Self.readablePaths(city.city).filter { !$0.hasPrefix("/t/") }
        let viewers = try await city.viewers()
        try await city.city.server.application.test(.router) { client in
            for viewer in viewers {
                for path in paths where !Self.isCostly(path) {
                    for (uri, isSecret) in Self.addresses(path, city) {
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
        let paths = try await Self.readablePaths(city.city).filter {
            $0.contains("{contribution}") || $0.contains("{conception}")
        }
        try await city.city.server.application.test(.router) { client in
            for path in paths {
                let missing = try await client.execute(
                    uri: Self.filled(path, contribution: 987_654, comment: 987_654, conception: 987_654), method: .get)
                for (uri, isSecret) in Self.addresses(path, city) {
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
