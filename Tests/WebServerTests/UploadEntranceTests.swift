import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Participation
import Storage
import TestSupport
import Testing

@testable import WebServer

struct UploadEntranceTests {
    /// Holds so many places until the tasks are cancelled.
    private func hold(
        _ count: Int, of uploads: UploadEntrance, tenant: Int64, network: NetworkPrefix.Name? = nil
    ) async -> [Task<Void, any Error>] {
        let (places, taken) = AsyncStream<Void>.makeStream()
        let tasks = (0..<count).map { _ in
            Task {
                try await uploads.pass(tenant: tenant, network: network, wait: .seconds(60)) {
                    taken.yield()
                    try await Task.sleep(for: .seconds(3600))
                }
            }
        }
        var iterator = places.makeAsyncIterator()
        for _ in 0..<count { _ = await iterator.next() }
        return tasks
    }

    private func end(_ tasks: [Task<Void, any Error>]) async {
        for task in tasks {
            task.cancel()
            _ = await task.result
        }
    }

    @Test(.timeLimit(.minutes(5)))
    func twoOfANetworkAreUnderWayAtOnce() async throws {
        let uploads = UploadEntrance()
        let networks = NetworkPrefix(trustedProxies: [])
        let (full, other) = (networks.name([192, 0, 2, 1]), networks.name([192, 0, 2, 2]))
        let held = await hold(2, of: uploads, tenant: 1, network: full)
        let refused = await #expect(throws: Problem.self) {
            try await uploads.pass(tenant: 1, network: full, wait: .milliseconds(20)) {}
        }
        #expect(refused?.kind == .tooManyRequests && refused?.headers[.retryAfter] != nil)
        try await uploads.pass(tenant: 1, network: other, wait: .seconds(60)) {}
        try await uploads.pass(tenant: 1, network: full, factor: 10, wait: .seconds(60)) {}
        await end(held)
        try await uploads.pass(tenant: 1, network: full, wait: .seconds(60)) {}
    }

    @Test(.timeLimit(.minutes(5)))
    func whoComesWhenThereIsNoRoomWaitsForIt() async throws {
        let uploads = UploadEntrance()
        let held = await hold(4, of: uploads, tenant: 1)
        let waiting = Task { try await uploads.pass(tenant: 1, network: nil, wait: .seconds(60)) { "in" } }
        try await uploads.pass(tenant: 2, network: nil, wait: .seconds(60)) {}
        await end(held)
        #expect(try await waiting.value == "in")
    }

    /// The file is not even asked for: the body breaks every limit, and that is not what is told.
    @Test(.timeLimit(.minutes(5)))
    func fourOfATenantAreUnderWayAtOnceAndStaffIsNotCounted() async throws {
        let city = try await CityServer { $0.uploadWait = .milliseconds(20) }
        let created = try await city.post(CityServer.contributions, CityServer.feature())
        let name = try #require(HTTPField.Name("Mitplan-Receipt"))
        let receipt: HTTPFields = [name: try #require(created.headers[name])]
        let path = try #require(created.headers[.location]) + "/attachments?alt=Eine%20Mauer"
        let held = await hold(4, of: city.server.services.uploads, tenant: city.staff.tenant.key)
        let refused = try await city.upload(path, Array(repeating: 0, count: 11 << 20), headers: receipt)
        #expect(refused.status == .serviceUnavailable && refused.headers[.retryAfter] != nil, "\(refused.text)")
        let bytes = try SampleImages.bytes("grey.jpg")
        #expect(try await city.upload(path, bytes, headers: CityServer.staff).status == .created)
        await end(held)
        #expect(try await city.upload(path, bytes, headers: receipt).status == .created)
    }
}
