import Foundation
import GeoCore
import HTTPTypes
import Hummingbird
import Participation
import Platform
import Storage

/// Images on contributions and conceptions: new ones, the files, what is said of them, and removal.
struct AttachmentRoutes {
    static let routes: [Route] = ItemAddress.roots.flatMap { AttachmentRoutes(root: $0).routes }

    /// What the images hang on.
    private let root: ItemAddress

    private var path: String { root.path + "/attachments" }
    private var isOnContribution: Bool { root.operation == "Contribution" }
    /// What operations are named after.
    private var name: String { isOnContribution ? "Attachment" : "\(root.operation)Attachment" }
    /// Who may change something; of contributions it depends on who wrote them.
    private var access: RouteDescription.Access { isOnContribution ? .everybody : .permission(.manageProceeding) }
    /// Who these are, for people.
    private var keepers: String {
        isOnContribution ? "its author in the edit window, or a moderator" : "those who manage the proceeding"
    }

    private var routes: [Route] {
        [
            Route(
                description: RouteDescription(
                    method: .get, path: path, operation: "list\(name)s",
                    summary: "The images on a \(root.words), the oldest first.", tag: "Attachments",
                    access: .everybody, parameters: ChangeList.parameters), handler: list),
            Route(
                description: RouteDescription(
                    method: .post, path: path, operation: "create\(name)",
                    summary: "Hangs an image on a \(root.words): \(keepers); only its pixels are kept.",
                    tag: "Attachments", access: access,
                    parameters: [
                        ParameterDescription(
                            name: "alt",
                            summary: "What is to be seen on it, for those who do not see it; 3 to 500 characters.",
                            isRequired: true),
                        ParameterDescription(name: "credit", summary: "Who made it, as they want to be named."),
                    ],
                    body: BodyDescription(
                        mediaTypes: ["image/jpeg", "image/png", "image/webp", "image/gif", "application/octet-stream"],
                        summary: "The file itself, a still picture of at most 40 million pixels; its content tells its "
                            + "kind."),
                    successStatus: 201, successSummary: "It is stored.", problems: [401, 403, 409, 413, 422]),
                handler: create),
            file(.picture, path + "/{attachment}", "get\(name)", "The picture, at most 2,560 pixels on a side."),
            file(
                .thumbnail, path + "/{attachment}/thumbnail", "get\(name)Thumbnail",
                "A small copy of the picture, at most 480 pixels on a side."),
            Route(
                description: RouteDescription(
                    method: .patch, path: path + "/{attachment}", operation: "change\(name)",
                    summary: "Changes what is said of an image: \(keepers).", tag: "Attachments", access: access,
                    body: BodyDescription(
                        mediaTypes: ["application/merge-patch+json", "application/json"],
                        summary: "The members to change; send If-Match with the ETag of the list of images or of the "
                            + "\(root.words).",
                        example: #"{"alt": "Der Radweg endet an einer Mauer", "credit": null}"#),
                    problems: [401, 403, 412, 422, 428]), handler: change),
            Route(
                description: RouteDescription(
                    method: .delete, path: path + "/{attachment}", operation: "delete\(name)",
                    summary: "Removes an image for good: \(keepers)"
                        + (isOnContribution ? "; with the receipt at any time." : "."),
                    tag: "Attachments", access: access,
                    parameters: [
                        ParameterDescription(
                            name: "reason",
                            summary: isOnContribution ? "Why; moderators must say it." : "Why, for the audit log.",
                            shape: .choice(ModerationReason.allCases.map(\.rawValue)))
                    ], successStatus: 204, successSummary: "It is gone.", produces: [], problems: [401, 403, 422]),
                handler: remove),
        ]
    }

    private func list(_ call: Call) async throws -> Response {
        let (scope, proceeding, holder) = try await place(call)
        if let since = try await ChangeList.instant(call) {
            return try await ChangeList.attachments(call, on: holder, since: since)
        }
        try ChangeList.refusePages(call)
        let found = try await call.installation.attachments(
            on: holder, of: proceeding, receipt: call.receipt, scope: scope)
        var bytes: [UInt8] = []
        JSONValue.object([
            .init("attachments", .array(found.attachments.map { $0.value(in: proceeding) }))
        ]).append(to: &bytes)
        var response = Answer.bytes(
            bytes, type: "application/json; charset=utf-8",
            tag: VersionedTag.make(version: found.version, bytes), request: call.request)
        if found.isOwn { response.headers[.cacheControl] = "no-store" }
        return response
    }

    private func create(_ call: Call) async throws -> Response {
        let draft = NewAttachment(
            alt: try call.query.text("alt", maximumLength: 8000) ?? "",
            credit: try call.query.text("credit", maximumLength: 4000))
        let (scope, proceeding, holder) = try await place(call)
        let admission = try await Problem.namingParameters {
            try await call.installation.requireAttachable(
                draft, to: holder, of: proceeding, receipt: call.receipt,
                idempotency: try call.idempotencyKey(body: []), scope: scope)
        }
        let (attachment, isReplay) = try await call.takingTurns(scope: scope) {
            try await Upload.receive(call, maximum: admission.maximumBytes, isNamed: false) { path, _ in
                try await call.services.images.run(.upload, of: call.context.tenant) {
                    let file = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
                    let texts = Array("\(draft.alt)\u{0}\(draft.credit ?? "")\u{0}".utf8)
                    return try await call.installation.addAttachment(
                        draft, file: file, declared: StrictBody.mediaType(call.request), to: holder, of: proceeding,
                        received: admission.received, receipt: call.receipt,
                        idempotency: try call.idempotencyKey(body: texts + file), scope: scope)
                }
            }
        }
        var headers: HTTPFields = [
            .location: "\(call.request.uri.path)/\(attachment.id)", .cacheControl: "no-store",
        ]
        headers.noteReplay(isReplay)
        return Answer.value(attachment.value(in: proceeding), status: .created, headers: headers)
    }

    private func change(_ call: Call) async throws -> Response {
        let (scope, proceeding, holder) = try await place(call)
        let attachment = try call.number("attachment", of: "image")
        let precondition = try call.precondition(required: true)
        var (body, _) = try await JSONBody.read(call)
        body.allow(only: ["alt", "credit"])
        var change = AttachmentChange()
        if body.has("alt") { change.alt = body.text("alt", required: true) }
        if body.has("credit") { change.credit = .set(body.text("credit")) }
        try JSONBody.finish(body)
        let changed = try await call.installation.changeAttachment(
            attachment, change, of: holder, in: proceeding, precondition: precondition, receipt: call.receipt,
            scope: scope)
        return Answer.value(
            changed.attachment.value(in: proceeding),
            headers: [.eTag: ItemTag.make(changed.version), .cacheControl: "no-store"])
    }

    private func remove(_ call: Call) async throws -> Response {
        let reason = try call.query.choice("reason", as: ModerationReason.self)
        let (scope, proceeding, holder) = try await place(call)
        let attachment = try call.number("attachment", of: "image")
        try await Problem.namingParameters {
            try await call.installation.removeAttachment(
                attachment, of: holder, in: proceeding, reason: reason, receipt: call.receipt, scope: scope)
        }
        return Response(status: .noContent, headers: [.cacheControl: "no-store"])
    }

    /// A picture: no cache keeps it without asking again, so that it is gone for all at once when it is hidden.
    private func file(
        _ size: AttachmentFile.Size, _ path: String, _ operation: String, _ summary: String
    ) -> Route {
        Route(
            description: RouteDescription(
                method: .get, path: path, operation: operation, summary: summary, tag: "Attachments",
                access: .everybody, produces: ["image/jpeg", "image/webp"])
        ) { call in
            let (scope, proceeding, holder) = try await place(call)
            let id = try call.number("attachment", of: "image")
            let (file, isOwn) = try await call.installation.attachmentFile(
                id, size, of: holder, in: proceeding, receipt: call.receipt, scope: scope)
            let ending = file.mediaType.split(separator: "/").last ?? "jpeg"
            var response = Answer.bytes(
                file.bytes, type: file.mediaType, tag: "\"\(file.digest.prefix(32))\"", request: call.request,
                headers: [
                    .contentDisposition: "inline; filename=\"\(holder.kind)-\(holder.id)-image-\(id).\(ending)\""
                ])
            if isOwn { response.headers[.cacheControl] = "no-store" }
            return response
        }
    }

    /// Who asks, and of what.
    private func place(_ call: Call) async throws -> (Scope, Proceeding, CommentRoot) {
        let scope = try await call.scope()
        return (scope, try await call.proceeding(scope), try root.item(call).root)
    }
}

extension Problem {
    /// Runs a use case whose texts came as query parameters, and names these where rules are broken.
    static func namingParameters<Value>(_ body: () async throws -> Value) async throws -> Value {
        do {
            return try await body()
        } catch let error as PlatformError where error.code == .invalidInput {
            var problem = Problem(error)
            problem.errors = problem.errors.map { fault in
                Fault(
                    parameter: fault.pointer.map { String($0.drop { $0 == "/" }) }, code: fault.code,
                    detail: fault.detail)
            }
            throw problem
        }
    }
}
