import GeoCore
import HTTPTypes
import Hummingbird
import NIOCore
import Participation
import Platform
import Storage

/// What authors do with a contribution that stands: read, change, withdraw, prove that it is theirs.
enum AuthorRoutes {
    private static let path = "/api/v1/proceedings/{proceeding}/contributions/{contribution}"

    static let routes: [Route] =
        [
            Route(
                description: RouteDescription(
                    method: .get, path: path, operation: "getContribution",
                    summary: "One contribution; one's own also while it is not published.", tag: "Contributions",
                    access: .everybody,
                    produces: ["application/geo+json"])
            ) { call in
                let (scope, proceeding, id) = try await place(call)
                let found = try await call.installation.readContribution(
                    id, of: proceeding, receipt: call.receipt, scope: scope)
                let hints = found.isOwn ? try await hints(found.contribution, proceeding, call, scope) : []
                let (bytes, tag) = render(found.contribution, isOwn: found.isOwn, hints: hints, in: proceeding)
                var response = Answer.bytes(
                    bytes, type: "application/geo+json; charset=utf-8", tag: tag, request: call.request)
                if found.isOwn { response.headers[.cacheControl] = "no-store" }
                return response
            },
            Route(
                description: RouteDescription(
                    method: .patch, path: path, operation: "editContribution",
                    summary:
                        "Changes one's contribution within the edit window; moderators change its words for a reason alone.",
                    tag: "Contributions", access: .everybody, parameters: [reasonParameter],
                    body: BodyDescription(
                        mediaTypes: ["application/merge-patch+json", "application/json", "application/geo+json"],
                        summary: "The members to change, at their place in the feature; send If-Match.",
                        example: #"{"properties": {"text": "Hier fehlt ein Radweg, auf beiden Seiten."}}"#),
                    produces: ["application/geo+json"], problems: [401, 403, 412, 422, 428])
            ) { call in
                let (scope, proceeding, id) = try await place(call)
                let precondition = try call.precondition(required: true)
                var body = try await FeatureBody.read(
                    call, properties: ContributionRoutes.properties.subtracting(["language"]), isPatch: true)
                var change = ContributionChange()
                if body.hasGeometry { change.geometry = .set(body.geometry) }
                if body.properties.has("title") { change.title = body.properties.text("title", required: true) }
                if body.properties.has("text") { change.text = body.properties.text("text", required: true) }
                if body.properties.has("category") { change.category = .set(body.properties.text("category")) }
                if body.properties.has("type") { change.type = .set(body.properties.text("type")) }
                if body.properties.has("tags") { change.tags = body.properties.texts("tags") }
                if body.properties.has("keywordPicked") {
                    change.pickedKeywords = body.properties.texts("keywordPicked")
                }
                try body.finish()
                let stored = try await call.installation.editContribution(
                    id, change, of: proceeding, precondition: precondition, receipt: call.receipt,
                    reason: try reason(call), scope: scope)
                let isOwn = stored.author != nil && stored.author == scope.viewer.participant
                let hints = isOwn ? try await hints(stored, proceeding, call, scope) : []
                let (bytes, tag) = render(stored, isOwn: isOwn, hints: hints, in: proceeding)
                return Answer.bytes(
                    bytes, type: "application/geo+json; charset=utf-8", request: call.request,
                    headers: [.eTag: tag, .cacheControl: "no-store"])
            },
            Route(
                description: RouteDescription(
                    method: .delete, path: path, operation: "withdrawContribution",
                    summary:
                        "Withdraws one's contribution: within the edit window, or later with the receipt; hides it, for a "
                        + "moderator with a reason.",
                    tag: "Contributions", access: .everybody, parameters: [reasonParameter], successStatus: 204,
                    successSummary: "It is withdrawn.",
                    produces: [],
                    problems: [401, 403, 412])
            ) { call in
                let (scope, proceeding, id) = try await place(call)
                if try await takesDown(.contribution(id), of: proceeding, call, scope) {
                    return Response(status: .noContent, headers: [.cacheControl: "no-store"])
                }
                try await call.installation.withdrawContribution(
                    id, of: proceeding, precondition: call.precondition(required: false), receipt: call.receipt,
                    scope: scope)
                return Response(status: .noContent, headers: [.cacheControl: "no-store"])
            },
        ] + ItemAddress.written.map(receiptRoute)

    private static func receiptRoute(of address: ItemAddress) -> Route {
        Route(
            description: RouteDescription(
                method: .post, path: address.path + "/receipt", operation: "check\(address.operation)Receipt",
                summary: "Whether a receipt is that of the \(address.words): proof of who wrote it.",
                tag: address.operation == "Contribution" ? "Contributions" : "Comments", access: .everybody,
                body: BodyDescription(
                    mediaTypes: ["application/json"], summary: "The receipt, as the field Mitplan-Receipt gave it.",
                    example: #"{"receipt": "5f…"}"#), takesIdempotencyKey: false, problems: [422])
        ) { call in
            let scope = try await call.scope()
            let proceeding = try await call.proceeding(scope)
            var (body, _) = try await JSONBody.read(call)
            body.allow(only: ["receipt"])
            let receipt = body.text("receipt", required: true) ?? ""
            try JSONBody.finish(body)
            let isValid = try await call.installation.isReceipt(
                receipt, of: address.item(call), in: proceeding, scope: scope)
            return Answer.value(.object([.init("valid", .bool(isValid))]), headers: [.cacheControl: "no-store"])
        }
    }

    /// Why a moderator changes or takes down what is not their own.
    static let reasonParameter = ParameterDescription(
        name: "reason", summary: "Why, for moderators.", shape: .choice(ModerationReason.allCases.map(\.rawValue)))

    /// The value of ``reasonParameter``.
    static func reason(_ call: Call) throws -> ModerationReason? {
        try call.query.choice("reason", as: ModerationReason.self)
    }

    /// Hides an item where a moderator gives a reason; else nothing is done.
    static func takesDown(
        _ item: ItemReference, of proceeding: Proceeding, _ call: Call, _ scope: Scope
    ) async throws -> Bool {
        guard let reason = try reason(call), scope.viewer.may(.moderate, in: proceeding.key) else { return false }
        try await call.installation.takeDown(
            item, of: proceeding, precondition: call.precondition(required: false), reason: reason, scope: scope)
        return true
    }

    /// Why the place of a contribution is suspect, for its author.
    static func hints(
        _ contribution: Contribution, _ proceeding: Proceeding, _ call: Call, _ scope: Scope
    ) async throws -> [LocationHint] {
        try await call.installation.locationHints(of: contribution, in: proceeding, scope: scope)
    }

    /// The bytes and the tag of one contribution.
    static func render(
        _ contribution: Contribution, isOwn: Bool, hints: [LocationHint] = [], in proceeding: Proceeding
    ) -> (bytes: [UInt8], tag: String) {
        var bytes: [UInt8] = []
        ContributionFeature.append(
            contribution, in: proceeding, own: isOwn ? OwnMark(contribution, in: proceeding) : nil, hints: hints,
            to: &bytes)
        return (bytes, VersionedTag.make(version: contribution.version, bytes))
    }

    /// Who asks, and of which contribution.
    static func place(_ call: Call) async throws -> (Scope, Proceeding, Int64) {
        let scope = try await call.scope()
        return (scope, try await call.proceeding(scope), try call.number("contribution", of: "contribution"))
    }
}
