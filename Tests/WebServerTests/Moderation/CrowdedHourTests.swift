import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Participation
import Platform
import Storage
import TestSupport
import Testing

@testable import WebServer

struct CrowdedHourTests {
    @Test func tellsModeratorsTheHoursInWhichManyVotesCame() async throws {
        let clock = TestClock()
        let city = try await CityServer(clock: clock)
        for _ in 1...2 { _ = try await city.post(CityServer.contributions, CityServer.feature()) }
        let proceeding = try await city.installation.proceeding("radverkehr", scope: city.staff)
        func vote(_ count: Int, on item: Int64, _ name: String) async throws {
            for voter in 0..<count {
                _ = try await city.installation.castVote(
                    .for, on: .contribution(item), of: proceeding,
                    scope: Scope(tenant: city.staff.tenant, viewer: Viewer(participant: "\(name)\(voter)")))
            }
        }
        try await vote(3, on: 1, "a")
        try await vote(9, on: 2, "a")
        clock.advance(seconds: 7200)
        try await vote(4, on: 1, "b")
        clock.advance(seconds: 7200)
        try await vote(3, on: 1, "c")
        let path = "/api/v1/proceedings/radverkehr/moderation/votes"
        let found = try await city.send(path, headers: CityServer.staff).text
        // Of ten votes four came in one hour, thrice three are not above three in ten, and nine are too few.
        #expect(
            found.contains(
                #""hours":[{"kind":"contribution","item":"1","start":"2026-05-01T02:00:00Z","votes":4,"total":10}]"#),
            "\(found)")
        #expect(try await city.send(path).status == .unauthorized)
    }
}
