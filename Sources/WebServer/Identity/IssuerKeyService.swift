import Logging
import OutboundHTTP
import Platform
import ServiceLifecycle

/// Asks issuers for their keys when the server starts: the first who sign in need not wait, and what is set up wrongly
/// stands in the log at once, issuers too whose tokens are refused since they would open several tenants.
struct IssuerKeyService: Service, CustomStringConvertible {
    let installation: Installation
    let policy: OutboundPolicy
    let logger: Logger
    var description: String { "IssuerKeyService" }

    func run() async throws {
        await cancelWhenGracefulShutdown { await tellFaults() }
        try await gracefulShutdown()
    }

    func tellFaults() async {
        for (issuer, tenants) in (try? await installation.ambiguousIssuers()) ?? [] {
            logger.warning(
                "tokens are refused: several tenants take them, and no claim says for which of them they are",
                metadata: [
                    "issuer": "\(issuer)", "tenants": "\(tenants.joined(separator: " "))",
                    "remedy": """
                    mitplan issuer set \(issuer) --tenant-claim CLAIM, or mitplan issuer unmap \(issuer) --tenant TENANT \
                    for all but one
                    """,
                ])
        }
        for (issuer, fault) in (try? await installation.fetchIssuerKeys(outbound: policy)) ?? [] {
            logger.warning(
                "tokens cannot be checked for want of keys", metadata: ["issuer": "\(issuer)", "fault": "\(fault)"])
        }
    }
}
