import Logging
import Participation
import Platform
import ServiceLifecycle
import Storage

/// Does once a day what `mitplan retention` does, for all tenants, while the server runs; and every ten minutes takes out of
/// the files what was erased and still is in them.
struct DailyRetention: Service {
    let installation: Installation
    let logger: Logger

    private static let pause = Duration.seconds(601)
    private static let pausesOfDay = 86_400 / 601

    func run() async throws {
        try? await cancelWhenGracefulShutdown {
            // Not in the first minute, in which the server has enough to do.
            try await Task.sleep(for: .seconds(60))
            var pauses = 0
            while true {
                if pauses % Self.pausesOfDay == 0 { await runOnce() }
                do { try await installation.purgeWhatIsPending() } catch {
                    logger.error("what was erased could not be taken out of the files; it is tried again")
                }
                try await Task.sleep(for: Self.pause)
                pauses += 1
            }
        }
        // A service that ends ends its group: the server says when.
        try? await gracefulShutdown()
    }

    private func runOnce() async {
        guard let tenants = try? await installation.tenants() else {
            return logger.error("retention failed; it is tried again tomorrow")
        }
        for tenant in tenants {
            do {
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
            } catch {
                logger.error(
                    "retention failed; it is tried again tomorrow", metadata: ["tenant": "\(tenant.id)"])
            }
        }
    }
}
