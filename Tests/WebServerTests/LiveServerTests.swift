import Foundation
import Logging
import ServiceLifecycle
import Synchronization
import TestSupport
import Testing

@testable import WebServer

@Suite(.serialized)
struct LiveServerTests {
    /// Runs a sample server on a free port while `work` goes on.
    private func serve(
        _ sample: SampleServer, _ work: @Sendable (_ port: Int, _ group: ServiceGroup) async throws -> Void
    ) async throws {
        var sample = sample
        sample.settings.port = 0
        sample.settings.noticeTime = .milliseconds(300)
        let (ports, found) = AsyncStream<Int>.makeStream()
        let server = try await sample.make { found.yield($0) }
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        let group = ServiceGroup(configuration: .init(services: [server], logger: logger))
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            var iterator = ports.makeAsyncIterator()
            let port = try #require(await iterator.next())
            try await work(port, group)
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
        }
    }

    @Test(.timeLimit(.minutes(5)))
    func refusesAHugeUploadBeforeItComes() async throws {
        try await serve(SampleServer()) { port, _ in
            let connection = try RawConnection(port: port)
            connection.send(
                "POST /api/v1/sample HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                    + "Content-Length: 2147483648\r\n\r\n{")
            let answer = connection.read(until: "}")
            #expect(answer.hasPrefix("HTTP/1.1 413"))
            #expect(answer.contains("application/problem+json"))
            #expect(answer.lowercased().contains("connection: close"))
        }
    }

    @Test(.timeLimit(.minutes(5)))
    func answersHeadsThatAreTooLarge() async throws {
        try await serve(SampleServer()) { port, _ in
            let long = String(repeating: "a", count: 9000)
            let many = (0..<150).map { "X-\($0): a\r\n" }.joined()
            let heavy = (0..<9).map { "X-\($0): \(long.prefix(4000))\r\n" }.joined()
            for (target, fields, status) in [
                ("/\(long)", "", 414), ("/api/v1/sample?\(long)", "", 414), ("/health/live", many, 431),
                ("/health/live", "X: \(long)\r\n", 431), ("/health/live", heavy, 431),
            ] {
                let connection = try RawConnection(port: port)
                connection.send("GET \(target) HTTP/1.1\r\nHost: x\r\n\(fields)\r\n")
                let answer = connection.read(until: "}")
                #expect(answer.hasPrefix("HTTP/1.1 \(status)"))
                #expect(answer.contains("application/problem+json"))
            }
        }
    }

    @Test(.timeLimit(.minutes(5)), arguments: ["zz\r\nabc\r\n", "-5\r\nabc\r\n", "ffffffffffffffffff\r\nabc"])
    func refusesABodyThatIsFramedWrongly(_ body: String) async throws {
        try await serve(SampleServer()) { port, _ in
            let connection = try RawConnection(port: port)
            connection.send(
                "POST /api/v1/sample HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                    + "Transfer-Encoding: chunked\r\n\r\n" + body)
            let answer = connection.read(until: "}")
            #expect(answer.hasPrefix("HTTP/1.1 400"))
            #expect(answer.contains("application/problem+json"))
        }
    }

    @Test(.timeLimit(.minutes(5)))
    func doesNotWaitForAHeadThatDrips() async throws {
        var sample = SampleServer()
        sample.settings.headDeadline = 1
        try await serve(sample) { port, _ in
            // On a thread of its own: the threads of tasks are busy with other tests, and the clock is the server's.
            let (answer, time) = await withCheckedContinuation { continuation in
                Thread.detachNewThread {
                    let start = ContinuousClock.now
                    guard let connection = try? RawConnection(port: port) else {
                        continuation.resume(returning: ("no connection", Duration.zero))
                        return
                    }
                    connection.send("GET /health/live HTTP/1.1\r\nX: ")
                    for _ in 0..<6 {
                        Thread.sleep(forTimeInterval: 0.25)
                        connection.send("a")
                    }
                    let answer = connection.read(until: "}")
                    continuation.resume(returning: (answer, ContinuousClock.now - start))
                }
            }
            #expect(answer.isEmpty)
            #expect(time < .seconds(4))
            let brisk = try RawConnection(port: port)
            brisk.send("GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(brisk.read(until: "}").hasPrefix("HTTP/1.1 200"))
        }
    }

    @Test(.timeLimit(.minutes(5)))
    func stopsComputingWhenTheClientLeaves() async throws {
        let sample = SampleServer()
        let probe = sample.probe
        try await serve(sample) { port, _ in try await Self.leave(port: port, probe: probe) }
        #expect(probe.isCancelled)
    }

    private static func leave(port: Int, probe: Probe) async throws {
        let connection = try RawConnection(port: port)
        connection.send("GET /api/v1/slow HTTP/1.1\r\nHost: x\r\n\r\n")
        await probe.waitForStart()
        connection.hangUp()
        await probe.waitForCancellation()
    }

    @Test(.timeLimit(.minutes(5)))
    func endsWhatIsUnderWayWhenItStops() async throws {
        let sample = SampleServer()
        sample.probe.seconds = 0.8
        try await serve(sample) { port, group in
            let slow = try RawConnection(port: port)
            let health = try RawConnection(port: port)
            slow.send("GET /api/v1/slow HTTP/1.1\r\nHost: x\r\n\r\n")
            await sample.probe.waitForStart()
            await group.triggerGracefulShutdown()
            try await Task.sleep(for: .milliseconds(100))
            health.send("GET /health/ready HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(health.read(until: "}").hasPrefix("HTTP/1.1 503"))
            let answer = slow.read(until: "}")
            #expect(answer.hasPrefix("HTTP/1.1 200"))
            #expect(answer.contains("done"))
        }
    }

    @Test(.timeLimit(.minutes(5)))
    func refusesHeadersOverTheLimit() async throws {
        try await serve(SampleServer()) { port, _ in
            let connection = try RawConnection(port: port)
            connection.send(
                "GET / HTTP/1.1\r\nHost: x\r\nX-Long: \(String(repeating: "a", count: 9000))\r\n\r\n")
            let answer = connection.read(until: "\r\n\r\n")
            #expect(answer.hasPrefix("HTTP/1.1 4"))
        }
    }
}
