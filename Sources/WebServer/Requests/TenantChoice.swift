import Foundation
import Hummingbird
import Participation
import Platform

/// Which tenant a request means: the one its path names, else the owner of its host, else the default.
enum TenantChoice {
    /// - Throws: ``Problem`` 404 where there is none, or none that answers.
    static func tenant(of request: Request, services: Services) async throws -> Tenant {
        let parts = request.uri.path.split(separator: "/", maxSplits: 2)
        if parts.count > 1, parts[0] == "t" {
            guard let id = parts[1].removingPercentEncoding, let tenant = try await services.installation.tenant(id),
                tenant.status == .active
            else {
                throw Problem.missing("tenant")
            }
            return tenant
        }
        let tenant = try await services.installation.tenant(
            host: host(of: request), otherwise: services.settings.defaultTenant)
        guard let tenant, tenant.status == .active else {
            throw Problem(.notFound, "There is no default tenant; address one as /t/{tenant}\(request.uri.path).")
        }
        return tenant
    }

    /// The host that was asked, in lower case without its port; `nil` for an address in brackets.
    private static func host(of request: Request) -> String? {
        guard let field = request.head.authority, !field.hasPrefix("["), field.utf8.count <= 300 else { return nil }
        return field.split(separator: ":", omittingEmptySubsequences: false).first?.lowercased()
    }
}
