import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Participation
import Platform
import Storage
import Testing

@testable import WebServer

struct TenantChoiceTests {
    private func tenant(
        _ city: CityServer, host: String, path: String = "/api/v1/tenant"
    ) async throws -> String {
        let head = HTTPRequest(method: .get, scheme: "http", authority: host, path: path)
        let request = Request(head: head, body: RequestBody(buffer: ByteBuffer()))
        return try await TenantChoice.tenant(of: request, services: city.server.services).id
    }

    private func bonn(_ city: CityServer, _ change: TenantChange) async throws {
        let tenant = try #require(try await city.installation.tenant("bonn"))
        _ = try await city.installation.change(change, scope: Scope(tenant: tenant, viewer: .staff))
    }

    @Test func followsTheHostThatATenantOwns() async throws {
        let city = try await CityServer()
        var change = TenantChange()
        change.hosts = ["mitmachen.bonn.example"]
        try await bonn(city, change)
        #expect(try await tenant(city, host: "mitmachen.bonn.example") == "bonn")
        #expect(try await tenant(city, host: "MITMACHEN.bonn.example:8080") == "bonn")
        #expect(try await tenant(city, host: "other.example") == "hamburg")
        let path = "/t/hamburg/api/v1/tenant"
        #expect(try await tenant(city, host: "mitmachen.bonn.example", path: path) == "hamburg")
    }

    @Test func isNotThereWhileItIsSuspended() async throws {
        let city = try await CityServer()
        var change = TenantChange()
        change.status = .suspended
        try await bonn(city, change)
        let answer = try await city.send("/t/bonn/api/v1/proceedings")
        #expect(answer.status == .notFound)
        let unknown = try await city.send("/t/nowhere/api/v1/proceedings")
        #expect(answer.text.prefix(70) == unknown.text.prefix(70))
    }

    @Test func ownsAHostAlone() async throws {
        let city = try await CityServer()
        var change = TenantChange()
        change.hosts = ["mitmachen.example"]
        try await bonn(city, change)
        let hamburg = try #require(try await city.installation.tenant("hamburg"))
        let (wanted, installation) = (change, city.installation)
        await #expect(throws: PlatformError.self) {
            _ = try await installation.change(wanted, scope: Scope(tenant: hamburg, viewer: .staff))
        }
        let admin = Scope(tenant: hamburg, viewer: Viewer(account: "a", grants: [Grant(.tenantAdmin)]))
        await #expect(throws: PlatformError.self) {
            _ = try await installation.change(wanted, scope: admin)
        }
    }
}
