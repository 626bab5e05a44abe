import HTTPTypes
import Hummingbird
import Participation
import Platform
import Storage

extension Route {
    /// Answers a request: tenant and viewer first, then the rule of the route and its limits, then the handler.
    func respond(to request: Request, context: WebContext, services: Services) async throws -> Response {
        let query = Result { try QueryParameters(request, allowed: description.parameters) }
        var call = Call(request: request, context: context, services: services, query: .none)
        guard description.place == .tenant else {
            call.query = try query.get()
            return try await handler(call)
        }
        let tenant = try await TenantChoice.tenant(of: request, services: services)
        let origin = CrossOrigin.listedOrigin(of: request, tenant: tenant)
        do {
            let scope = try await call.scope(of: tenant)
            call.known = scope
            call.context.tenant = tenant.key
            try call.check(description.access, viewer: scope.viewer)
            let standing = try call.takeOne(of: description.rateClass, scope: scope)
            call.query = try query.get()
            if description.parameters.contains(where: { $0.name == "cursor" }) {
                call.seal = CursorSeal(key: try await services.installation.cursorKey())
            }
            // A malformed key is told of before anything is read or done.
            if description.method == .post { _ = try call.idempotencyKey(body: []) }
            var response = try await handler(call)
            // Reads are told their limit when they meet it: answers that caches share should not differ by it.
            if let standing, standing.rateClass != .reads { response.headers.append(contentsOf: standing.headers) }
            if let origin { CrossOrigin.allow(origin, in: &response.headers) }
            return response
        } catch {
            guard let origin, var problem = Problem(mapping: error) else { throw error }
            CrossOrigin.allow(origin, in: &problem.headers)
            throw problem
        }
    }
}
