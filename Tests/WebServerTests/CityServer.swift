import Foundation
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import Participation
import Platform
import SQLiteEngine
import Storage
import TestSupport

@testable import WebServer

/// A server over a store of its own, with a tenant and a proceeding in Hamburg.
struct CityServer {
    let folder: TemporaryDirectory
    let server: Server
    let installation: Installation
    /// The operator, in Hamburg.
    let staff: Scope
    static let token = "a-secret-of-the-test"

    init(
        clock: TestClock? = nil, settings: (inout ServerSettings) -> Void = { _ in }
    ) async throws {
        folder = try TemporaryDirectory()
        installation = Installation(
            engine: try EmbeddedStore(path: folder.path("mitplan.sqlite")),
            now: { clock?.now ?? 1_777_593_723_456 })
        let tenant = try await installation.createTenant(Tenant(id: "hamburg", name: "Hamburg"), isDefault: true)
        _ = try await installation.createTenant(Tenant(id: "bonn", name: "Bonn"), isDefault: false)
        let document = """
            {"id": "radverkehr", "name": "Radverkehr", "categories": [{"id": "wege", "name": "Wege"},
            {"id": "alt", "name": "Alt", "archived": true}],
            "area": {"type": "Polygon", "coordinates": [[[9.7, 53.4], [10.3, 53.4], [10.3, 53.7], [9.7, 53.7], [9.7, 53.4]]]}}
            """
        staff = Scope(tenant: tenant, viewer: .staff)
        _ = try await installation.createProceeding(
            ProceedingDocument(json: Array(document.utf8), tenant: tenant), scope: staff)
        var values = ServerSettings()
        values.adminToken = Self.token
        values.temporaryFolder = folder.path("")
        values.rateFactor = 0
        // Analyses run at a lower priority: beside other tests they may begin late, and no test is about that.
        values.analysisWait = .seconds(120)
        values.analysisDeadline = .seconds(300)
        settings(&values)
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        server = makeServer(installation: installation, settings: values, logger: logger)
    }

    /// Sends one request to the router.
    func send(
        _ uri: String, method: HTTPRequest.Method = .get, headers: HTTPFields = [:], body: String? = nil
    ) async throws -> TestResponse {
        try await server.application.test(.router) { client in
            try await client.execute(
                uri: uri, method: method, headers: headers, body: body.map { ByteBuffer(string: $0) })
        }
    }

    /// Posts JSON.
    func post(_ uri: String, _ body: String, headers: HTTPFields = [:]) async throws -> TestResponse {
        var headers = headers
        headers[.contentType] = "application/json"
        return try await send(uri, method: .post, headers: headers, body: body)
    }

    /// Posts the bytes of a file.
    func upload(_ uri: String, _ bytes: [UInt8], headers: HTTPFields = [:]) async throws -> TestResponse {
        try await server.application.test(.router) { client in
            try await client.execute(uri: uri, method: .post, headers: headers, body: ByteBuffer(bytes: bytes))
        }
    }

    /// The credential of a new participant, as a header field.
    func participant() async throws -> HTTPFields {
        let answer = try await send("/api/v1/participants", method: .post)
        let object = try JSONSerialization.jsonObject(with: Data(answer.body.readableBytesView))
        return [.authorization: "Bearer \((object as? [String: Any])?["token"] as? String ?? "")"]
    }

    /// A contribution as JSON text.
    static func feature(
        title: String = "Radweg fehlt", text: String = "Hier fehlt ein sicherer Radweg.", category: String = "wege",
        coordinates: String = "[9.99, 53.55]", type: String = "Point"
    ) -> String {
        """
        {"type": "Feature", "geometry": {"type": "\(type)", "coordinates": \(coordinates)},
        "properties": {"title": "\(title)", "text": "\(text)", "category": "\(category)"}}
        """
    }

    static let contributions = "/api/v1/proceedings/radverkehr/contributions"
    static let staff: HTTPFields = [.authorization: "Bearer \(token)"]
}

func + (left: HTTPFields, right: HTTPFields) -> HTTPFields {
    var result = left
    for field in right { result[field.name] = field.value }
    return result
}
