import HTTPTypes
import HummingbirdTesting
import Logging
import OutboundHTTP
import Participation
import Platform
import Storage
import Synchronization
import TestSupport
import Testing

@testable import WebServer

/// Stores from before the rule that tenants who share an issuer need a claim that tells them apart.
struct AmbiguousIssuerTests {
    /// A city whose neighbour takes the same tokens, as only an older program could make it.
    private func shared(issuer extra: String = "") async throws -> SignedInCity {
        let city = try await SignedInCity(issuer: extra)
        let bonn = try #require(try await city.city.installation.tenant("bonn"))
        let scope = Scope(tenant: bonn, viewer: .staff)
        try await city.city.installation.engine.write { try scope.writer($0).mapIssuer("city", roles: []) }
        return city
    }

    @Test func tokensThatWouldOpenTwoTenantsOpenNone() async throws {
        let city = try await shared()
        let token = try city.token()
        for path in ["/api/v1/account", "/t/bonn/api/v1/account"] {
            let answer = try await city.ask(token, path)
            #expect(answer.status == .unauthorized && answer.text.contains("tenant claim"), "\(answer.text)")
        }
        // Whoever guesses does not learn it.
        let stranger = SigningKey(id: "ec-1", algorithm: "ES256", secret: SigningKey.p256("x").secret)
        let forged = try await city.ask(try city.token(by: stranger))
        #expect(forged.status == .unauthorized && !forged.text.contains("tenant claim"), "\(forged.text)")
        // The remedy.
        let scope = Scope(tenant: try #require(try await city.city.installation.tenant("bonn")), viewer: .staff)
        try await city.city.installation.unmapIssuer("city", scope: scope)
        #expect(try await city.ask(token).status == .ok)
    }

    @Test func theServerTellsOfThemWhenItStarts() async throws {
        let city = try await shared()
        let lines = LogLines()
        func told() async -> [String] {
            let service = IssuerKeyService(
                installation: city.city.installation, policy: OutboundPolicy(origins: [city.provider.origin]),
                logger: Logger(label: "test", factory: { _ in lines }))
            await service.tellFaults()
            return lines.all
        }
        let all = await told()
        let line = try #require(all.first)
        #expect(all.count == 1)
        for part in ["city", "bonn hamburg", "--tenant-claim", "issuer unmap city"] { #expect(line.contains(part)) }
        let claimed = try await shared(issuer: #", "tenantClaim": "tenant""#)
        #expect(try await claimed.city.installation.ambiguousIssuers().isEmpty)
    }
}

/// A log that keeps its lines.
private struct LogLines: LogHandler {
    private final class Store: Sendable {
        let lines = Mutex<[String]>([])
    }
    private let store = Store()
    var metadata: Logger.Metadata = [:]
    var logLevel: Logger.Level = .info

    var all: [String] { store.lines.withLock { $0 } }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let members = (event.metadata ?? [:]).map { "\($0.key)=\($0.value)" }.sorted().joined(separator: " ")
        store.lines.withLock { $0.append("\(event.message) \(members)") }
    }
}
