import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import OutboundHTTP
import TestSupport
import Testing

@testable import WebServer

/// A server whose tenant Hamburg takes tokens of a provider on loopback.
struct SignedInCity {
    let provider: TokenProvider
    let city: CityServer
    let clock: TestClock
    /// The keys of the provider: RSA and P-256.
    let keys: [SigningKey]

    static let issuer = "/api/v1/issuers/city"
    static let mapping = issuer + "/mapping"
    static let roles = """
        {"roles": [{"value": "mod-radverkehr", "role": "moderator", "proceeding": "radverkehr"},
        {"value": "mod-hafen", "role": "moderator", "proceeding": "hafen"},
        {"value": "mitplan-admin", "role": "tenantAdmin"}]}
        """

    init(allowed: Bool = true, issuer extra: String = "", settings: (inout ServerSettings) -> Void = { _ in })
        async throws
    {
        keys = [try #require(SigningKey.rsa.first), SigningKey.p256("ec-1")]
        let (provider, clock) = (try TokenProvider(keys: keys), TestClock())
        (self.provider, self.clock) = (provider, clock)
        city = try await CityServer(clock: clock) {
            if allowed { $0.outbound = OutboundPolicy(origins: [provider.origin]) }
            settings(&$0)
        }
        let other = #"{"id": "hafen", "name": "Hafen"}"#
        #expect(try await city.post("/api/v1/proceedings", other, headers: CityServer.staff).status == .created)
        let body = """
            {"url": "\(provider.url)", "audiences": ["mitplan"], "rolesClaim": "realm_access.roles"\(extra)}
            """
        #expect(try await put(Self.issuer, body).status == .created)
        #expect(try await put(Self.mapping, Self.roles).status == .ok)
    }

    /// Puts JSON as the operator, or with other header fields.
    func put(_ uri: String, _ body: String, headers: HTTPFields = CityServer.staff) async throws -> TestResponse {
        var headers = headers
        headers[.contentType] = "application/json"
        return try await city.send(uri, method: .put, headers: headers, body: body)
    }

    /// A token that holds now.
    func token(_ changes: [String: String?] = [:], by key: SigningKey? = nil, header: String? = nil) throws -> String {
        try provider.token(at: clock.now, changes, by: key, header: header)
    }

    /// Asks with a token whom it stands for, or something else.
    func ask(_ token: String, _ uri: String = "/api/v1/account", method: HTTPRequest.Method = .get, body: String? = nil)
        async throws -> TestResponse
    {
        try await city.send(
            uri, method: method, headers: [.authorization: "Bearer \(token)", .contentType: "application/json"],
            body: body)
    }

    /// Asks with tokens over a socket, one after the other: there a network has an address by which it is counted.
    func statuses(of tokens: [String]) async throws -> [HTTPResponse.Status] {
        try await city.server.application.test(.live) { client in
            var statuses: [HTTPResponse.Status] = []
            for token in tokens {
                let answer = try await client.execute(
                    uri: "/api/v1/account", method: .get, headers: [.authorization: "Bearer \(token)"])
                statuses.append(answer.status)
            }
            return statuses
        }
    }

    /// Whom a token stands for.
    struct Account: Decodable {
        struct Role: Decodable, Equatable {
            var role: String
            var proceeding: String?
        }
        var account: String?
        var participant: String?
        var roles: [Role]
    }

    func account(_ token: String, _ uri: String = "/api/v1/account") async throws -> Account {
        let answer = try await ask(token, uri)
        #expect(answer.status == .ok, "\(answer.text)")
        return try JSONDecoder().decode(Account.self, from: Data(answer.body.readableBytesView))
    }

    /// Claims with roles as Keycloak writes them.
    static func roles(_ names: String...) -> [String: String?] {
        ["realm_access": #"{"roles":[\#(names.map { "\"\($0)\"" }.joined(separator: ","))]}"#]
    }
}
