import HTTPTypes
import Hummingbird
import NIOCore
import Participation
import Platform
import Storage

/// The Participation Data Specification as DIPAS serves it, at its address and at a short one.
///
/// As there, a project or contribution that does not exist, or is not public, is an empty collection.
enum PDSRoutes {
    private static let empty = Array(#"{"type":"FeatureCollection","features":[]}"#.utf8)

    static let routes: [Route] = ["/drupal/dipas-pds", "/pds"].flatMap { root in
        let path = root + "/projects"
        let prefix = root == "/pds" ? "pds" : "dipasPDS"
        func route(
            _ tail: String, _ operation: String, _ summary: String,
            _ handler: @escaping @Sendable (Call) async throws -> Response
        ) -> Route {
            Route(
                description: RouteDescription(
                    method: .get, path: path + tail, operation: prefix + operation, summary: summary,
                    tag: "Participation Data Specification", access: .everybody), handler: handler)
        }
        func contributions(_ content: PDSContributions.Content) -> @Sendable (Call) async throws -> Response {
            { try await Self.contributions($0, content) }
        }
        let one = "/{project}/contributions/{contribution}"
        return [
            route("", "Projects", "All public proceedings.", projects),
            route("/{project}", "Project", "One proceeding.", projects),
            route(
                "/{project}/contributions", "Contributions", "All public contributions of a proceeding.",
                contributions(.contributions)),
            route(one, "Contribution", "One contribution.", contributions(.contributions)),
            route(one + "/comments", "Comments", "The comments on one contribution.", contributions(.comments)),
            route(
                "/{project}/commentedcontributions", "CommentedContributions",
                "All public contributions of a proceeding with their comments.", contributions(.commented)),
            route(
                "/{project}/commentedcontributions/{contribution}", "CommentedContribution",
                "One contribution with its comments.", contributions(.commented)),
            route(
                "/{project}/conception_comments", "ConceptionComments", "Comments on the conceptions of a proceeding.",
                contributions(.conceptionComments)),
        ]
    }

    private static let mediaType = "application/json; charset=utf-8"

    private static func projects(_ call: Call) async throws -> Response {
        let scope = try await call.scope()
        let id = call.part("project")
        if let id, !isProjectID(id) { return Answer.bytes(empty, type: mediaType, request: call.request) }
        let projects = try await call.installation.pdsProjects(id: id, scope: scope)
        return stream(projects, version: projects.version, call, scope)
    }

    private static func contributions(_ call: Call, _ content: PDSContributions.Content) async throws -> Response {
        let scope = try await call.scope()
        let none = Answer.bytes(empty, type: mediaType, request: call.request)
        guard let id = call.part("project"), isProjectID(id) else { return none }
        var number: Int64?
        if let text = call.part("contribution") {
            guard text.utf8.count <= 18, text.utf8.allSatisfy({ (48...57).contains($0) }), let value = Int64(text)
            else { return none }
            number = value
        }
        let projects = try await call.installation.pdsProjects(id: id, scope: scope)
        guard let proceeding = projects.proceedings.first else { return none }
        let base = call.base
        let rows = call.installation.pdsContributions(
            content, of: proceeding, number: number, base: base ?? "", scope: scope)
        let version = "\(proceeding.key).\(proceeding.dataVersion).\(base ?? "")"
        return stream(rows, version: version, call, scope)
    }

    /// Answers with what is pulled as fast as the reader takes it, or with 304 where it has it already.
    private static func stream<Parts: AsyncSequence & Sendable>(
        _ parts: Parts, version: String, _ call: Call, _ scope: Scope
    ) -> Response where Parts.Element == [UInt8] {
        let tag = VersionTag.make(version: version, in: call.installation, scope: scope, request: call.request)
        var headers: HTTPFields = [.eTag: tag, .cacheControl: "public, max-age=0, must-revalidate"]
        if Answer.isCurrent(tag, request: call.request) { return Response(status: .notModified, headers: headers) }
        headers[.contentType] = mediaType
        return Response(
            status: .ok, headers: headers,
            body: ResponseBody { writer in
                for try await bytes in parts { try await writer.write(ByteBuffer(bytes: bytes)) }
                try await writer.finish(nil)
            })
    }

    /// Word characters with inner hyphens, as DIPAS has them.
    private static func isProjectID(_ text: String) -> Bool {
        (1...128).contains(text.utf8.count) && text.first != "-" && text.last != "-"
            && text.utf8.allSatisfy { byte in
                (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte) || byte == 95
                    || byte == 45
            }
    }
}
