import Foundation
import HTTPTypes
import Hummingbird
import OutboundHTTP
import Participation
import Platform
import Storage

/// Taking in what another participation system serves.
enum PDSImportRoutes {
    static let routes: [Route] = [
        Route(
            description: RouteDescription(
                method: .post, path: "/api/v1/imports/pds", operation: "importPDS",
                summary: "Takes in projects and contributions of the Participation Data Specification, from the body "
                    + "or from the address of a server; again brings only what the source tells anew.",
                tag: "Participation Data Specification", access: .permission(.manageProceeding),
                parameters: [
                    ParameterDescription(
                        name: "url", summary: "Address of a list of projects, one project or a collection."),
                    ParameterDescription(
                        name: "project", summary: "Ids of the projects that are wanted; all by default.", shape: .list),
                    ParameterDescription(name: "source", summary: "Name of the source, pds by default."),
                    ParameterDescription(
                        name: "conceptions",
                        summary:
                            "Whether comments that stand alone, on no contribution known here, are on conceptions.",
                        shape: .flag),
                    ParameterDescription(
                        name: "crs",
                        summary:
                            "CRS of the coordinates, such as EPSG:25832; by default what the file declares, else the "
                            + "referenceSystem of the project, else degrees."),
                    ParameterDescription(name: "filename", summary: "Name of the file in the body."),
                ],
                body: BodyDescription(
                    mediaTypes: ["application/geo+json", "application/octet-stream"],
                    summary: "A collection as PDS gives it; none where url is given."),
                successSummary: "It is in; the answer has the report with the location quality.", problems: [409, 422]),
            handler: take)
    ]

    private static func take(_ call: Call) async throws -> Response {
        let url = try call.query.text("url", maximumLength: 2048)
        var options = PDSImportOptions()
        options.projects = Set(try call.query.list("project"))
        if let source = try call.query.text("source", maximumLength: 100), !source.isEmpty { options.source = source }
        options.takesConceptions = try call.query.flag("conceptions") ?? false
        options.crs = try call.query.text("crs", maximumLength: 100)
        let wanted = options
        let scope = try await call.scope()
        let text = call.sentIdempotencyKey
        if let url {
            let key = try wanted.idempotencyKey(text, of: .address(url))
            return try await once(key, call, scope) {
                try await fetched(from: url, wanted, call) { files in
                    try await call.installation.importPDS(
                        files: files, options: wanted, scope: scope, idempotency: key)
                }
            }
        }
        return try await Upload.receive(call) { path, _ in
            let key = try wanted.idempotencyKey(text, of: .file(path))
            return try await once(key, call, scope) {
                try await call.services.compute.run(.upload, of: call.context.tenant) {
                    try await call.installation.importPDS(
                        files: [PDSFile(path)], options: wanted, scope: scope, idempotency: key)
                }
            }
        }
    }

    /// Tells what an earlier request with the same key has done, or does it.
    private static func once(
        _ key: IdempotencyKey?, _ call: Call, _ scope: Scope, _ work: () async throws -> PDSImportReport
    ) async throws -> Response {
        let (report, isReplay) = try await call.installation.pdsImport(once: key, scope: scope, work)
        return Answer.value(report, headers: HTTPFields.made(isReplay: isReplay))
    }

    /// Hands what a server tells to `work`, as files that are gone when it ends.
    private static func fetched(
        from url: String, _ options: PDSImportOptions, _ call: Call,
        _ work: @Sendable ([PDSFile]) async throws -> PDSImportReport
    ) async throws -> PDSImportReport {
        let settings = call.services.settings
        let folder = "\(settings.temporaryFolder)/\(UploadFolder.fetch)\(UUID().uuidString.lowercased())"
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        defer { try? FileManager.default.removeItem(atPath: folder) }
        do {
            let fetch = PDSFetch(client: OutboundClient(policy: settings.outbound), folder: folder)
            let files = try await fetch.files(of: url, projects: options.projects)
            return try await call.services.compute.run(.upload, of: call.context.tenant) { try await work(files) }
        } catch let error as OutboundError {
            throw Problem(
                .invalidInput, "\(error)",
                errors: [.init(parameter: "url", code: "unreachable", detail: "\(error)")])
        }
    }
}
