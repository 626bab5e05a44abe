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
}
