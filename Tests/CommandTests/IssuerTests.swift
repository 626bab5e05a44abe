import Foundation
import TestSupport
import Testing

@Suite struct IssuerTests {
    @Test func keepsIssuersAndWhatTheirClaimsAreWorth() throws {
        let folder = try TemporaryDirectory()
        let environment = ["MITPLAN_DATA": folder.path("city")]
        func run(_ arguments: String...) throws -> MitplanProgram.Result {
            try MitplanProgram.run(arguments, environment: environment)
        }
        #expect(try run("init", "--tenant", "esch").status == 0)
        let provider = try TokenProvider(keys: [SigningKey.p256("ec-1"), SigningKey.p256("ec-2")])
        let added = try run(
            "issuer", "add", "city", provider.url, "--audience", "mitplan", "--roles-claim", "realm_access.roles")
        #expect(added.status == 0, "\(added.error)")
        #expect(try run("issuer", "add", "city", "https://other.example", "--audience", "m").status == 1)
        #expect(try run("issuer", "add", "other", "other.example", "--audience", "m").status == 1)
        #expect(try run("issuer", "add", "other", "https://o.example", "--algorithm", "HS256").status == 2)
        #expect(try run("issuer", "add", "other", "https://o.example", "--roles-claim", "a..b").status == 2)
        #expect(try run("issuer", "set", "city", "--leeway", "61").status == 1)
        #expect(try run("issuer", "set", "city", "--leeway", "10", "--algorithm", "ES256").status == 0)
        #expect(try run("issuer", "list", "--format", "csv").output.hasSuffix("city,\(provider.url),mitplan,\r\n"))
        let mapped = try run("issuer", "map", "city", "--role", "a=b=moderator", "--role", "admin=tenantAdmin")
        #expect(mapped.status == 0, "\(mapped.error)")
        #expect(try run("issuer", "map", "city", "--role", "a=platformAdmin").status == 1)
        #expect(try run("issuer", "map", "city", "--role", "a").status == 2)
        let shown = try run("issuer", "show", "city", "--format", "csv").output
        #expect(shown.contains("algorithms,ES256\r\n") && shown.contains("leeway,10\r\n"))
        #expect(shown.contains("roles in esch,a=b=moderator admin=tenantAdmin\r\n"), "\(shown)")
        let check = try run("issuer", "check", "city", "--allow-origin", provider.origin)
        #expect(check.output == "ec-1\nec-2\n", "\(check.error)")
        let refused = try run("issuer", "check", "city")
        #expect(refused.status == 1 && refused.error.contains("--allow-origin"))
        #expect(try run("issuer", "unmap", "city").status == 0)
        #expect(try run("issuer", "unmap", "city").status == 1)
        #expect(try run("issuer", "remove", "city", "--reason", "moved").status == 0)
        #expect(try run("issuer", "show", "city").status == 1)
        let log = try run("audit", "list", "--format", "csv").output
        #expect(log.contains("issuer.map,issuers/city,moderator tenantAdmin"), "\(log)")
        #expect(log.contains("issuer.unmap,issuers/city"))
    }
}
