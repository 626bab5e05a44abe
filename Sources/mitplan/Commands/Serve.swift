import ArgumentParser
import Foundation
import Logging
import OutboundHTTP
import Platform
import ServiceLifecycle
import UnixSignals
import WebServer

/// `mitplan serve`.
struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Serve the data directory over HTTP.",
        discussion: """
            Interrupt (Ctrl-C) or SIGTERM ends it after the requests under way; a second one ends it at once. Without \
            an admin token the routes of staff are closed.

            EXAMPLES
              mitplan serve
              mitplan serve --data city --port 8080
              MITPLAN_ADMIN_TOKEN=… mitplan serve --host 0.0.0.0
            """)

    @Option(help: "Address to listen on.")
    var host = "127.0.0.1"

    @Option(name: .shortAndLong, parsing: .unconditional, help: "Port to listen on; 0 takes a free one.")
    var port = 8080

    @Option(
        help: ArgumentHelp("File with the token of staff; MITPLAN_ADMIN_TOKEN when not given.", valueName: "file"),
        completion: .file())
    var adminTokenFile: String?

    @Option(
        help: ArgumentHelp(
            "Origin that the server may ask: for imports by address and webhooks; several by several options.",
            valueName: "origin"))
    var allowOrigin: [String] = []

    @Flag(help: "Let the server ask any public host over https.")
    var allowPublicHosts = false

    @Flag(help: "Switch the limits on rates off: for tests and measurements.")
    var noRateLimits = false

    @Option(
        name: .customLong("trusted-proxy"),
        help: ArgumentHelp(
            "Address of a proxy whose X-Forwarded-For and -Proto are believed; may be repeated.", valueName: "address"))
    var trustedProxies: [String] = []

    @Flag(help: "Log every request.")
    var verbose = false

    @OptionGroup var data: DataOptions
    @OptionGroup var tenant: TenantOptions

    func validate() throws {
        guard (0...65_535).contains(port) else { throw ValidationError("--port must lie between 0 and 65535") }
    }

    func run() async throws {
        var logger = Logger(label: "mitplan", factory: { StreamLogHandler.standardError(label: $0) })
        logger.logLevel = verbose ? .debug : data.quiet ? .warning : .info
        var settings = ServerSettings()
        settings.host = host
        settings.port = port
        settings.adminToken = try adminToken()
        settings.defaultTenant = tenant.tenant
        settings.rateFactor = noRateLimits ? 0 : 1
        settings.trustedProxies = trustedProxies
        settings.temporaryFolder = data.directory.path
        settings.outbound = OutboundPolicy(origins: Set(allowOrigin), allowsPublicHosts: allowPublicHosts)
        let ready = settings
        try await Session.with(data) { session in
            if let id = tenant.tenant, try await session.installation.tenant(id) == nil {
                throw CommandFailure("there is no tenant \(id)", hint: "mitplan tenant list")
            }
            // Held as long as the server runs, so that a second one on the same data leaves files under way alone.
            let uploads = UploadFolder(sweeping: ready.temporaryFolder)
            defer { withExtendedLifetime(uploads) {} }
            if uploads.removed > 0 {
                logger.notice(
                    "removed uploads left by a server that was killed", metadata: ["count": "\(uploads.removed)"])
            }
            // A second server finds under way what the first one does.
            let unfinished = uploads.isAlone ? try await session.installation.sweepUnfinished() : 0
            if unfinished > 0 {
                logger.notice(
                    "removed what a program that was killed had begun", metadata: ["count": "\(unfinished)"])
            }
            let server = makeServer(installation: session.installation, settings: ready, logger: logger) { port in
                if !data.quiet { announce(port: port) }
            }
            let group = ServiceGroup(
                configuration: .init(
                    services: [
                        .init(service: server),
                        .init(service: DailyRetention(installation: session.installation, logger: logger)),
                    ], logger: logger))
            let signals = await UnixSignalsSequence(trapping: .sigint, .sigterm)
            let watch = Task {
                var isStopping = false
                for await _ in signals {
                    if isStopping { Foundation.exit(130) }
                    isStopping = true
                    await group.triggerGracefulShutdown()
                }
            }
            defer { watch.cancel() }
            do {
                try await group.run()
            } catch {
                throw CommandFailure("the server stopped: \(error)", hint: "is port \(port) taken?")
            }
        }
    }

    private func announce(port: Int) {
        let address = host.contains(":") ? "[\(host)]" : host
        let base = "http://\(address == "0.0.0.0" || address == "[::]" ? "localhost" : address):\(port)"
        Console.out("Mitplan serves \(data.directory.path)")
        Console.out("  start page   \(base)/")
        Console.out("  interface    \(base)/docs")
        Console.out("  proceedings  \(base)/api/v1/proceedings")
        Console.out("  state        \(base)/health/ready")
    }

    /// The token from the file or the environment, without the line break that editors leave.
    private func adminToken() throws -> String? {
        let text: String?
        if let adminTokenFile {
            guard let bytes = FileManager.default.contents(atPath: adminTokenFile), bytes.count <= 4096 else {
                throw CommandFailure("cannot read the token in \(adminTokenFile)")
            }
            text = String(decoding: bytes, as: UTF8.self)
        } else {
            text = ProcessInfo.processInfo.environment["MITPLAN_ADMIN_TOKEN"]
        }
        let token = text?.trimmingCharacters(in: .whitespacesAndNewlines)
        guard let token, !token.isEmpty else { return nil }
        guard token.utf8.count >= 16 else {
            throw CommandFailure("the admin token is shorter than 16 characters", hint: "openssl rand -hex 32")
        }
        return token
    }
}
