import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import Participation
import Platform
import SQLiteEngine
import Synchronization
import TestSupport

@testable import WebServer

/// A server of a few sample routes, for what every route has in common.
struct SampleServer {
    struct Secret: Error { var path = "/var/lib/secret.sqlite" }

    var settings = ServerSettings()
    var isStoreWritable = true
    var state = ServerState()
    let probe = Probe()

    func make(onListening: @escaping @Sendable (Int) -> Void = { _ in }) async throws -> Server {
        let folder = try TemporaryDirectory()
        let store = try EmbeddedStore(path: folder.path("sample.sqlite"))
        let installation = Installation(engine: store, now: { 0 })
        for id in ["hamburg", "x"] {
            _ = try await installation.createTenant(Tenant(id: id, name: id), isDefault: id == "x")
        }
        let services = Services(
            installation: installation,
            settings: settings, metrics: ServerMetrics(),
            compute: ComputePool(threads: 1, bound: settings.computeQueue, begun: settings.begunAnalyses), state: state,
            isStoreWritable: { [isStoreWritable, folder] in withExtendedLifetime(folder) { isStoreWritable } })
        func describe(
            _ method: HTTPRequest.Method, _ path: String, access: RouteDescription.Access = .everybody,
            parameters: [ParameterDescription] = []
        ) -> RouteDescription {
            RouteDescription(
                method: method, path: path, operation: "\(method.rawValue)-\(path)", summary: "Sample.", tag: "Sample",
                access: access, parameters: parameters)
        }
        let routes: [Route] = [
            Route(
                description: describe(
                    .get, "/api/v1/sample/{name}",
                    parameters: [ParameterDescription(name: "limit", summary: "Rows.", shape: .integer(1...1000))])
            ) { call in
                let name = try call.name("name", of: "sample")
                return try Answer.json(["name": name, "limit": String(try call.query.limit())])
            },
            Route(description: describe(.post, "/api/v1/sample")) { call in
                let bytes = try await StrictBody(
                    maximumBytes: call.services.settings.maximumJSONBytes,
                    deadline: call.services.settings.bodyDeadline
                ).jsonBytes(call.request)
                return try Answer.json(["bytes": bytes.count])
            },
            Route(description: describe(.put, "/api/v1/sample/{name}", access: .permission(.manageProceeding))) { _ in
                try Answer.json(["done": true])
            },
            Route(description: describe(.get, "/api/v1/fault")) { _ in throw Secret() },
            Route(description: describe(.get, "/api/v1/cancelled")) { _ in throw CancellationError() },
            Route(description: describe(.get, "/api/v1/large")) { call in
                Answer.bytes(
                    Array(repeating: UInt8(ascii: "a"), count: 100_000), type: "text/plain; charset=utf-8",
                    tag: "\"v1\"", request: call.request)
            },
            Route(description: describe(.get, "/api/v1/analysis")) { call in
                let answer = try await call.services.analyse(for: call.context) { 42 }
                return try Answer.json(["answer": answer])
            },
            Route(description: describe(.get, "/api/v1/slow")) { [probe] call in
                let answer = try await call.services.analyse(for: call.context) {
                    probe.start()
                    do { try await Task.sleep(for: .seconds(probe.seconds)) } catch {
                        probe.cancel()
                        throw error
                    }
                    return "done"
                }
                return try Answer.json(["answer": answer])
            },
        ]
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        return Server(routes: routes, services: services, logger: logger, onListening: onListening)
    }

    /// Sends one request to the router.
    func send(
        _ uri: String, method: HTTPRequest.Method = .get, headers: HTTPFields = [:], body: String? = nil
    ) async throws -> TestResponse {
        try await make().application.test(.router) { client in
            try await client.execute(
                uri: uri, method: method, headers: headers, body: body.map { ByteBuffer(string: $0) })
        }
    }
}

extension TestResponse {
    /// The body as text.
    var text: String { String(buffer: body) }
}

/// What became of the slow analysis.
final class Probe: Sendable {
    private let state = Mutex((started: false, cancelled: false, seconds: 30.0))

    var hasStarted: Bool { state.withLock { $0.started } }
    var isCancelled: Bool { state.withLock { $0.cancelled } }
    var seconds: Double {
        get { state.withLock { $0.seconds } }
        set { state.withLock { $0.seconds = newValue } }
    }

    func start() { state.withLock { $0.started = true } }
    func cancel() { state.withLock { $0.cancelled = true } }

    /// Waits until the analysis has begun, at most a minute.
    func waitForStart() async {
        for _ in 0..<6000 where !hasStarted { try? await Task.sleep(for: .milliseconds(10)) }
    }

    /// Waits until the analysis was cancelled, at most a minute.
    func waitForCancellation() async {
        for _ in 0..<6000 where !isCancelled { try? await Task.sleep(for: .milliseconds(10)) }
    }
}
