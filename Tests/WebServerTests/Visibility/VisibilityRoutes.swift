import Foundation
import HummingbirdTesting
import NIOCore
import Testing

/// The routes that can be read, with what to ask of each.
enum VisibilityRoutes {
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
        "method=grid&weight=comments", "method=scan&permutations=99&focus=wege&sensitivity=true",
        "method=scan&window=ellipse&penalty=none&permutations=99&focus=wege&cell=3000",
        "method=optics&f=csv", "method=kde&kernel=gaussian&rule=sheather-jones&edge=none",
        "method=kde&adaptive=true&edge=none&cell=2000", "method=relative-risk&cell=2000&sensitivity=true",
        "method=grid&breaks=jenks",
        "method=location-quotient&cell=3000&sensitivity=true", "method=grid&grid=inspire&cell=10000",
        "method=gi&weights=nearest&cell=3000&apportion=share", "method=emerging&cell=5000&step=1",
        "method=scan&model=space-time&permutations=99&cell=2000&step=0.5",
        "method=dbscan&members=true&terms=true&sensitivity=true", "method=grid&measures=true&by=category",
        "method=colocation-local", "method=moran&sensitivity=true&cell=3000",
    ]

    private static let changes = "modifiedSince=2000-01-01T00:00:00Z"

    /// For each path with a GET, the queries to ask.
    static let walk: [String: [String]] = [
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
            "method=rayleigh&cycle=week", "method=rayleigh&f=svg", "method=clark-evans&f=svg",
            "method=knox&reach=1000&permutations=99&f=svg", "method=geary&cell=5000&f=svg",
            "method=general-g&cell=5000&f=svg", "method=colocation&permutations=99&f=svg",
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
    static let pds: [String: [String]] = {
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
    static let ofTheProcess: Set<String> = ["/metrics"]

    /// The paths that have a GET, from the description of the interface.
    static func readablePaths(_ city: CityServer) async throws -> [String] {
        let document = try await city.send("/openapi.json")
        let object = try JSONSerialization.jsonObject(with: Data(document.body.readableBytesView))
        let paths = try #require((object as? [String: Any])?["paths"] as? [String: [String: Any]])
        return paths.filter { $0.value["get"] != nil }.keys.sorted()
    }

    static func filled(
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
    static func addresses(_ path: String, _ city: VisibilityCity) -> [(uri: String, isSecret: Bool)] {
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
}
