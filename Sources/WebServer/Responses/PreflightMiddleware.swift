import HTTPTypes
import Hummingbird

/// Answers preflight requests: any site may read public data, and none may write with another site's credentials.
struct PreflightMiddleware: RouterMiddleware {
    let methods: RouteMethods

    func handle(
        _ request: Request, context: WebContext, next: (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        guard request.method == .options, request.headers[.origin] != nil,
            request.headers[.accessControlRequestMethod] != nil
        else { return try await next(request, context) }
        guard methods.methods(at: request.uri.path).contains("GET") else { return try await next(request, context) }
        return Response(
            status: .noContent,
            headers: [
                .accessControlAllowOrigin: "*", .accessControlAllowMethods: "GET, HEAD",
                .accessControlAllowHeaders: "Accept, Accept-Language, If-None-Match",
                .accessControlMaxAge: "600", .vary: "Origin",
            ])
    }
}
