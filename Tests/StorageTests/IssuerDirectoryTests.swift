import Participation
import Storage
import TestSupport
import Testing

struct IssuerDirectoryTests {
    private static let issuer = Issuer(
        id: "city", url: "https://sso.example", audiences: ["mitplan", "b\u{FC}rger"], algorithms: [.es256],
        rolesClaim: ClaimPath("groups"), tenantClaim: ClaimPath("tenant"))

    @Test(arguments: EngineKind.allCases)
    func givesBackWhatWasStored(_ kind: EngineKind) async throws {
        let store = try await SampleStore.make(kind)
        try await store.engine.write { try IssuerDirectory($0).add(Self.issuer) }
        #expect(try await store.engine.read { try IssuerDirectory($0).issuer(url: Self.issuer.url) } == Self.issuer)
    }

    /// A condition that cannot be read must not count as one that was never set.
    @Test(arguments: [
        "tenant_claim = 'a..b'", "tenant_claim = ''", "roles_claim = ''", "algorithms = '[\"HS256\"]'",
        "algorithms = '[\"ES256\",7]'", "algorithms = 'ES256'", "audiences = '{}'", "audiences = '[\"mitplan\",1]'",
        "audiences = ''",
    ])
    func readsNoIssuerWithoutAllItsConditions(_ damage: String) async throws {
        let store = try await SampleStore.make(.sqlite)
        let scope = store.staff
        try await store.engine.write { connection in
            try IssuerDirectory(connection).add(Self.issuer)
            try scope.writer(connection).mapIssuer("city", roles: [])
            try connection.execute("UPDATE issuer SET \(raw: damage)")
        }
        for read in [
            { connection in _ = try IssuerDirectory(connection).issuer(url: Self.issuer.url) },
            { connection in _ = try IssuerDirectory(connection).issuer(id: "city") },
            { connection in _ = try scope.reader(connection).issuers() },
        ] as [@Sendable (any SQLConnection) throws -> Void] {
            let error = await #expect(throws: StorageError.self) { try await store.engine.read(read) }
            #expect(error?.code == .corrupt)
        }
    }
}
