import Foundation
import OutboundHTTP
import TestSupport
import Testing

struct OutboundClientTests {
    private func client(_ server: LoopbackServer, _ change: (inout OutboundPolicy) -> Void = { _ in }) -> OutboundClient
    {
        var policy = OutboundPolicy(origins: [server.origin])
        change(&policy)
        return OutboundClient(policy: policy)
    }

    private func failure(_ body: () async throws -> OutboundAnswer) async -> OutboundError? {
        do {
            _ = try await body()
            return nil
        } catch {
            return error as? OutboundError
        }
    }

    @Test func getsWithFieldsAndReadsStatusFieldsAndBody() async throws {
        let server = try LoopbackServer { _ in .init(fields: ["ETag": "\"7\""], body: "grün") }
        defer { server.stop() }
        let answer = try await client(server).get(server.origin + "/a?b=c", fields: [.init("Accept", "text/plain")])
        #expect(answer.status == 200 && answer.isGood && answer.fields["etag"] == "\"7\"")
        #expect(String(decoding: answer.body, as: UTF8.self) == "grün")
        #expect(server.requests.map(\.path) == ["/a?b=c"] && server.requests.first?.fields["accept"] == "text/plain")
    }

    @Test func postsBytesAsTheyAre() async throws {
        let server = try LoopbackServer { .init(status: $0.body.count == 100_000 ? 204 : 500) }
        defer { server.stop() }
        let body = (0..<100_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        let answer = try await client(server).send(
            OutboundRequest(server.origin + "/hook", method: .post(body), fields: [.init("X-Sign", "a")]))
        #expect(answer.status == 204)
        #expect(server.requests.first?.method == "POST" && server.requests.first?.body == body)
    }

    @Test func doesNotFollowRedirects() async throws {
        let server = try LoopbackServer { _ in .init(status: 302, fields: ["Location": "http://169.254.169.254/"]) }
        defer { server.stop() }
        let answer = try await client(server).get(server.origin)
        #expect(answer.status == 302 && server.requests.count == 1)
    }

    @Test func writesALargeAnswerToAFile() async throws {
        let folder = try TemporaryDirectory()
        let server = try LoopbackServer { _ in .init(body: String(repeating: "0123456789", count: 300_000)) }
        defer { server.stop() }
        let path = folder.path("answer")
        let answer = try await client(server).download(OutboundRequest(server.origin), to: path)
        #expect(answer.body.isEmpty)
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)).count == 3_000_000)
    }

    @Test func stopsAtTheBoundOfBytes() async throws {
        let server = try LoopbackServer { _ in .init(body: String(repeating: "x", count: 1001)) }
        defer { server.stop() }
        let error = await failure { try await client(server) { $0.maximumBytes = 1000 }.get(server.origin) }
        #expect(error == .tooLarge(maximumBytes: 1000))
    }

    @Test func givesUpAfterTheTime() async throws {
        let server = try LoopbackServer { _ in
            Thread.sleep(forTimeInterval: 3)
            return nil
        }
        defer { server.stop() }
        let error = await failure {
            try await client(server) { $0.totalTimeout = .milliseconds(200) }.get(server.origin)
        }
        #expect(error == .timedOut(host: "127.0.0.1"))
    }

    @Test func endsWithItsTask() async throws {
        let server = try LoopbackServer { _ in
            Thread.sleep(forTimeInterval: 20)
            return nil
        }
        defer { server.stop() }
        let client = client(server)
        let task = Task { try await client.get(server.origin) }
        try await Task.sleep(for: .milliseconds(100))
        let start = ContinuousClock.now
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(ContinuousClock.now - start < .seconds(10))
    }

    @Test func saysThatNobodyAnswers() async throws {
        let server = try LoopbackServer { _ in nil }
        server.stop()
        let error = await failure { try await client(server).get(server.origin) }
        guard case .unreachable = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test(arguments: [
        "https://127.0.0.1:9/", "https://[::1]:9/", "https://localhost:9/", "https://0x7f000001/",
        "https://2130706433/", "https://127.1/", "https://[::ffff:127.0.0.1]/", "https://169.254.169.254/latest",
    ])
    func neverConnectsToAPrivateAddressByAnyOfItsNames(url: String) async {
        let error = await failure { try await OutboundClient(policy: .publicHosts).get(url) }
        guard case .privateAddress = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test(arguments: ["http://example.org/", "http://127.0.0.1/"])
    func refusesPlainTextUnlessListed(url: String) async {
        let error = await failure { try await OutboundClient(policy: .publicHosts).get(url) }
        guard case .notAllowed = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test func refusesEverythingByDefault() async {
        let error = await failure { try await OutboundClient(policy: OutboundPolicy()).get("https://example.org/x") }
        #expect(error == .notAllowed(origin: "https://example.org"))
    }

    @Test(arguments: [
        "", "x", "file:///etc/passwd", "ftp://example.org/", "https://user:secret@example.org/",
        "https://", "https://exa mple.org/", "gopher://127.0.0.1:70/_",
    ])
    func refusesAddressesOfOtherKinds(url: String) async {
        let error = await failure { try await OutboundClient(policy: .publicHosts).get(url) }
        guard case .invalidAddress = error else {
            Issue.record("\(url): \(String(describing: error))")
            return
        }
    }

    @Test func refusesFieldsWithLineBreaks() async throws {
        let server = try LoopbackServer { _ in .init() }
        defer { server.stop() }
        let error = await failure { try await client(server).get(server.origin, fields: [.init("A", "b\r\nC: d")]) }
        #expect(error != nil && server.requests.isEmpty)
    }
}
