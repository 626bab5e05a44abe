import GeoCore
import HTTPTypes
import Hummingbird
import Participation
import Platform
import Storage

/// Comments on contributions and on conceptions, as trees.
enum CommentRoutes {
    static let routes: [Route] = zip(ItemAddress.roots, ItemAddress.comments).flatMap(routes)

    private static func routes(on root: ItemAddress, _ one: ItemAddress) -> [Route] {
        [list(on: root, one), create(on: root, one), read(one), edit(one), withdraw(one)]
    }

    private static func list(on root: ItemAddress, _ one: ItemAddress) -> Route {
        Route(
            description: RouteDescription(
                method: .get, path: root.path + "/comments", operation: "list\(one.operation)s",
                summary: "The comments on a \(root.words), a page of threads and at most 1000 comments.",
                tag: "Comments", access: .everybody,
                parameters: [
                    ParameterDescription(
                        name: "limit", summary: "Threads of a page, 100 by default.", shape: .integer(1...1000)),
                    ParameterDescription(
                        name: "cursor", summary: "Where the page begins; taken from the link of the page before."),
                    ParameterDescription(
                        name: "sort", summary: "Order of the threads, created by default; answers follow by number.",
                        shape: .choice(CommentOrder.allCases.map(\.rawValue))),
                    ParameterDescription(
                        name: "form",
                        summary: "tree nests answers \(CommentForest.deepest) deep, flat lists all with their parents.",
                        shape: .choice(["tree", "flat"])),
                    ChangeList.parameter,
                ])
        ) { call in
            if let since = try await ChangeList.instant(call) {
                return try await ChangeList.comments(call, on: root.item(call).root, since: since)
            }
            let limit = try call.query.limit()
            let cursor = try call.cursor()
            let order = try call.query.choice("sort", as: CommentOrder.self) ?? .oldest
            let form = try call.query.text("form") ?? "tree"
            guard form == "tree" || form == "flat" else {
                throw Problem.parameter("form", "form must be tree or flat.")
            }
            let scope = try await call.scope()
            let proceeding = try await call.proceeding(scope)
            let tag = VersionTag.make(proceeding, in: call.installation, scope: scope, request: call.request)
            let page = try await call.installation.comments(
                on: root.item(call).root, of: proceeding, order: order, limit: limit, after: cursor, scope: scope)
            let next = PageLinks.next(page.next, call)
            let value: JSONValue = .object([
                .init("comments", CommentForest.value(page.items, isFlat: form == "flat")),
                .init("numberReturned", .integer(Int64(page.items.count))),
                .init("links", PageLinks.value(next)),
            ])
            var bytes: [UInt8] = []
            value.append(to: &bytes)
            return Answer.bytes(
                bytes, type: "application/json; charset=utf-8", tag: tag, request: call.request,
                headers: PageLinks.headers(next))
        }
    }

    private static func create(on root: ItemAddress, _ one: ItemAddress) -> Route {
        Route(
            description: RouteDescription(
                method: .post, path: root.path + "/comments", operation: "create\(one.operation)",
                summary: "Takes a comment on a \(root.words); with parent it answers another one.", tag: "Comments",
                access: .everybody,
                body: BodyDescription(
                    mediaTypes: ["application/json"], summary: "The comment.",
                    example: #"{"text": "Das sehe ich genauso.", "subject": "Zustimmung", "parent": "12"}"#),
                successStatus: 201, successSummary: "It is stored.", problems: [401, 403, 409, 422])
        ) { call in
            let scope = try await call.scope()
            let proceeding = try await call.proceeding(scope)
            var (body, bytes) = try await JSONBody.read(call)
            let key = try call.idempotencyKey(body: bytes)
            body.allow(only: FormSigns.members.union(["text", "subject", "parent"]))
            var draft = NewComment(
                subject: body.text("subject"), text: body.text("text", required: true) ?? "")
            draft.form = FormSigns(reading: &body)
            switch body.member("parent") {
            case nil: break
            case .string(let text)? where Int64(text) != nil: draft.parent = Int64(text)
            case .integer(let id)?: draft.parent = id
            default: body.fault("parent", "type", "This member must be the id of a comment.")
            }
            try JSONBody.finish(body)
            let (stored, replayed, receipt) = try await call.installation.submitComment(
                draft, on: root.item(call).root, of: proceeding, scope: scope, idempotency: key)
            let (value, tag) = render(stored)
            return Answer.value(
                value, status: .created,
                headers: call.createdHeaders(
                    location: "\(call.request.uri.path)/\(stored.id)", tag: tag, receipt: receipt, isReplay: replayed))
        }
    }

    private static func read(_ address: ItemAddress) -> Route {
        Route(
            description: RouteDescription(
                method: .get, path: address.path, operation: "get\(address.operation)",
                summary: "One \(address.words) without its answers; one's own also while it is not published.",
                tag: "Comments", access: .everybody)
        ) { call in
            let (scope, proceeding, item) = try await place(call, address)
            let found = try await call.installation.comment(
                item.id, on: item.root, of: proceeding, receipt: call.receipt, scope: scope)
            let (value, tag) = render(found.comment, isOwn: found.isOwn)
            var bytes: [UInt8] = []
            value.append(to: &bytes)
            var response = Answer.bytes(
                bytes, type: "application/json; charset=utf-8", tag: tag, request: call.request)
            if found.isOwn { response.headers[.cacheControl] = "no-store" }
            return response
        }
    }

    private static func edit(_ address: ItemAddress) -> Route {
        Route(
            description: RouteDescription(
                method: .patch, path: address.path, operation: "edit\(address.operation)",
                summary: "Changes the words of one's \(address.words) within the edit window; moderators for a reason.",
                tag: "Comments", access: .everybody, parameters: [AuthorRoutes.reasonParameter],
                body: BodyDescription(
                    mediaTypes: ["application/merge-patch+json", "application/json"],
                    summary: "The members to change; send If-Match.",
                    example: #"{"text": "Das sehe ich genauso, auch für die Gegenrichtung."}"#),
                problems: [401, 403, 412, 422, 428])
        ) { call in
            let (scope, proceeding, item) = try await place(call, address)
            let precondition = try call.precondition(required: true)
            var (body, _) = try await JSONBody.read(call)
            body.allow(only: ["text", "subject"])
            var change = CommentChange()
            if body.has("text") { change.text = body.text("text", required: true) }
            if body.has("subject") { change.subject = .set(body.text("subject")) }
            try JSONBody.finish(body)
            let stored = try await call.installation.editComment(
                item.id, change, on: item.root, of: proceeding, precondition: precondition, receipt: call.receipt,
                reason: AuthorRoutes.reason(call), scope: scope)
            let (value, tag) = render(stored)
            return Answer.value(value, headers: [.eTag: tag, .cacheControl: "no-store"])
        }
    }

    private static func withdraw(_ address: ItemAddress) -> Route {
        Route(
            description: RouteDescription(
                method: .delete, path: address.path, operation: "withdraw\(address.operation)",
                summary:
                    "Withdraws one's \(address.words): within the edit window, or later with the receipt; hides it, "
                    + "for a moderator with a reason.",
                tag: "Comments", access: .everybody, parameters: [AuthorRoutes.reasonParameter], successStatus: 204,
                successSummary: "It is withdrawn.",
                produces: [],
                problems: [401, 403, 412])
        ) { call in
            let (scope, proceeding, item) = try await place(call, address)
            if try await AuthorRoutes.takesDown(item, of: proceeding, call, scope) {
                return Response(status: .noContent, headers: [.cacheControl: "no-store"])
            }
            try await call.installation.withdrawComment(
                item.id, on: item.root, of: proceeding, precondition: call.precondition(required: false),
                receipt: call.receipt, scope: scope)
            return Response(status: .noContent, headers: [.cacheControl: "no-store"])
        }
    }

    private static func render(_ comment: Comment, isOwn: Bool = false) -> (value: JSONValue, tag: String) {
        let value = CommentForest.value(comment, isOwn: isOwn)
        var bytes: [UInt8] = []
        value.append(to: &bytes)
        return (value, VersionedTag.make(version: comment.version, bytes))
    }

    private static func place(
        _ call: Call, _ address: ItemAddress
    ) async throws -> (Scope, Proceeding, ItemReference) {
        let scope = try await call.scope()
        return (scope, try await call.proceeding(scope), try address.item(call))
    }
}
