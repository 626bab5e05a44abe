import Logging
import OutboundHTTP
import Platform
import ServiceLifecycle

/// Asks issuers for their keys when the server starts: the first who sign in need not wait, and what is set up wrongly
/// stands in the log at once.
struct IssuerKeyService: Service, CustomStringConvertible {
    let installation: Installation
    let policy: OutboundPolicy
    let logger: Logger
    var description: String { "IssuerKeyService" }

    func run() async throws {
        await cancelWhenGracefulShutdown {
            let faults = (try? await installation.fetchIssuerKeys(outbound: policy)) ?? []
            for (issuer, fault) in faults {
                logger.warning(
                    "tokens cannot be checked for want of keys", metadata: ["issuer": "\(issuer)", "fault": "\(fault)"])
            }
        }
        try await gracefulShutdown()
    }
}
