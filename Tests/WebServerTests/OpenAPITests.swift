import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Testing

@testable import WebServer

struct OpenAPITests {
    @Test func describesEveryRouteAndNothingElse() async throws {
        let sample = SampleServer()
        sample.probe.seconds = 0
        try await sample.make().application.test(.router) { client in
            let response = try await client.execute(uri: "/openapi.json", method: .get)
            #expect(response.headers[.contentType] == "application/vnd.oai.openapi+json;version=3.0")
            let object = try JSONSerialization.jsonObject(with: Data(response.body.readableBytesView))
            let paths = try #require((object as? [String: Any])?["paths"] as? [String: [String: Any]])
            #expect(paths["/t/{tenant}/api/v1/sample/{name}"]?.keys.sorted() == ["get", "put"])
            for (path, operations) in paths {
                let uri = path.replacing("{name}", with: "a").replacing("{tenant}", with: "x")
                for method in ["get", "post", "put", "delete", "patch"] {
                    let token = try #require(HTTPRequest.Method(method.uppercased()))
                    let answer = try await client.execute(uri: uri, method: token)
                    if operations[method] == nil {
                        #expect(answer.status == .methodNotAllowed, "\(method) \(path)")
                    } else {
                        #expect(answer.status != .methodNotAllowed && answer.status != .notFound, "\(method) \(path)")
                    }
                }
            }
        }
    }

    @Test func everyPostThatChangesSomethingTakesAnIdempotencyKey() async throws {
        let answer = try await CityServer().send("/openapi.json")
        let object = try JSONSerialization.jsonObject(with: Data(answer.body.readableBytesView))
        let paths = try #require((object as? [String: Any])?["paths"] as? [String: [String: Any]])
        var without: Set<String> = []
        for case let (path, operation as [String: Any]) in paths.map({ ($0.key, $0.value["post"]) }) {
            let parameters = operation["parameters"] as? [[String: Any]] ?? []
            if !parameters.contains(where: {
                $0["name"] as? String == "Idempotency-Key" && $0["in"] as? String == "header"
            }
            ) {
                without.insert(path.replacing("/t/{tenant}", with: ""))
            }
        }
        let contribution = "/api/v1/proceedings/{proceeding}/contributions/{contribution}"
        let comments = "/comments/{comment}/receipt"
        // They ask, or give another pseudonym each time.
        #expect(
            without == [
                "/api/v1/form-tokens", "/api/v1/participants",
                "/api/v1/proceedings/{proceeding}/contributions/similar",
                contribution + "/receipt", contribution + comments,
                "/api/v1/proceedings/{proceeding}/conceptions/{conception}" + comments,
            ])
    }

    @Test(.timeLimit(.minutes(5)))
    func describesTheWholeInterface() async throws {
        let city = try await CityServer()
        try await city.server.application.test(.router) { client in
            let response = try await client.execute(uri: "/openapi.json", method: .get)
            let object = try JSONSerialization.jsonObject(with: Data(response.body.readableBytesView))
            let paths = try #require((object as? [String: Any])?["paths"] as? [String: [String: Any]])
            let expected = [
                "audit", "form-tokens", "keys", "keys/{key}", "participants", "roles", "roles/{role}", "tenant",
                "account", "emergency-access", "emergency-access/{access}", "proceedings/{proceeding}/queryables",
                "issuers", "issuers/{issuer}", "issuers/{issuer}/mapping",
                "proceedings/{proceeding}/clone", "proceedings/{proceeding}/types",
                "cockpit", "imports/pds", "webhooks", "webhooks/{webhook}", "webhooks/{webhook}/deliveries",
                "proceedings/{proceeding}/contributions/similar",
                "proceedings/{proceeding}/contributions/{contribution}/similar",
                "proceedings/{proceeding}/contributions/{contribution}/reports",
                "proceedings/{proceeding}/contributions/{contribution}/comments/{comment}/reports",
                "participants/me", "proceedings/{proceeding}/moderation/votes", "participants/me/comments",
                "participants/me/votes", "participants/me/contributions",
                "proceedings/{proceeding}/contributions/{contribution}/receipt",
                "proceedings/{proceeding}/contributions/{contribution}/comments/{comment}",
                "proceedings/{proceeding}/contributions/{contribution}/comments/{comment}/receipt",
                "proceedings", "proceedings/{proceeding}", "proceedings/{proceeding}/categories",
                "proceedings/{proceeding}/contributions", "proceedings/{proceeding}/contributions/{contribution}",
                "proceedings/{proceeding}/contributions/{contribution}/comments",
                "proceedings/{proceeding}/contributions/{contribution}/comments/{comment}/vote",
                "erasures", "proceedings/{proceeding}/answers", "proceedings/{proceeding}/conceptions",
                "proceedings/{proceeding}/report",
                "proceedings/{proceeding}/appointments", "proceedings/{proceeding}/appointments/{appointment}",
                "proceedings/{proceeding}/conceptions/{conception}",
                "proceedings/{proceeding}/conceptions/{conception}/vote",
                "proceedings/{proceeding}/conceptions/{conception}/reports",
                "proceedings/{proceeding}/conceptions/{conception}/moderation",
                "proceedings/{proceeding}/conceptions/{conception}/attachments",
                "proceedings/{proceeding}/conceptions/{conception}/attachments/{attachment}",
                "proceedings/{proceeding}/conceptions/{conception}/attachments/{attachment}/thumbnail",
                "proceedings/{proceeding}/conceptions/{conception}/comments",
                "proceedings/{proceeding}/conceptions/{conception}/comments/{comment}",
                "proceedings/{proceeding}/conceptions/{conception}/comments/{comment}/vote",
                "proceedings/{proceeding}/conceptions/{conception}/comments/{comment}/reports",
                "proceedings/{proceeding}/conceptions/{conception}/comments/{comment}/receipt",
                "proceedings/{proceeding}/conceptions/{conception}/comments/{comment}/erasure",
                "proceedings/{proceeding}/conceptions/{conception}/comments/{comment}/moderation",
                "proceedings/{proceeding}/contributions/{contribution}/erasure",
                "proceedings/{proceeding}/contributions/{contribution}/comments/{comment}/erasure",
                "proceedings/{proceeding}/contributions/{contribution}/answers",
                "proceedings/{proceeding}/contributions/{contribution}/attachments",
                "proceedings/{proceeding}/contributions/{contribution}/attachments/{attachment}",
                "proceedings/{proceeding}/contributions/{contribution}/attachments/{attachment}/thumbnail",
                "proceedings/{proceeding}/downloads", "proceedings/{proceeding}/downloads/{download}",
                "proceedings/{proceeding}/history", "proceedings/{proceeding}/appointments/{appointment}/history",
                "proceedings/{proceeding}/downloads/{download}/history",
                "moderation/words", "proceedings/{proceeding}/moderation", "proceedings/{proceeding}/moderation/words",
                "proceedings/{proceeding}/contributions/{contribution}/moderation",
                "proceedings/{proceeding}/contributions/{contribution}/comments/{comment}/moderation",
                "proceedings/{proceeding}/contributions/{contribution}/vote", "proceedings/{proceeding}/export",
                "proceedings/{proceeding}/hotspots", "proceedings/{proceeding}/pattern",
                "proceedings/{proceeding}/layers",
                "proceedings/{proceeding}/layers/{layer}", "proceedings/{proceeding}/layers/{layer}/items",
                "proceedings/{proceeding}/statistics", "proceedings/{proceeding}/statistics/areas",
                "proceedings/{proceeding}/comparison", "proceedings/{proceeding}/ranking",
                "proceedings/{proceeding}/privacy-budget",
            ]
            #expect(
                paths.keys.filter { $0.hasPrefix("/api/v1/") }.sorted() == expected.map { "/api/v1/" + $0 }.sorted())
            var names: Set<String> = []
            for (path, operations) in paths {
                let uri = path.replacing("{proceeding}", with: "radverkehr").replacing("{tenant}", with: "hamburg")
                    .replacing("{contribution}", with: "1").replacing("{comment}", with: "2").replacing(
                        "{layer}", with: "stadtteile"
                    ).replacing("{key}", with: "1").replacing("{role}", with: "1")
                for method in ["get", "post", "put", "delete", "patch"] {
                    let token = try #require(HTTPRequest.Method(method.uppercased()))
                    let answer = try await client.execute(uri: uri, method: token)
                    let isDescribed = operations[method] != nil
                    #expect((answer.status == .methodNotAllowed) == !isDescribed, "\(method) \(path)")
                    #expect(!answer.text.contains("nothing at this address"), "\(method) \(path)")
                    #expect(answer.status.code < 500, "\(method) \(path)")
                    if let name = (operations[method] as? [String: Any])?["operationId"] as? String {
                        #expect(names.insert(name).inserted, "\(name)")
                    }
                }
            }
        }
    }
}
