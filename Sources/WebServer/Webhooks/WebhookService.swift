import Logging
import OutboundHTTP
import Platform
import ServiceLifecycle

/// Delivers what the outbox holds while the server runs.
struct WebhookService: Service, CustomStringConvertible {
    let installation: Installation
    let policy: OutboundPolicy
    let logger: Logger
    var description: String { "WebhookService" }

    func run() async throws {
        await cancelWhenGracefulShutdown {
            var lastSweep = ContinuousClock.now
            while !Task.isCancelled {
                var count = 0
                do {
                    count = try await installation.deliverWebhooks(policy: policy)
                    if ContinuousClock.now - lastSweep > .seconds(3600) {
                        try await installation.forgetDeliveries()
                        lastSweep = .now
                    }
                } catch is CancellationError {
                    return
                } catch {
                    // The store may be full or busy: what waits stays in the outbox.
                    logger.warning("deliveries wait", metadata: ["error": "\(type(of: error))"])
                }
                if count == 0 { try? await Task.sleep(for: .seconds(1)) }
            }
        }
    }
}
