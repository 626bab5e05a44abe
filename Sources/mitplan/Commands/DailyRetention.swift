import Logging
import Participation
import Platform
import ServiceLifecycle
import Storage

/// Does once a day what `mitplan retention` does, for all tenants, while the server runs.
struct DailyRetention: Service {
    let installation: Installation
    let logger: Logger

    func run() async throws {
        try? await cancelWhenGracefulShutdown {
            // Not in the first minute, in which the server has enough to do.
            try await Task.sleep(for: .seconds(60))
            while true {
                await runOnce()
                try await Task.sleep(for: .seconds(86_400))
            }
        }
        // A service that ends ends its group: the server says when.
        try? await gracefulShutdown()
    }

    private func runOnce() async {
        do {
            for tenant in try await installation.tenants() {
                let reports = try await installation.retain(
                    isTrial: false, scope: Scope(tenant: tenant, viewer: .staff))
                for report in reports {
                    logger.info(
                        "retention",
                        metadata: [
                            "tenant": "\(tenant.id)", "proceeding": "\(report.proceeding.id)",
                            "participantLinks": "\(report.counts.participantLinks)",
                            "items": "\(report.counts.items)",
                        ])
                }
            }
        } catch {
            logger.error("retention failed; it is tried again tomorrow")
        }
    }
}
