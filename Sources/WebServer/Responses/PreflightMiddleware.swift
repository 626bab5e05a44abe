import HTTPTypes
import Hummingbird

/// Answers preflight requests.
///
/// Any site may read public data; what changes something, or needs a credential, is for origins that the tenant lists.
/// A strange origin is never echoed.
struct PreflightMiddleware: RouterMiddleware {
    let methods: RouteMethods
    let services: Services

    func handle(
        _ request: Request, context: WebContext, next: (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        guard request.method == .options, let origin = request.headers[.origin],
            let wanted = request.headers[.accessControlRequestMethod]
        else { return try await next(request, context) }
        let known = methods.methods(at: request.uri.path)
        guard !known.isEmpty else { return try await next(request, context) }
        if let tenant = try? await TenantChoice.tenant(of: request, services: services),
            CrossOrigin.listedOrigin(of: request, tenant: tenant) != nil
        {
            return Response(
                status: .noContent,
                headers: [
                    .accessControlAllowOrigin: origin, .accessControlAllowMethods: known.joined(separator: ", "),
                    .accessControlAllowHeaders:
                        "Accept, Accept-Language, Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match",
                    .accessControlMaxAge: "600", .vary: "Origin",
                ])
        }
        guard known.contains("GET") else { return try await next(request, context) }
        guard wanted == "GET" || wanted == "HEAD" else {
            return Response(status: .noContent, headers: [.vary: "Origin"])
        }
        return Response(
            status: .noContent,
            headers: [
                .accessControlAllowOrigin: "*", .accessControlAllowMethods: "GET, HEAD",
                .accessControlAllowHeaders: "Accept, Accept-Language, If-None-Match",
                .accessControlMaxAge: "600", .vary: "Origin",
            ])
    }
}
