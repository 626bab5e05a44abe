import Foundation
import HTTPTypes
import Hummingbird
import Storage

/// One request on its way through a handler.
struct Call: Sendable {
    let request: Request
    var context: WebContext
    let services: Services
    /// The query, checked against the parameters of the route.
    var query: QueryParameters
    /// The scope, where the rule of the route had to find it.
    var known: Scope?
    /// Reads and writes cursors, where the route takes one.
    var seal: CursorSeal?

    /// A part of the path, percent-decoded once (RFC 3986, 2.4); as it came where that gives no UTF-8.
    ///
    /// The path was split before: an encoded slash stays inside its part. Whoever reads it checks its syntax.
    func part(_ parameter: String) -> String? {
        context.parameters.get(parameter).map { $0.removingPercentEncoding ?? $0 }
    }

    /// A name from the path; names that break the one syntax of ids are simply not there.
    ///
    /// - Throws: ``Problem`` 404.
    func name(_ parameter: String, of what: String) throws -> String {
        guard let value = part(parameter), (1...64).contains(value.utf8.count),
            value.utf8.allSatisfy({ (97...122).contains($0) || (48...57).contains($0) || $0 == 45 })
        else { throw Problem.missing(what) }
        return value
    }
}

/// A route: its description and the function that answers it.
struct Route: Sendable {
    let description: RouteDescription
    let handler: @Sendable (Call) async throws -> Response
}

/// All routes of the server, the source of the router, of `405`, of the OpenAPI document and of the documentation.
struct RouteTable: Sendable {
    let routes: [Route]

    /// Every method and path as the router knows it.
    var paths: [(path: String, method: String)] {
        routes.flatMap { route in
            let description = route.description
            let method = description.method.rawValue
            switch description.place {
            case .installation: return [(description.path, method)]
            case .tenant: return [(description.path, method), ("/t/{tenant}" + description.path, method)]
            }
        }
    }

    /// Registers every route.
    func register(in router: Router<WebContext>, services: Services) {
        for route in routes {
            let description = route.description
            let paths =
                description.place == .tenant
                ? [description.path, "/t/{tenant}" + description.path] : [description.path]
            for path in paths {
                router.on(RouterPath(path), method: description.method) { request, context in
                    try await route.respond(to: request, context: context, services: services)
                }
            }
        }
    }
}
