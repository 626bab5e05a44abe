import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Participation
import Platform
import Storage
import Testing

@testable import WebServer

struct ExportAuditTests {
    @Test func everyExportByStaffIsInTheLogAndNoneByThePublic() async throws {
        let city = try await CityServer()
        let made = try await city.installation.createAPIKey(
            NewAPIKey(name: "Auswertung", roles: [RoleWish(.analyst)], days: 1), scope: city.staff)
        let analyst: HTTPFields = [.authorization: "Bearer \(made.text ?? "")"]
        let export = "/api/v1/proceedings/radverkehr/export"
        func events() async throws -> [AuditEvent] {
            try await city.installation.auditEvents(limit: 100, after: nil, scope: city.staff).items
                .filter { $0.action == "contributions.export" }
        }
        #expect(try await city.send(export).status == .ok)
        #expect(try await city.send(export, headers: city.participant()).status == .ok)
        #expect(try await events().isEmpty)
        for query in ["?f=csv", "?profile=dipas", "?mask=donut&f=geojsonseq"] {
            #expect(try await city.send(export + query, headers: analyst).status == .ok)
        }
        #expect(try await events().map(\.reason) == ["geojsonseq donut", "dipas", "csv"])
        #expect(try await events().allSatisfy { $0.item == "proceedings/radverkehr" && $0.actor != "operator" })
        #expect(try await city.send(export + "?f=xml", headers: analyst).status == .badRequest)
        #expect(try await events().count == 3)
    }
}
