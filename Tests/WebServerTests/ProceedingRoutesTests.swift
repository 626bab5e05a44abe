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

    @Test func replacesCategories() async throws {
        let city = try await CityServer()
        let path = "/api/v1/proceedings/radverkehr/categories"
        var headers = CityServer.staff
        headers[.contentType] = "application/json"
        let answer = try await city.send(
            path, method: .put, headers: headers, body: #"{"categories": [{"id": "neu", "name": "Neu"}]}"#)
        #expect(answer.status == .ok)
        #expect(try await city.send(path).text.contains("\"id\":\"neu\""))
        for body in [
            #"{"categories": 5}"#, #"{"categories": [{"id": "a"}]}"#, #"{"categories": [{"id": "a", "x": 1}]}"#,
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
            "?method=dbscan&minPoints=1.5", "?method=grid&f=png",
        ] {
            let answer = try await city.send(path + query)
            #expect(answer.status == .badRequest, "\(query)")
        }
        #expect(try await city.send("/api/v1/proceedings/radverkehr/statistics/areas").status == .badRequest)
    }
}
