import GeoCore
import HTTPTypes
import Hummingbird
import Participation
import Platform
import Storage

/// Comments on contributions, as a tree.
enum CommentRoutes {
    private static let path = "/api/v1/proceedings/{proceeding}/contributions/{contribution}/comments"

    static let routes: [Route] = [
        Route(
            description: RouteDescription(
                method: .get, path: path, operation: "listComments",
                summary: "The comments on a contribution as trees, paged by threads.", tag: "Comments",
                parameters: Call.pageParameters)
        ) { call in
            let limit = try call.query.limit()
            let cursor = try call.cursor()
            let scope = try await call.scope()
            let proceeding = try await call.proceeding(scope)
            let contribution = try call.number("contribution", of: "contribution")
            let tag = VersionTag.make(proceeding, scope: scope, request: call.request)
            let page = try await call.installation.comments(
                on: contribution, of: proceeding, limit: limit, after: cursor, scope: scope)
            let next = PageLinks.next(page.next, request: call.request)
            let value: JSONValue = .object([
                .init("comments", CommentValue.trees(page.items)),
                .init("numberReturned", .integer(Int64(page.items.count { $0.parent == nil }))),
                .init("links", PageLinks.value(next)),
            ])
            var bytes: [UInt8] = []
            value.append(to: &bytes)
            return Answer.bytes(
                bytes, type: "application/json; charset=utf-8", tag: tag, request: call.request,
                headers: PageLinks.headers(next))
        },
        Route(
            description: RouteDescription(
                method: .post, path: path, operation: "createComment",
                summary: "Takes a comment; with parent it answers another one.", tag: "Comments",
                body: BodyDescription(
                    mediaTypes: ["application/json"], summary: "The comment.",
                    example: #"{"text": "Das sehe ich genauso.", "subject": "Zustimmung", "parent": "12"}"#),
                successStatus: 201, successSummary: "It is stored.", problems: [403, 409, 422])
        ) { call in
            let scope = try await call.scope()
            let proceeding = try await call.proceeding(scope)
            let contribution = try call.number("contribution", of: "contribution")
            var (body, bytes) = try await JSONBody.read(call)
            let key = try call.idempotencyKey(body: bytes)
            body.allow(only: ["text", "subject", "parent"])
            var draft = NewComment(
                subject: body.text("subject"), text: body.text("text", required: true) ?? "")
            switch body.member("parent") {
            case nil: break
            case .string(let text)? where Int64(text) != nil: draft.parent = Int64(text)
            case .integer(let id)?: draft.parent = id
            default: body.fault("parent", "type", "This member must be the id of a comment.")
            }
            try JSONBody.finish(body)
            let (stored, replayed) = try await call.installation.submitComment(
                draft, on: contribution, of: proceeding, scope: scope, idempotency: key)
            var headers: HTTPFields = [
                .location: "\(call.request.uri.path)/\(stored.id)", .cacheControl: "no-store",
            ]
            if replayed, let name = HTTPField.Name("Idempotency-Replayed") { headers[name] = "true" }
            return Answer.value(CommentValue.make(stored, answers: [:]), status: .created, headers: headers)
        },
    ]
}

/// Comments as JSON.
private enum CommentValue {
    /// Deeper answers are left out: readers of JSON must not meet unbounded nesting.
    private static let deepest = 100

    /// The trees of a flat list that has every answer of its threads.
    static func trees(_ comments: [Comment]) -> JSONValue {
        var answers: [Int64: [Comment]] = [:]
        for comment in comments { if let parent = comment.parent { answers[parent, default: []].append(comment) } }
        return .array(comments.filter { $0.parent == nil }.map { make($0, answers: answers) })
    }

    static func make(_ comment: Comment, answers: [Int64: [Comment]], depth: Int = 0) -> JSONValue {
        let below = depth < deepest ? answers[comment.id] ?? [] : []
        let marks: [JSONValue.Member] = comment.isRedacted ? [.init("redacted", .bool(true))] : []
        return .object(
            [
                .init("id", .string(String(comment.id))),
                .init("parent", comment.parent.map { .string(String($0)) } ?? .null),
                .init("subject", comment.subject.map { .string($0) } ?? .null),
                .init("text", .string(comment.text)),
                .init("state", .string(comment.state.name)),
                .init("created", .string(Timestamp.rfc3339(Timestamp.minute(comment.created)))),
                .init("answers", .array(below.map { make($0, answers: answers, depth: depth + 1) })),
            ] + marks)
    }
}
