import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Testing

@testable import WebServer

struct ProblemTests {
    /// A request and the status and kind of its problem.
    struct Case: Sendable, CustomTestStringConvertible {
        var method: HTTPRequest.Method = .get
        var uri: String
        var headers: HTTPFields = [:]
        var body: String?
        var status: Int
        var kind: String
        var testDescription: String { "\(method.rawValue) \(uri.prefix(60)) \(status)" }
    }

    static let cases: [Case] = [
        Case(uri: "/nothing/here", status: 404, kind: "not-found"),
        Case(uri: "/api/v1/sample/No_Such", status: 404, kind: "not-found"),
        Case(uri: "/api/v1/sample/..%2f..%2fetc", status: 404, kind: "not-found"),
        Case(method: .delete, uri: "/api/v1/sample/a", status: 405, kind: "method-not-allowed"),
        Case(method: .trace, uri: "/", status: 405, kind: "method-not-allowed"),
        Case(uri: "/api/v1/sample/a?limti=3", status: 400, kind: "bad-request"),
        Case(uri: "/api/v1/sample/a?limit=3&limit=4", status: 400, kind: "bad-request"),
        Case(uri: "/api/v1/sample/a?limit=0", status: 400, kind: "bad-request"),
        Case(uri: "/api/v1/sample/a?limit=1001", status: 400, kind: "bad-request"),
        Case(uri: "/api/v1/sample/a?limit=99999999999999999999", status: 400, kind: "bad-request"),
        Case(uri: "/api/v1/sample/a?limit=%ff", status: 400, kind: "bad-request"),
        Case(uri: "/health/live?verbose=1", status: 400, kind: "bad-request"),
        Case(uri: "/" + String(repeating: "a", count: 9000), status: 414, kind: "target-too-long"),
        Case(method: .post, uri: "/api/v1/sample", body: "{}", status: 415, kind: "unsupported-media-type"),
        Case(
            method: .post, uri: "/api/v1/sample", headers: [.contentType: "image/png"], body: "{}", status: 415,
            kind: "unsupported-media-type"),
        Case(
            method: .post, uri: "/api/v1/sample",
            headers: [.contentType: "application/json", .contentEncoding: "gzip"], body: "{}", status: 415,
            kind: "unsupported-media-type"),
        Case(
            method: .post, uri: "/api/v1/sample", headers: [.contentType: "application/json"], status: 400,
            kind: "bad-request"),
        Case(
            method: .post, uri: "/api/v1/sample", headers: [.contentType: "application/json"],
            body: String(repeating: " ", count: (1 << 20) + 1), status: 413, kind: "too-large"),
        Case(method: .put, uri: "/api/v1/sample/a", body: "{}", status: 401, kind: "unauthorized"),
        Case(uri: "/api/v1/fault", status: 500, kind: "internal-error"),
        Case(uri: "/api/v1/cancelled", status: 503, kind: "unavailable"),
    ]

    @Test(arguments: cases)
    func everyErrorIsAProblemDocument(_ sample: Case) async throws {
        let response = try await SampleServer().send(
            sample.uri, method: sample.method, headers: sample.headers, body: sample.body)
        #expect(response.status.code == sample.status)
        #expect(response.headers[.contentType] == "application/problem+json; charset=utf-8")
        #expect(response.headers[.xContentTypeOptions] == "nosniff")
        #expect(response.headers[.server] == nil)
        let object = try JSONSerialization.jsonObject(with: Data(response.body.readableBytesView))
        let document = try #require(object as? [String: Any])
        #expect(document["type"] as? String == "/docs#problem-" + sample.kind)
        #expect(document["status"] as? Int == sample.status)
        #expect(document["title"] as? String != nil)
        #expect((document["detail"] as? String)?.isEmpty == false)
        #expect((document["instance"] as? String)?.hasPrefix("urn:uuid:") == true)
        if sample.status == 405 { #expect(response.headers[.allow] != nil) }
        if sample.status == 503 { #expect(response.headers[.retryAfter] != nil) }
    }

    @Test func namesTheMethodsOfAPath() async throws {
        let response = try await SampleServer().send("/api/v1/sample/a", method: .delete)
        #expect(response.headers[.allow] == "GET, HEAD, PUT")
    }

    @Test func namesTheParameterAtFault() async throws {
        let response = try await SampleServer().send("/api/v1/sample/a?limti=3")
        #expect(response.text.contains("\"parameter\":\"limti\""))
        #expect(response.text.contains("known are limit"))
    }

    @Test func tellsNothingOfTheInside() async throws {
        let response = try await SampleServer().send("/api/v1/fault")
        #expect(!response.text.contains("secret"))
        #expect(!response.text.contains("Secret"))
    }

    @Test func speaksGerman() async throws {
        let response = try await SampleServer().send(
            "/nothing", headers: [.acceptLanguage: "fr, de-DE;q=0.9, en;q=0.5"])
        #expect(response.text.contains("Nicht gefunden"))
        #expect(response.headers[.contentLanguage] == "de")
    }

    @Test func refusesADeclaredLengthBeforeReading() async throws {
        // The body is not there at all: only the head can have decided.
        let response = try await SampleServer().send(
            "/api/v1/sample", method: .post,
            headers: [.contentType: "application/json", .contentLength: "2147483648"])
        #expect(response.status == .contentTooLarge)
        #expect(response.headers[.connection] == "close")
    }
}
