import HTTPTypes
import Hummingbird
import Participation
import Platform
import Storage

/// All proceedings of a tenant at a glance.
enum CockpitRoutes {
    static let routes: [Route] = [
        Route(
            description: RouteDescription(
                method: .get, path: "/api/v1/cockpit", operation: "getCockpit",
                summary: "Totals over all proceedings, per year and month, a map of them, the most commented and the "
                    + "newest contributions.", tag: "Analysis", access: .everybody)
        ) { call in
            let scope = try await call.scope()
            let cockpit = try await call.installation.cockpit(scope: scope)
            let tag = VersionTag.make(
                version: cockpit.version, in: call.installation, scope: scope, request: call.request)
            return Answer.bytes(
                cockpit.json.encoded, type: "application/json; charset=utf-8", tag: tag, request: call.request)
        }
    ]
}
