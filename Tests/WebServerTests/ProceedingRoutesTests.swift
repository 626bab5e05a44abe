import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Testing

@testable import WebServer

struct ProceedingRoutesTests {
    @Test func listsAndShowsProceedings() async throws {
        let city = try await CityServer()
        let list = try await city.send("/api/v1/proceedings")
        #expect(list.status == .ok)
        #expect(list.text.contains("\"id\":\"radverkehr\""))
        let one = try await city.send("/t/hamburg/api/v1/proceedings/radverkehr")
        #expect(one.text.contains("\"open\":{\"contributions\":true"))
        #expect(one.text.contains("\"area\":{\"type\":\"Polygon\""))
        #expect(try await city.send("/api/v1/proceedings/none").status == .notFound)
    }

    @Test func choosesProceedingsByPhasePlaceAndWords() async throws {
        let city = try await CityServer()
        for (query, isThere) in [
            ("phase=phase1", true), ("phase=frozen", false), ("q=RADVERKEHR", true), ("q=radverkehr%20hafen", false),
            ("bbox=9,53,11,54", true), ("bbox=0,0,1,1", false),
        ] {
            let list = try await city.send("/api/v1/proceedings?\(query)")
            #expect(list.status == .ok)
            #expect(list.text.contains("\"id\":\"radverkehr\"") == isThere, "\(query)")
        }
        #expect(try await city.send("/api/v1/proceedings?phase=dritte").status == .badRequest)
    }

    @Test func pagesTheListOfProceedings() async throws {
        let city = try await CityServer()
        for number in 1...3 {
            let body = #"{"id": "p\#(number)", "name": "Nummer \#(number)"}"#
            #expect(try await city.post("/api/v1/proceedings", body, headers: CityServer.staff).status == .created)
        }
        var seen: [String] = []
        var next: String? = "/api/v1/proceedings?limit=1"
        while let address = next {
            let page = try await city.send(address)
            seen += page.text.matches(of: /"id":"([a-z0-9]+)"/).map { String($0.1) }
            next = page.text.firstMatch(of: /"href":"([^"]+)"/).map { String($0.1).replacing("\\/", with: "/") }
        }
        #expect(seen == ["p3", "p2", "p1", "radverkehr"])
    }

    @Test func createsProceedingsForStaffOnly() async throws {
        let city = try await CityServer()
        let body = #"{"id": "neu", "name": "Neu"}"#
        #expect(try await city.post("/api/v1/proceedings", body).status == .unauthorized)
        let created = try await city.post("/api/v1/proceedings", body, headers: CityServer.staff)
        #expect(created.status == .created)
        #expect(created.headers[.location] == "/api/v1/proceedings/neu")
        #expect(try await city.post("/api/v1/proceedings", body, headers: CityServer.staff).status == .conflict)
        let wrong = try await city.post(
            "/api/v1/proceedings", #"{"id": "Nicht So", "nam": "x"}"#, headers: CityServer.staff)
        #expect(wrong.status == .unprocessableContent)
        #expect(wrong.text.contains("/nam"))
    }

    /// A document and the pointer of its fault.
    static let refusals: [(String, String)] = [
        (#"{"id": "neu", "name": "Neu", "settings": {"maximumTextLength": -5}}"#, "/settings/maximumTextLength"),
        (
            #"{"id": "neu", "name": "Neu", "settings": {"maximumTextLength": 9223372036854775807}}"#,
            "/settings/maximumTextLength"
        ),
        (#"{"id": "neu", "name": "Neu", "settings": {"foo": 1}}"#, "/settings/foo"),
        (#"{"id": "neu", "name": "Neu", "settings": {"allowedGeometries": []}}"#, "/settings/allowedGeometries"),
        (#"{"id": "neu", "name": "Neu", "settings": {"metricCRS": "EPSG:99999"}}"#, "EPSG:99999"),
        (#"{"id": "neu", "name": "Neu", "settings": {"metricCRS": "EPSG:4326"}}"#, "metres"),
        (#"{"id": "neu", "name": "Neu", "settings": {"metricCRS": "EPSG:3857"}}"#, "EPSG:25832"),
        (
            #"""
            {"id": "neu", "name": "Neu", "settings": {"metricCRS": "EPSG:25832"}, "area": {"type": "Polygon",
            "coordinates": [[[-74.1, 40.6], [-73.9, 40.6], [-73.9, 40.8], [-74.1, 40.6]]]}}
            """#, "EPSG:32618 would do"
        ),
        (#"{"id": "neu", "name": "Neu", "schedule": 5}"#, "/schedule"),
        (#"{"id": "neu", "name": "Neu", "schedule": {"begin": "2026-01-01"}}"#, "/schedule/begin"),
        (
            #"{"id": "neu", "name": "Neu", "schedule": {"phase1Start": "2027-01-01", "phase1End": "2026-01-01"}}"#,
            "/schedule/phase1End"
        ),
        (#"{"id": "neu", "name": "a\u0000b"}"#, "/name"),
        (#"{"id": "neu", "name": "Neu", "website": "javascript:alert(1)"}"#, "/website"),
        (#"{"id": "neu", "name": "Neu", "categories": [{"id": "a", "name": "A", "x": 1}]}"#, "/categories/0/x"),
        (
            #"{"id": "neu", "name": "Neu", "categories": [{"id": "a", "name": "A", "colour": "red\"/>"}]}"#,
            "/categories/0/colour"
        ),
        (
            #"{"id": "neu", "name": "Neu", "categories": [{"id": "a", "name": "A", "icon": "../x.svg"}]}"#,
            "/categories/0/icon"
        ),
        (
            #"{"id": "neu", "name": "Neu", "categories": [{"id": "a", "name": "A"}, {"id": "a", "name": "B"}]}"#,
            "/categories/1/id"
        ),
    ]

    @Test(arguments: refusals)
    func refusesProceedingsThatWouldNotWork(_ body: String, _ pointer: String) async throws {
        let city = try await CityServer()
        let answer = try await city.post("/api/v1/proceedings", body, headers: CityServer.staff)
        #expect(answer.status == .unprocessableContent)
        #expect(answer.text.contains(pointer), "\(answer.text)")
        #expect(try await city.send("/api/v1/proceedings/neu").status == .notFound)
    }

    @Test func refusesALayerInAnUnknownSystem() async throws {
        let city = try await CityServer()
        let path = "/api/v1/proceedings/radverkehr/layers?filename=a.geojson"
        let body = #"{"type": "FeatureCollection", "features": []}"#
        for query in ["&crs=EPSG:99999", "&crs=/etc/passwd", "&populationField=einwohner"] {
            let answer = try await city.send(path + query, method: .post, headers: CityServer.staff, body: body)
            #expect(answer.status == .unprocessableContent, "\(query)")
        }
        #expect(try await city.send("/api/v1/proceedings/radverkehr/layers").text.contains("\"layers\":[]"))
    }

    @Test func replacesCategories() async throws {
        let city = try await CityServer()
        let path = "/api/v1/proceedings/radverkehr/categories"
        var headers = CityServer.staff
        headers[.ifMatch] = "*"
        headers[.contentType] = "application/json"
        let answer = try await city.send(
            path, method: .put, headers: headers,
            body: ##"{"categories": [{"id": "neu", "name": "Neu", "colour": "#0072B2", "icon": "bicycle"}]}"##)
        #expect(answer.status == .ok)
        #expect(answer.text.contains("\"colour\":\"#0072B2\"") && answer.text.contains("\"icon\":\"bicycle\""))
        #expect(try await city.send("/api/v1/proceedings/radverkehr").text.contains("\"icon\":\"bicycle\""))
        #expect(try await city.send(path).text.contains("\"id\":\"neu\""))
        for body in [
            #"{"categories": 5}"#, #"{"categories": [{"id": "a", "name": "A", "colour": "x"}]}"#,
            #"{"categories": [{"id": "a"}]}"#, #"{"categories": [{"id": "a", "x": 1}]}"#,
        ] {
            let refused = try await city.send(path, method: .put, headers: headers, body: body)
            #expect(refused.status == .unprocessableContent)
        }
    }

    @Test func takesCommentsAsATree() async throws {
        let city = try await CityServer()
        let contribution = try await city.post(CityServer.contributions, CityServer.feature())
        let path = try #require(contribution.headers[.location]) + "/comments"
        let top = try await city.post(path, #"{"text": "Das sehe ich genauso wie du."}"#)
        #expect(top.status == .created)
        let id = try #require(top.headers[.location]?.split(separator: "/").last)
        let answer = try await city.post(path, #"{"text": "Danke, das freut mich sehr.", "parent": "\#(id)"}"#)
        #expect(answer.status == .created)
        let list = try await city.send(path)
        #expect(list.text.contains("\"answers\":[{"))
        #expect(try await city.post(path, #"{"txt": "x"}"#).status == .unprocessableContent)
        #expect(
            try await city.post(CityServer.contributions + "/4711/comments", #"{"text": "Wo bin ich hier?"}"#).status
                == .notFound)
    }

    @Test func refusesUploadsThatCannotBe() async throws {
        let city = try await CityServer { $0.maximumUploadBytes = 1000 }
        let path = "/api/v1/proceedings/radverkehr/layers"
        #expect(try await city.send(path).text.contains("\"layers\":[]"))
        let closed = try await city.send(path, method: .post, body: "{}")
        #expect(closed.status == .unauthorized)
        var headers = CityServer.staff
        #expect(try await city.send(path, method: .post, headers: headers, body: "{}").status == .badRequest)
        headers[.contentLength] = "2147483648"
        let large = try await city.send(path + "?filename=a.geojson", method: .post, headers: headers)
        #expect(large.status == .contentTooLarge)
        headers[.contentLength] = nil
        let grown = try await city.send(
            path + "?filename=a.geojson", method: .post, headers: headers, body: String(repeating: " ", count: 2000))
        #expect(grown.status == .contentTooLarge)
        let role = try await city.send(
            path + "?filename=a.geojson&role=boss", method: .post, headers: headers, body: "{}")
        #expect(role.status == .badRequest)
    }

    @Test func refusesQuestionsThatAreNone() async throws {
        let city = try await CityServer()
        let path = "/api/v1/proceedings/radverkehr/hotspots"
        for query in [
            "", "?method=magic", "?method=grid&eps=5", "?method=gi&cell=0", "?method=kde&bandwidth=NaN",
            "?method=dbscan&minPoints=1.5",
        ] {
            let answer = try await city.send(path + query)
            #expect(answer.status == .unprocessableContent, "\(query)")
        }
        #expect(try await city.send(path + "?method=grid&f=tiff").status == .badRequest)
        #expect(try await city.send("/api/v1/proceedings/radverkehr/statistics/areas").status == .badRequest)
    }
}
