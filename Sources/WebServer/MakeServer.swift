import Foundation
public import Logging
public import Platform
import Storage

/// Makes the server of an installation; run it in a service group, or alone with `run()`.
///
/// - Parameters:
///   - installation: whose use cases it serves.
///   - settings: addresses, limits and the secret of staff.
///   - logger: where requests that failed by a fault of ours are told.
///   - onListening: called once with the port when requests are taken.
public func makeServer(
    installation: Installation, settings: ServerSettings, logger: Logger,
    onListening: @escaping @Sendable (_ port: Int) -> Void = { _ in }
) -> Server {
    // Threads of analysis stand behind those that serve, so they may have every core.
    let threads = settings.computeThreads ?? ProcessInfo.processInfo.activeProcessorCount
    let compute = ComputePool(threads: threads, bound: settings.computeQueue, begun: settings.begunAnalyses)
    installation.chargeReading { tenant, duration in compute.charge(duration, to: tenant) }
    let services = Services(
        installation: installation, settings: settings, metrics: ServerMetrics(),
        compute: compute, state: ServerState(),
        isStoreWritable: {
            // An empty transaction on the writer: it fails where a real one would.
            do { return try await installation.engine.write { _ in true } } catch { return false }
        }, networks: NetworkPrefix(trustedProxies: settings.trustedProxies))
    let routes: [Route] = [
        ParticipantRoutes.routes, FormRoutes.routes, TenantRoutes.routes, ProceedingChangeRoutes.routes,
        KeyRoutes.routes,
        RoleRoutes.routes, AccountRoutes.routes, EmergencyRoutes.routes, IssuerRoutes.routes,
        IssuerMappingRoutes.routes, AuditRoutes.routes,
        ProceedingRoutes.routes, ContributionRoutes.routes, QueryableRoutes.routes, AuthorRoutes.routes,
        OwnContributionRoutes.routes, OwnRecordRoutes.routes,
        ConceptionRoutes.routes, AppointmentRoutes.routes, CommentRoutes.routes, VoteRoutes.routes, ReportRoutes.routes,
        SimilarRoutes.routes, AttachmentRoutes.routes,
        ModerationRoutes.routes, HistoryRoutes.routes, AnswerRoutes.routes, ErasureRoutes.routes,
        CrowdedHourRoutes.routes,
        LayerRoutes.routes, DownloadRoutes.routes, ExportRoutes.routes,
        StatisticsRoutes.routes, ComparisonRoutes.routes, HotspotRoutes.routes, PatternRoutes.routes,
        PrivacyBudgetRoutes.routes,
        PrintedReportRoutes.routes,
        CockpitRoutes.routes,
        WebhookRoutes.routes,
        PDSRoutes.routes, PDSImportRoutes.routes,
    ].flatMap { $0 }
    return Server(routes: routes, services: services, logger: logger, onListening: onListening)
}
