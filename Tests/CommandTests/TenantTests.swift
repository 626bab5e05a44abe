import Foundation
import TestSupport
import Testing

@Suite struct TenantTests {
    @Test func changesAndDeletesTenants() throws {
        let folder = try TemporaryDirectory()
        let environment = ["MITPLAN_DATA": folder.path("city")]
        func run(_ arguments: String...) throws -> MitplanProgram.Result {
            try MitplanProgram.run(arguments, environment: environment)
        }
        #expect(try run("init", "--tenant", "esch").status == 0)
        #expect(try run("tenant", "create", "bonn").status == 0)
        let set = try run(
            "tenant", "set", "bonn", "--host", "bonn.example", "--rate-factor", "2", "--licence", "CC0",
            "--image-megabytes", "7")
        #expect(set.status == 0, "\(set.error)")
        let shown = try run("tenant", "show", "bonn", "--format", "csv").output
        #expect(shown.contains("hosts,bonn.example\r\n") && shown.contains("rateFactor,2.0\r\n"))
        #expect(shown.contains("licence,CC0\r\n") && shown.contains("imageMegabytes,7\r\n"))
        #expect(try run("tenant", "set", "bonn", "--host", "Not a host").status == 1)
        let short = try run("emergency", "open", "--tenant", "bonn", "--reason", "kurz")
        #expect(short.status == 2 && short.error.contains("--reason") && !short.error.contains("/reason"))
        let long = try run("emergency", "open", "--tenant", "bonn", "--reason", "Eine Störung", "--minutes", "481")
        #expect(long.status == 2 && long.error.contains("--minutes") && long.error.contains("480"))
        #expect(try run("tenant", "delete", "bonn").status == 1)
        #expect(try run("tenant", "delete", "bonn", "--confirm", "bonn").status == 0)
        #expect(try run("tenant", "show", "bonn").status == 1)
        #expect(try run("check").output == "sound\n")
        #expect(try !run("tenant", "list").output.contains("bonn"))
    }
}
