import HTTPTypes
import Hummingbird
import Logging
import NIOCore

/// The outermost layer: every error becomes a problem document, every answer carries the protective header fields.
struct ProblemMiddleware: RouterMiddleware {
    /// Answers which methods a path knows, for 404 against 405.
    let methods: RouteMethods

    func handle(
        _ request: Request, context: WebContext, next: (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        context.language = Language(of: request)
        var response: Response
        do {
            try HeadLimits.check(request)
            response = try await next(request, context)
        } catch {
            let problem = problem(for: error, request: request, context: context)
            response = problem.response(language: context.language, requestID: context.requestID)
            if request.method == .head { response = response.createHeadResponse() }
            hangUpIfBodyIsLeft(request, context: context, response: &response)
        }
        SecurityHeaders.apply(to: &response, request: request)
        return response
    }

    private func problem(for error: any Error, request: Request, context: WebContext) -> Problem {
        if let known = Problem(mapping: error) {
            guard known.kind == .notFound, context.endpointPath == "NotFound" else { return known }
            let allowed = methods.methods(at: request.uri.path)
            if allowed.isEmpty { return Problem(.notFound, "There is nothing at this address.") }
            return Problem(
                .methodNotAllowed, "This address answers \(allowed.joined(separator: ", ")).",
                headers: [.allow: allowed.joined(separator: ", ")])
        }
        // The type alone is logged: messages may carry what a citizen wrote.
        context.logger.error(
            "unexpected error", metadata: ["error": "\(type(of: error))", "request": "\(context.requestID)"])
        return Problem(.internalError, "This is a fault of the server; it has been recorded under the instance given.")
    }

    /// A refused body that is still under way is not read to its end: the connection closes shortly after the answer.
    private func hangUpIfBodyIsLeft(_ request: Request, context: WebContext, response: inout Response) {
        let length = request.headers[.contentLength].flatMap { Int($0) }
        guard (length ?? 0) > 262_144 || request.headers[.transferEncoding] != nil else { return }
        response.headers[.connection] = "close"
        let channel = context.channel
        channel.eventLoop.scheduleTask(in: .seconds(2)) { channel.close(mode: .all, promise: nil) }
    }
}
