import GeoCore
import HTTPTypes
import Hummingbird
import Platform

/// What contributions can be asked for in a condition.
enum QueryableRoutes {
    static let routes: [Route] = [
        Route(
            description: RouteDescription(
                method: .get, path: "/api/v1/proceedings/{proceeding}/queryables", operation: "getQueryables",
                summary: "The properties that the parameter filter knows, as a JSON schema.", tag: "Contributions",
                access: .everybody, produces: ["application/schema+json"])
        ) { call in
            let scope = try await call.scope()
            _ = try await call.proceeding(scope)
            var bytes: [UInt8] = []
            Queryables.schema(address: call.request.uri.path).append(to: &bytes)
            return Answer.bytes(
                bytes, type: "application/schema+json", request: call.request, headers: [.cacheControl: "no-cache"])
        }
    ]
}
