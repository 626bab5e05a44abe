import GeoCore
import HTTPTypes
import Hummingbird
import Participation
import Platform

/// Reports of contributions, conceptions and comments that should not stand.
enum ReportRoutes {
    static let routes: [Route] = ItemAddress.all.map(route)

    private static func route(of address: ItemAddress) -> Route {
        Route(
            description: RouteDescription(
                method: .post, path: address.path + "/reports", operation: "report\(address.operation)",
                summary: "Reports a \(address.words) to the moderators.", tag: "Reports", access: .everybody,
                body: BodyDescription(
                    mediaTypes: ["application/json"],
                    summary: "reason is one of " + ReportReason.allCases.map(\.rawValue).joined(separator: ", ") + ".",
                    example: #"{"reason": "personalData", "text": "Hier steht eine Telefonnummer."}"#),
                successStatus: 201, successSummary: "It is stored.", problems: [409, 422])
        ) { call in
            let scope = try await call.scope()
            let proceeding = try await call.proceeding(scope)
            var (body, bytes) = try await JSONBody.read(call)
            let key = try call.idempotencyKey(body: bytes)
            body.allow(only: ["reason", "text"])
            let reason = body.text("reason", required: true).flatMap(ReportReason.init)
            if reason == nil, body.has("reason") {
                body.fault(
                    "reason", "value",
                    "This member must be one of " + ReportReason.allCases.map(\.rawValue).joined(separator: ", ") + ".")
            }
            let text = body.text("text")
            try JSONBody.finish(body)
            let (id, isReplay) = try await call.installation.report(
                NewReport(reason: reason ?? .other, text: text), on: address.item(call), of: proceeding, scope: scope,
                idempotency: key)
            var headers: HTTPFields = [.cacheControl: "no-store"]
            headers.noteReplay(isReplay)
            return Answer.value(.object([.init("id", .string(String(id)))]), status: .created, headers: headers)
        }
    }
}
