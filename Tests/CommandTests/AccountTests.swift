import Foundation
import TestSupport
import Testing

@Suite struct AccountTests {
    private let folder: TemporaryDirectory
    private var environment: [String: String] { ["MITPLAN_DATA": folder.path("city")] }

    init() throws {
        folder = try TemporaryDirectory()
        _ = try MitplanProgram.run(["init", "--tenant", "esch"], environment: ["MITPLAN_DATA": folder.path("city")])
    }

    private func run(_ arguments: String...) throws -> MitplanProgram.Result {
        try MitplanProgram.run(arguments, environment: environment)
    }

    @Test func issuesTheFirstAdministratorsKeyAndAParticipantsToken() throws {
        let issued = try run("token", "issue")
        #expect(issued.status == 0, "\(issued.error)")
        #expect(issued.output.hasPrefix("mp_"))
        #expect(issued.output.split(separator: "\n").count == 1)
        #expect(try run("token", "issue", "--participant").output.hasPrefix("mpt1.esch."))
        let list = try run("key", "list", "--format", "csv")
        #expect(list.output.contains("issued on the command line,tenantAdmin,"))
        let secret = try #require(issued.output.split(separator: "_").last?.prefix(64))
        #expect(!list.output.contains(secret))
    }

    @Test func givesAndTakesRolesAndWritesThemDown() throws {
        let given = try run("role", "grant", "city:4711", "moderator", "--reason", "elected")
        #expect(given.status == 0, "\(given.error)")
        let roles = try run("role", "list", "--format", "csv").output.split(separator: "\r\n")
        #expect(roles.count == 2 && roles[1].contains(",city:4711,moderator,,"))
        let id = try #require(roles[1].split(separator: ",").first)
        #expect(try run("role", "grant", "x", "platformAdmin").status == 1)
        #expect(try run("role", "grant", "x", "planner:nowhere").status == 1)
        #expect(try run("role", "revoke", String(id)).status == 0)
        #expect(try run("role", "revoke", String(id)).status == 1)
        let log = try run("audit", "list", "--format", "csv").output
        #expect(log.contains("operator,role.grant,roles/\(id),elected"))
        #expect(log.contains("operator,role.revoke,roles/\(id)"))
        let check = try run("audit", "verify")
        #expect(check.status == 0 && check.output.hasPrefix("2 events are sound, head "))
    }

    @Test func rotatesOnlyWhenToldSo() throws {
        #expect(try run("token", "rotate").status == 1)
        #expect(try run("token", "rotate", "--yes").status == 0)
    }
}
