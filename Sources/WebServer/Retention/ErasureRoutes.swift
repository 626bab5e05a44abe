import GeoCore
import HTTPTypes
import Hummingbird
import Participation
import Platform

/// Erasure by administrators and by authors.
enum ErasureRoutes {
    static let routes: [Route] =
        ItemAddress.written.map(own) + [
            Route(
                description: RouteDescription(
                    method: .post, path: "/api/v1/erasures", operation: "erase",
                    summary: "Removes the content of items, or all that a participant wrote and voted, for good.",
                    tag: "Privacy", access: .permission(.administerTenant),
                    body: BodyDescription(
                        mediaTypes: ["application/json"],
                        summary: "Either proceeding and items with a reason, or participant.",
                        example: #"{"proceeding": "radverkehr", "items": ["12", "15"], "reason": "request"}"#),
                    successSummary: "Rows, indexes, log and free pages no longer hold it.", problems: [401, 403, 422])
            ) { call in
                let scope = try await call.scope()
                var (body, bytes) = try await JSONBody.read(call)
                let idempotency = try call.idempotencyKey(of: "", body: bytes)
                body.allow(only: ["proceeding", "items", "participant", "reason"])
                if let participant = body.text("participant") {
                    body.allow(only: ["participant", "reason"])
                    try JSONBody.finish(body)
                    let (erased, isReplay) = try await call.installation.eraseParticipant(
                        participant, scope: scope, idempotency: idempotency)
                    return answer(erased, isReplay: isReplay)
                }
                let id = body.text("proceeding", required: true) ?? ""
                let reason = body.text("reason", required: true).flatMap(ModerationReason.init)
                if reason == nil {
                    body.fault(
                        "reason", "value",
                        "reason is one of " + ModerationReason.allCases.map(\.rawValue).joined(separator: ", ") + ".")
                }
                var targets: [ModerationTarget] = []
                for (index, text) in body.texts("items").enumerated() {
                    if text.utf8.count <= 19, let number = Int64(text), number > 0 {
                        targets.append(ModerationTarget(number))
                    } else {
                        body.fault("items", at: index, "value", "This is no id.")
                    }
                }
                try JSONBody.finish(body)
                let proceeding = try await call.installation.proceeding(id, scope: scope)
                let (erased, isReplay) = try await call.installation.moderate(
                    targets, ModerationDecision(.erase, reason: reason), of: proceeding, scope: scope,
                    idempotency: idempotency)
                return answer(ErasedCounts(items: erased.count), isReplay: isReplay)
            }
        ]

    private static func own(_ address: ItemAddress) -> Route {
        Route(
            description: RouteDescription(
                method: .post, path: address.path + "/erasure", operation: "eraseOwn\(address.operation)",
                summary: "Removes one's \(address.words) for good, at any time: with one's token or the receipt.",
                tag: "Privacy", access: .everybody, successStatus: 204,
                successSummary: "Rows, indexes, log and free pages no longer hold it.", produces: [],
                problems: [401, 403])
        ) { call in
            let scope = try await call.scope()
            let proceeding = try await call.proceeding(scope)
            let isReplay = try await call.installation.eraseOwn(
                address.item(call), of: proceeding, receipt: call.receipt, scope: scope,
                idempotency: try call.idempotencyKey(of: call.receipt ?? ""))
            return Response(status: .noContent, headers: HTTPFields.made(isReplay: isReplay))
        }
    }

    static func answer(_ erased: ErasedCounts, isReplay: Bool) -> Response {
        Answer.value(
            .object([.init("items", .integer(Int64(erased.items))), .init("votes", .integer(Int64(erased.votes)))]),
            headers: HTTPFields.made(isReplay: isReplay))
    }
}
