import HTTPTypes
import Hummingbird
import Participation
import Platform
import Storage

/// A proceeding told in one document that can be printed.
enum PrintedReportRoutes {
    static let routes: [Route] = [
        Route(
            description: RouteDescription(
                method: .get, path: "/api/v1/proceedings/{proceeding}/report", operation: "getReport",
                summary: "Summary, maps, hot spots with what is said there, tables, method and limits as one HTML "
                    + "document, in the language of Accept-Language.",
                tag: "Analysis", access: .everybody, parameters: Call.filterParameters, produces: ["text/html"],
                problems: [422])
        ) { call in
            let filter = try await call.filter()
            let language = call.context.language
            let scope = try await call.scope()
            let proceeding = try await call.proceeding(scope)
            let tag = VersionTag.make(
                proceeding, in: call.installation, scope: scope, request: call.request, language: language)
            var headers: HTTPFields = [.vary: "Accept-Language", .contentLanguage: language.rawValue]
            if Answer.isCurrent(tag, request: call.request) {
                return Answer.bytes([], type: "", tag: tag, request: call.request, headers: headers)
            }
            let start = ContinuousClock.now
            let bytes = try await call.services.analyse(for: call.context) {
                try await Problem.ofQuestion {
                    try await call.installation.report(
                        of: proceeding, filter: filter, language: language.rawValue, scope: scope)
                }
            }
            headers.append(contentsOf: ServerTiming.headers(since: start))
            // It carries its own style and fetches nothing.
            if let name = SecurityHeaders.contentSecurityPolicy {
                headers[name] = "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'"
            }
            return Answer.bytes(
                bytes, type: "text/html; charset=utf-8", tag: tag, request: call.request, headers: headers)
        }
    ]
}
