import FoundationEssentials
import GeoCore
import HTTPTypes
import Hummingbird
import Participation
import Platform
import Storage

/// Changes of proceedings and of their types.
enum ProceedingChangeRoutes {
    private static let path = "/api/v1/proceedings/{proceeding}"

    static let routes: [Route] = [
        Route(
            description: RouteDescription(
                method: .patch, path: path, operation: "changeProceeding",
                summary: "Changes a proceeding by a merge patch (RFC 7396); with state archived nothing is open.",
                tag: "Proceedings", access: .permission(.manageProceeding),
                body: BodyDescription(
                    mediaTypes: ["application/json", "application/merge-patch+json"],
                    summary: "The members to change; null takes one away.",
                    example: #"{"name": "Radverkehr 2027", "settings": {"moderation": "pre"}}"#),
                problems: [412, 422, 428])
        ) { call in
            let scope = try await call.scope()
            let proceeding = try await call.proceeding(scope)
            let version = try call.expectedVersion()
            let patch = try await ProceedingChangeRoutes.object(call)
            let changed = try await call.installation.change(
                proceeding, patch: patch, version: version, scope: scope)
            return try await answer(changed, call: call, scope: scope)
        },
        Route(
            description: RouteDescription(
                method: .delete, path: path, operation: "deleteProceeding",
                summary: "Deletes a proceeding with everything of it, for good.", tag: "Proceedings",
                access: .permission(.administerTenant), successStatus: 204, problems: [412, 428])
        ) { call in
            let scope = try await call.scope()
            let proceeding = try await call.proceeding(scope)
            try await call.installation.delete(proceeding, version: try call.expectedVersion(), scope: scope)
            return Response(status: .noContent)
        },
        Route(
            description: RouteDescription(
                method: .post, path: path + "/clone", operation: "cloneProceeding",
                summary: "Makes a proceeding after another one, with its downloads, without schedule, contributions, "
                    + "conceptions, appointments and what documents results; internal at first.",
                tag: "Proceedings", access: .permission(.createProceedings),
                body: BodyDescription(
                    mediaTypes: ["application/json"], summary: "The new id, and what is to differ.",
                    example: #"{"id": "radverkehr-2027", "name": "Radverkehr 2027"}"#),
                successStatus: 201, successSummary: "It is stored.", problems: [409, 422])
        ) { call in
            let scope = try await call.scope()
            let template = try await call.proceeding(scope)
            let bytes = try await JSONBody.bytes(call)
            let idempotency = try call.idempotencyKey(of: template.id, body: bytes)
            let changes = try ProceedingChangeRoutes.object(bytes)
            let (made, isReplay) = try await call.installation.clone(
                template, changes: changes, scope: scope, idempotency: idempotency)
            let parts = call.request.uri.path.split(separator: "/").dropLast(2) + [made.id[...]]
            return try await answer(
                made, call: call, scope: scope, status: .created,
                headers: HTTPFields.made("/" + parts.joined(separator: "/"), isReplay: isReplay))
        },
        Route(
            description: RouteDescription(
                method: .get, path: path + "/types", operation: "listTypes",
                summary: "The types of a proceeding, in their order.", tag: "Proceedings", access: .everybody,
                parameters: ChangeList.parameters)
        ) { call in
            if let since = try await ChangeList.instant(call) { return try await ChangeList.types(call, since: since) }
            try ChangeList.refusePages(call)
            let scope = try await call.scope()
            let proceeding = try await call.proceeding(scope)
            return Answer.value(
                .object([.init("types", ProceedingValue.types(proceeding))]),
                headers: [.cacheControl: "no-cache", .eTag: ItemTag.make(proceeding.version)])
        },
        Route(
            description: RouteDescription(
                method: .put, path: path + "/types", operation: "replaceTypes",
                summary: "Replaces the types of a proceeding; those left out though in use stay, archived.",
                tag: "Proceedings", access: .permission(.manageProceeding),
                body: BodyDescription(
                    mediaTypes: ["application/json"], summary: "All types.",
                    example: #"{"types": [{"id": "idee", "name": "Idee"}]}"#), problems: [412, 422, 428])
        ) { call in
            let scope = try await call.scope()
            let proceeding = try await call.proceeding(scope)
            let version = try call.expectedVersion()
            var (body, _) = try await JSONBody.read(call)
            body.allow(only: ["types"])
            let types = ProceedingChangeRoutes.types(&body)
            try JSONBody.finish(body)
            let changed = try await call.installation.replaceTypes(
                types, of: proceeding, version: version, scope: scope)
            return Answer.value(
                .object([.init("types", ProceedingValue.types(changed))]),
                headers: [.eTag: ItemTag.make(changed.version)])
        },
    ]

    private static func answer(
        _ proceeding: Proceeding, call: Call, scope: Scope, status: HTTPResponse.Status = .ok,
        headers: HTTPFields = [:]
    ) async throws -> Response {
        let categories = try await call.installation.categories(of: proceeding, scope: scope)
        var headers = headers
        headers[.eTag] = ItemTag.make(proceeding.version)
        headers[.cacheControl] = "no-store"
        return Answer.value(
            ProceedingValue.make(proceeding, now: call.installation.now(), categories: categories), status: status,
            headers: headers)
    }

    private static func object(_ call: Call) async throws -> JSONValue { try object(try await JSONBody.bytes(call)) }

    private static func object(_ bytes: [UInt8]) throws -> JSONValue {
        let value: JSONValue
        do { value = try JSONValue.parse(bytes, limits: .importing) } catch { throw Problem(error) }
        guard case .object = value else { throw Problem(.invalidInput, "The body must be a JSON object.") }
        return value
    }

    private static func types(_ body: inout JSONBody) -> [ContributionType] {
        guard let items = body.member("types")?.array else {
            body.fault("types", "required", "This member must be an array of types.")
            return []
        }
        let known = ContributionType.members
        var types: [ContributionType] = []
        for (index, item) in items.enumerated() {
            guard case .object(let members) = item, members.allSatisfy({ known.contains($0.name) }),
                let type = try? JSONDecoder().decode(ContributionType.self, from: Data(item.encoded))
            else {
                body.fault(
                    "types", at: index, "type", "A type is an object of " + known.sorted().joined(separator: ", ") + "."
                )
                continue
            }
            types.append(type)
        }
        return types
    }
}
