import Hummingbird
import Synchronization

/// Bounds the requests under way, measures them, and turns the rest away before their bodies are read.
struct AdmissionMiddleware: RouterMiddleware {
    let metrics: ServerMetrics
    /// Most requests under way at once.
    let maximum: Int

    func handle(
        _ request: Request, context: WebContext, next: (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        // Operators must see a busy server: health and metrics pass every bound.
        let isOperational = request.uri.path.hasPrefix("/health/") || request.uri.path == "/metrics"
        let start = ContinuousClock.now
        let ticket = isOperational ? nil : Ticket(metrics)
        func record(_ status: Int) {
            let elapsed = (ContinuousClock.now - start) / .seconds(1)
            let route = context.endpointPath ?? "unknown"
            let path = route.hasPrefix("/t/{tenant}") ? String(route.dropFirst("/t/{tenant}".count)) : route
            metrics.record(method: request.method.rawValue, route: path, status: status, seconds: elapsed)
        }
        do {
            if !isOperational, metrics.inFlight > maximum {
                metrics.shed(by: "requests")
                throw Problem.overloaded()
            }
            var response = try await next(request, context)
            record(response.status.code)
            if let ticket, response.body.contentLength == nil {
                // A stream is under way until its last byte is written, or until it is dropped.
                let body = response.body
                response.body = ResponseBody { writer in
                    defer { withExtendedLifetime(ticket) {} }
                    try await body.write(writer)
                }
            }
            return response
        } catch {
            record(Problem(mapping: error)?.status.code ?? 500)
            throw error
        }
    }

    /// One request under way, from its making to its release.
    private final class Ticket: Sendable {
        private let metrics: ServerMetrics

        init(_ metrics: ServerMetrics) {
            self.metrics = metrics
            metrics.begin()
        }

        deinit { metrics.end() }
    }
}
