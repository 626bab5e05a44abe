import HTTPTypes
import Hummingbird
import NIOCore

/// Health, metrics and the descriptions of the server itself.
enum OperationRoutes {
    static func routes(describing others: [RouteDescription]) -> [Route] {
        func describe(_ path: String, _ operation: String, _ summary: String, _ produces: String) -> RouteDescription {
            RouteDescription(
                method: .get, path: path, operation: operation, summary: summary, tag: "Operation",
                place: .installation, access: .everybody, produces: [produces])
        }
        let html = "text/html"
        let descriptions = [
            describe("/", "frontPage", "Front page.", html),
            describe("/docs", "documentation", "This interface for people.", html),
            describe("/openapi.json", "openAPI", "This interface as OpenAPI 3.0.", "application/vnd.oai.openapi+json"),
            describe("/style.css", "styleSheet", "Style sheet of the pages.", "text/css"),
            describe("/health/live", "healthLive", "Whether the process lives.", "application/json"),
            describe(
                "/health/ready", "healthReady",
                "Whether requests are taken: the store is writable and the server is "
                    + "not stopping; 503 otherwise.", "application/json"),
            describe("/metrics", "metrics", "Counts and times in the text format of Prometheus.", "text/plain"),
        ]
        let all = others + descriptions
        let openAPI = Array(OpenAPIDocument(descriptions: all).json.utf8)
        let style = Array(Page.style.utf8)
        let handlers: [@Sendable (Call) async throws -> Response] = [
            { LandingPage.response($0.request, language: $0.context.language) },
            { DocumentationPage.response($0.request, language: $0.context.language, descriptions: all) },
            { Answer.bytes(openAPI, type: "application/vnd.oai.openapi+json;version=3.0", request: $0.request) },
            { Answer.bytes(style, type: "text/css; charset=utf-8", request: $0.request) },
            { _ in try Answer.json(["status": "live"], headers: [.cacheControl: "no-store"]) },
            { call in
                if call.services.state.isStopping { throw Problem.overloaded("The server is stopping.") }
                guard await call.services.isStoreWritable() else {
                    throw Problem.overloaded("The store does not take writes.")
                }
                return try Answer.json(["status": "ready"], headers: [.cacheControl: "no-store"])
            },
            { call in
                let text = call.services.metrics.text(computeQueue: call.services.compute.length)
                return Answer.bytes(
                    Array(text.utf8), type: "text/plain; version=0.0.4; charset=utf-8", request: call.request,
                    headers: [.cacheControl: "no-store"])
            },
        ]
        return zip(descriptions, handlers).map { Route(description: $0, handler: $1) }
    }
}
