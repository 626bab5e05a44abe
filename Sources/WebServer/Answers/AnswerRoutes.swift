import GeoCore
import HTTPTypes
import Hummingbird
import Participation
import Platform
import Storage

/// Official answers to contributions: a row of events that is only ever added to.
enum AnswerRoutes {
    private static let proceeding = "/api/v1/proceedings/{proceeding}"
    private static let path = proceeding + "/contributions/{contribution}/answers"
    private static let members: Set<String> = ["status", "text", "links"]

    static let routes: [Route] = [
        Route(
            description: RouteDescription(
                method: .get, path: path, operation: "listAnswers",
                summary: "The official answers to a contribution, the oldest first.", tag: "Answers",
                access: .everybody, parameters: ChangeList.parameters)
        ) { call in
            let id = try call.number("contribution", of: "contribution")
            if let since = try await ChangeList.instant(call) {
                return try await ChangeList.answers(call, to: id, since: since)
            }
            try ChangeList.refusePages(call)
            let scope = try await call.scope()
            let proceeding = try await call.proceeding(scope)
            let answers = try await call.installation.answers(to: id, of: proceeding, scope: scope)
            var bytes: [UInt8] = []
            let author = AnswerAuthor(in: proceeding, scope: scope)
            JSONValue.object([.init("answers", .array(answers.map { AnswerValue.make($0, by: author) }))])
                .append(to: &bytes)
            return Answer.bytes(
                bytes, type: "application/json; charset=utf-8",
                tag: VersionTag.make(proceeding, in: call.installation, scope: scope, request: call.request),
                request: call.request)
        },
        Route(
            description: RouteDescription(
                method: .post, path: path, operation: "createAnswer",
                summary: "Answers a contribution: its status from now on, with the public reason.", tag: "Answers",
                access: .permission(.manageProceeding),
                body: BodyDescription(
                    mediaTypes: ["application/json"], summary: "The answer.",
                    example: """
                        {"status": "accepted", "text": "Der Radweg wird 2027 gebaut.", \
                        "links": [{"href": "https://example.org/plan", "title": "Plan"}]}
                        """), successStatus: 201, successSummary: "It is stored.", problems: [401, 403, 422])
        ) { call in
            let scope = try await call.scope()
            let proceeding = try await call.proceeding(scope)
            let id = try call.number("contribution", of: "contribution")
            var (body, bytes) = try await JSONBody.read(call)
            let key = try call.idempotencyKey(body: Array("\(id)\u{0}".utf8) + bytes)
            body.allow(only: members)
            let answer = OfficialAnswer(reading: &body)
            try JSONBody.finish(body)
            let (stored, isReplay) = try await give(answer, to: [id], of: proceeding, scope, key, call)
            var headers: HTTPFields = [.location: call.request.uri.path, .cacheControl: "no-store"]
            headers.noteReplay(isReplay)
            return Answer.value(
                stored.first.map { AnswerValue.make($0, by: AnswerAuthor(in: proceeding, scope: scope)) } ?? .null,
                status: .created, headers: headers)
        },
        Route(
            description: RouteDescription(
                method: .post, path: proceeding + "/answers", operation: "createAnswers",
                summary: "One answer to many contributions: to all of them, or none.", tag: "Answers",
                access: .permission(.manageProceeding),
                body: BodyDescription(
                    mediaTypes: ["application/json"], summary: "The contributions and the answer.",
                    example: #"{"contributions": ["12", "15"], "status": "underReview", "text": "Wird geprüft."}"#),
                successStatus: 201, successSummary: "They are stored.", problems: [401, 403, 422])
        ) { call in
            let scope = try await call.scope()
            let proceeding = try await call.proceeding(scope)
            var (body, bytes) = try await JSONBody.read(call)
            let key = try call.idempotencyKey(body: bytes)
            body.allow(only: members.union(["contributions"]))
            if body.member("contributions") == nil {
                body.fault("contributions", "required", "This member must be an array of ids.")
            }
            var targets: [Int64] = []
            for (index, text) in body.texts("contributions").enumerated() {
                if text.utf8.count <= 19, let id = Int64(text), id > 0 {
                    targets.append(id)
                } else {
                    body.fault("contributions", at: index, "value", "This is no id of a contribution.")
                }
            }
            let answer = OfficialAnswer(reading: &body)
            try JSONBody.finish(body)
            let (stored, isReplay) = try await give(answer, to: targets, of: proceeding, scope, key, call)
            var headers: HTTPFields = [.cacheControl: "no-store"]
            headers.noteReplay(isReplay)
            return Answer.value(
                .object([
                    .init(
                        "answers",
                        .array(stored.map { AnswerValue.make($0, by: AnswerAuthor(in: proceeding, scope: scope)) }))
                ]), status: .created,
                headers: headers)
        },
    ]

    private static func give(
        _ answer: OfficialAnswer?, to targets: [Int64], of proceeding: Proceeding, _ scope: Scope,
        _ key: IdempotencyKey?, _ call: Call
    ) async throws -> (answers: [OfficialAnswer], isReplay: Bool) {
        guard let answer else { throw Problem(.invalidInput, "The answer has no status.") }
        return try await call.installation.giveAnswer(
            answer, to: targets, of: proceeding, scope: scope, idempotency: key)
    }
}

/// Who gives the answers of a proceeding, as a viewer may know it: for everybody the authority, for those who moderate the
/// account as well.
struct AnswerAuthor {
    /// The name of the authority: publisher or owner of the proceeding, else the tenant.
    let authority: String
    /// Whether accounts are told.
    let tellsAccounts: Bool

    init(in proceeding: Proceeding, scope: Scope) {
        let names = [proceeding.details.publisher, proceeding.owner, scope.tenant.publisher]
        authority = names.compactMap { $0 }.first { !$0.isEmpty } ?? scope.tenant.name
        tellsAccounts = scope.viewer.may(.moderate, in: proceeding.key)
    }
}

/// Answers as JSON.
enum AnswerValue {
    static func make(_ answer: OfficialAnswer, by author: AnswerAuthor) -> JSONValue {
        let account: [JSONValue.Member] =
            author.tellsAccounts ? [.init("account", answer.account.map { .string($0) } ?? .null)] : []
        return .object(
            [
                .init("id", .string(String(answer.id))),
                .init("contribution", .string(String(answer.contribution))),
                .init("author", .string(author.authority)),
                .init("status", .string(answer.status.name)),
                .init("text", .string(answer.text)),
                .init(
                    "links",
                    .array(
                        answer.links.map { link in
                            .object([
                                .init("href", .string(link.href)),
                                .init("title", link.title.map { .string($0) } ?? .null),
                            ])
                        })),
                .init("created", .string(Timestamp.rfc3339(Timestamp.minute(answer.created)))),
            ] + account)
    }
}

extension OfficialAnswer {
    /// Reads the answer of a body; what is missing or wrong is noted as faults.
    fileprivate init?(reading body: inout JSONBody) {
        let word = body.text("status", required: true)
        let status = word.flatMap(OfficialStatus.init(name:))
        if word != nil, status == nil {
            let names = OfficialStatus.allCases.map(\.name).joined(separator: ", ")
            body.fault("status", "value", "status is one of \(names).")
        }
        let text = body.text("text", required: true) ?? ""
        var links: [OfficialAnswer.Link] = []
        if let member = body.member("links") {
            if member.array == nil { body.fault("links", "type", "This member must be an array of links.") }
            for (index, item) in (member.array ?? []).enumerated() {
                guard case .object(let members) = item, members.allSatisfy({ ["href", "title"].contains($0.name) }),
                    let href = item["href"]?.string
                else {
                    body.fault("links", at: index, "type", "A link is an object of href and title, both texts.")
                    continue
                }
                links.append(OfficialAnswer.Link(href: href, title: item["title"]?.string))
            }
        }
        guard let status else { return nil }
        self.init(status: status, text: text, links: links)
    }
}
