import HTTPTypes
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
public import ServiceLifecycle

/// The HTTP server as a service: it listens, tells when it stops, lets requests end, and ends.
public struct Server: Service {
    /// The application, for tests and for those who compose their own service group.
    let application: Application<RouterResponder<WebContext>>
    /// What all routes say of themselves.
    let descriptions: [RouteDescription]
    let services: Services
    private let logger: Logger

    /// Composes a server of a table of routes.
    init(
        routes: [Route], services: Services, logger: Logger, onListening: @escaping @Sendable (Int) -> Void = { _ in }
    ) {
        let table = RouteTable(routes: routes + OperationRoutes.routes(describing: routes.map(\.description)))
        descriptions = table.routes.map(\.description)
        let router = Router(context: WebContext.self, options: [.autoGenerateHeadEndpoints])
        router.add(middleware: ProblemMiddleware(methods: RouteMethods(table.paths)))
        router.add(
            middleware: AdmissionMiddleware(metrics: services.metrics, maximum: services.settings.maximumRequests))
        router.add(middleware: PreflightMiddleware(methods: RouteMethods(table.paths), services: services))
        router.add(middleware: GzipMiddleware())
        table.register(in: router, services: services)

        let settings = services.settings
        let channel = HTTP1Channel.Configuration(
            additionalChannelHandlers: [
                ClientPresence(), HeadDeadline(first: settings.headDeadline, next: settings.idleSeconds),
            ],
            idleTimeout: .seconds(Int64(clamping: settings.idleSeconds)),
            httpDecoderConfiguration: .init(
                maxHeaderFieldSize: HeadLimits.field * HeadLimits.margin,
                maxHeaderListSize: HeadLimits.fields * HeadLimits.margin,
                maxHeaderFieldCount: HeadLimits.count * HeadLimits.margin))
        application = Application(
            router: router, server: .http1(configuration: channel),
            configuration: ApplicationConfiguration(
                address: .hostname(settings.host, port: settings.port), serverName: nil, backlog: 256,
                availableConnectionsDelegate: .maximum(settings.maximumConnections, logger: logger)),
            onServerRunning: { channel in
                let port = channel.localAddress?.port ?? settings.port
                logger.info("listening", metadata: ["address": "http://\(settings.host):\(port)"])
                onListening(port)
            },
            logger: logger)
        self.services = services
        self.logger = logger
    }

    /// Serves until the task is cancelled or told to shut down gracefully.
    ///
    /// On a graceful shutdown `/health/ready` answers 503 at once, listening ends a moment later, and requests under
    /// way have ``ServerSettings/drainTime`` to end.
    public func run() async throws {
        let notice = StopNotice(state: services.state, time: services.settings.noticeTime)
        // Services stop in reverse order: first the notice, then the listener.
        var configuration = ServiceGroupConfiguration(
            services: [
                .init(service: application),
                .init(
                    service: WebhookService(
                        installation: services.installation, policy: services.settings.outbound, logger: logger)),
                .init(
                    service: IssuerKeyService(
                        installation: services.installation, policy: services.settings.outbound, logger: logger)),
                .init(service: notice, successTerminationBehavior: .gracefullyShutdownGroup),
            ],
            logger: logger)
        configuration.maximumGracefulShutdownDuration = services.settings.noticeTime + services.settings.drainTime
        try await ServiceGroup(configuration: configuration).run()
    }
}

/// Says "not ready" for a moment before the server stops listening, so that a balancer can turn away.
private struct StopNotice: Service, CustomStringConvertible {
    let state: ServerState
    let time: Duration
    var description: String { "StopNotice" }

    func run() async throws {
        try await gracefulShutdown()
        state.stop()
        try await Task.sleep(for: time)
    }
}

extension Server: CustomStringConvertible, CustomDebugStringConvertible {
    /// A word only: those who run services write them to logs, and the settings hold a secret.
    public var description: String { "Server" }

    /// The same word.
    public var debugDescription: String { description }
}
