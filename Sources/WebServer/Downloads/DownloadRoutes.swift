import GeoCore
import HTTPTypes
import Hummingbird
import NIOCore
import Participation
import Platform
import Storage

/// Documents of a proceeding: the list, new ones, the files, changes and removal.
enum DownloadRoutes {
    private static let path = "/api/v1/proceedings/{proceeding}/downloads"

    static let routes: [Route] = [
        Route(
            description: RouteDescription(
                method: .get, path: path, operation: "listDownloads",
                summary: "The documents of a proceeding, in their order.", tag: "Downloads", access: .everybody,
                parameters: [
                    ParameterDescription(
                        name: "documentation",
                        summary: "Only what documents the course and the results, or only the rest.",
                        shape: .flag)
                ] + ChangeList.parameters)
        ) { call in
            if let since = try await ChangeList.instant(call) {
                return try await ChangeList.downloads(call, since: since)
            }
            try ChangeList.refusePages(call)
            let isDocumentation = try call.query.flag("documentation")
            let scope = try await call.scope()
            let proceeding = try await call.proceeding(scope)
            let downloads = try await call.installation.downloads(of: proceeding, scope: scope)
                .filter { isDocumentation == nil || $0.isDocumentation == isDocumentation }
            var bytes: [UInt8] = []
            JSONValue.object([
                .init("downloads", .array(downloads.map { $0.value(in: proceeding) })),
                .init("numberReturned", .integer(Int64(downloads.count))),
            ]).append(to: &bytes)
            return Answer.bytes(
                bytes, type: "application/json; charset=utf-8",
                tag: VersionTag.make(proceeding, in: call.installation, scope: scope, request: call.request),
                request: call.request)
        },
        Route(
            description: RouteDescription(
                method: .post, path: path, operation: "createDownload",
                summary: "Offers a file; its kind is told by its content, and images lose Exif and texts.",
                tag: "Downloads", access: .permission(.manageProceeding),
                parameters: [
                    ParameterDescription(name: "title", summary: "Title for people.", isRequired: true),
                    ParameterDescription(name: "filename", summary: "Name of the file."),
                    ParameterDescription(name: "description", summary: "What is in it."),
                    ParameterDescription(name: "language", summary: "Language of its text, such as de."),
                    ParameterDescription(
                        name: "documentation", summary: "Whether it documents the course and the results.", shape: .flag
                    ),
                    ParameterDescription(
                        name: "weight", summary: "Where it stands in the list; lower ones first.",
                        shape: .integer(Download.weights)),
                    ParameterDescription(
                        name: "archived", summary: "Whether only those who manage the proceeding see it.", shape: .flag),
                ],
                body: BodyDescription(
                    mediaTypes: ["application/octet-stream", "application/pdf", "application/zip", "text/csv"],
                    summary: "The file itself: PDF, OpenDocument, Office Open XML, CSV, GeoJSON, ZIP or an image."),
                successStatus: 201, successSummary: "It is stored.", problems: [401, 403, 413, 422]), handler: create),
        Route(
            description: RouteDescription(
                method: .get, path: path + "/{download}", operation: "getDownload",
                summary: "The file, to be saved; the list tells its type and checksum.", tag: "Downloads",
                access: .everybody, produces: ["application/octet-stream"]), handler: file),
        Route(
            description: RouteDescription(
                method: .patch, path: path + "/{download}", operation: "changeDownload",
                summary: "Changes what is said of a download by a merge patch (RFC 7396); send If-Match.",
                tag: "Downloads", access: .permission(.manageProceeding),
                body: BodyDescription(
                    mediaTypes: ["application/merge-patch+json", "application/json"], summary: "The members to change.",
                    example: #"{"title": "Protokoll der Auftaktveranstaltung", "documentation": true}"#),
                problems: [401, 403, 412, 422, 428]), handler: change),
        Route(
            description: RouteDescription(
                method: .delete, path: path + "/{download}", operation: "deleteDownload",
                summary: "Removes a download with its file, for good.", tag: "Downloads",
                access: .permission(.manageProceeding), successStatus: 204, successSummary: "It is gone.", produces: [],
                problems: [401, 403, 412])
        ) { call in
            let (scope, proceeding, id) = try await place(call)
            try await call.installation.removeDownload(
                id, of: proceeding, precondition: call.precondition(required: false), scope: scope)
            return Response(status: .noContent, headers: [.cacheControl: "no-store"])
        },
    ]

    private static func create(_ call: Call) async throws -> Response {
        let draft = Download(
            title: try call.query.text("title", maximumLength: 3200) ?? "",
            description: try call.query.text("description", maximumLength: 7000),
            language: try call.query.text("language"),
            isDocumentation: try call.query.flag("documentation") ?? false,
            weight: try call.query.integer("weight", in: Download.weights) ?? 0,
            isArchived: try call.query.flag("archived") ?? false)
        let scope = try await call.scope()
        let proceeding = try await call.proceeding(scope)
        let maximum = try await Problem.namingParameters {
            try call.installation.requireOfferable(draft, of: proceeding, scope: scope)
        }
        let given = try Upload.givenName(call)
        let key = call.sentIdempotencyKey
        let (download, isReplay) = try await Upload.receive(call, maximum: maximum) { path, name in
            try await call.services.compute.run(.upload, of: call.context.tenant) {
                try await call.installation.addDownload(
                    draft, path: path, name: given ?? name, to: proceeding, idempotencyKey: key, scope: scope)
            }
        }
        var headers: HTTPFields = [.location: "\(call.request.uri.path)/\(download.id)", .cacheControl: "no-store"]
        headers.noteReplay(isReplay)
        return Answer.value(download.value(in: proceeding), status: .created, headers: headers)
    }

    /// The file in parts, as fast as the socket takes them; no cache keeps it without asking again.
    private static func file(_ call: Call) async throws -> Response {
        let (scope, proceeding, id) = try await place(call)
        let (download, bytes) = try await call.installation.download(id, of: proceeding, scope: scope)
        let tag = "\"v\(download.version)-\(download.digest.prefix(32))\""
        var response = Answer.bytes([], type: download.mediaType, tag: tag, request: call.request)
        response.headers[.contentDisposition] = Answer.attachment(named: download.fileName)
        guard response.status == .ok else { return response }
        response.body = ResponseBody { writer in
            for try await part in bytes { try await writer.write(ByteBuffer(bytes: part)) }
            try await writer.finish(nil)
        }
        response.headers[.contentLength] = String(download.byteCount)
        return response
    }

    private static func change(_ call: Call) async throws -> Response {
        let (scope, proceeding, id) = try await place(call)
        let precondition = try call.precondition(required: true)
        var (body, _) = try await JSONBody.read(call)
        body.allow(only: ["title", "description", "language", "documentation", "weight", "archived"])
        var change = DownloadChange()
        if body.has("title") { change.title = body.text("title", required: true) }
        if body.has("description") { change.description = .set(body.text("description")) }
        if body.has("language") { change.language = .set(body.text("language")) }
        change.isDocumentation = body.flag("documentation")
        change.isArchived = body.flag("archived")
        if let member = body.member("weight") {
            if case .integer(let value) = member, let weight = Int(exactly: value) {
                change.weight = weight
            } else {
                body.fault("weight", "type", "This member must be a whole number.")
            }
        }
        try JSONBody.finish(body)
        let changed = try await call.installation.changeDownload(
            id, change, of: proceeding, precondition: precondition, scope: scope)
        return Answer.value(
            changed.value(in: proceeding), headers: [.eTag: ItemTag.make(changed.version), .cacheControl: "no-store"])
    }

    private static func place(_ call: Call) async throws -> (Scope, Proceeding, Int64) {
        let scope = try await call.scope()
        return (scope, try await call.proceeding(scope), try call.number("download", of: "download"))
    }
}
