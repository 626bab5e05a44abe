import GeoCore
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

@testable import WebServer

/// The privacy budget over HTTP.
struct PrivacyBudgetRoutesTests {
    private static let proceeding = "/api/v1/proceedings/radverkehr"

    private func ask(_ city: CityServer, epsilon: String) async throws -> TestResponse {
        try await city.send("\(Self.proceeding)/hotspots?method=grid&cell=5000&epsilon=\(epsilon)")
    }

    @Test func plannersReadWhatIsSpentAndWhatIsOverIsRefused() async throws {
        let city = try await CityServer()
        _ = try await city.post(CityServer.contributions, CityServer.feature())
        let patch = try await city.send(
            Self.proceeding, method: .patch,
            headers: CityServer.staff + [.contentType: "application/json", .ifMatch: "*"],
            body: #"{"settings": {"privacyBudget": 2}}"#)
        #expect(patch.status == .ok, "\(patch.text)")
        #expect(try await ask(city, epsilon: "1").status == .ok)
        #expect(try await ask(city, epsilon: "1").status == .ok)
        let refused = try await ask(city, epsilon: "0.5")
        #expect(refused.status == .conflict)
        for word in ["privacy budget of 2026", "1 of 1", "0.5", "2027-01-01"] {
            #expect(refused.text.contains(word), "\(refused.text)")
        }
        #expect(try await city.send("\(Self.proceeding)/privacy-budget").status == .unauthorized)
        let told = try await city.send("\(Self.proceeding)/privacy-budget", headers: CityServer.staff)
        let budget = try JSONValue.parse(Array(told.text.utf8), limits: .importing)
        #expect(budget["budget"]?.double == 2 && budget["spent"]?.double == 1 && budget["left"]?.double == 1)
        let spendings = budget["spendings"]?.array ?? []
        #expect(spendings.map { $0["role"]?.string } == ["anonymous"])
        #expect(spendings.first?["epsilon"]?.double == 1)
    }
}
