import HTTPTypes
import HummingbirdTesting
import TestSupport
import Testing

@testable import WebServer

/// A day without a time is one of the tenant's clock in filters of lists and statistics, and of appointments.
struct LocalDayTests {
    /// A city where somebody wrote at half past midnight of 1 May in Berlin, which is 30 April in UTC.
    private func city() async throws -> CityServer {
        let city = try await CityServer(clock: TestClock(1_777_588_200_000))
        let body = CityServer.feature(title: "Nachts", coordinates: "[9.9, 53.5]")
        #expect(try await city.post(CityServer.contributions, body).status == .created)
        return city
    }

    @Test(arguments: [
        ("2026-05-01", true), ("2026-04-30", false), ("2026-05-01/..", true), ("../2026-04-30", false),
        ("2026-05-01/2026-05-31", true), ("2026-04-01/2026-04-30", false),
        ("2026-04-30T00:00:00Z/2026-04-30T23:59:59Z", true), ("2026-05-01T00:00:00Z/..", false),
    ])
    func listsAndStatisticsMeanTheSameDay(_ time: String, _ isFound: Bool) async throws {
        let city = try await city()
        let list = try await city.send(CityServer.contributions + "?datetime=" + time)
        #expect(list.text.contains("Nachts") == isFound, "\(list.text)")
        let statistics = try await city.send("/api/v1/proceedings/radverkehr/statistics?datetime=" + time)
        #expect(statistics.text.contains(#""contributions":\#(isFound ? 1 : 0)"#), "\(statistics.text)")
        if isFound { #expect(statistics.text.contains("2026-05-01"), "\(statistics.text)") }
    }
}
