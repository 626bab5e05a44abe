import GeoCore
import HTTPTypes
import Hummingbird
import Participation
import Platform

/// Votes on contributions, conceptions and comments: one of each participant, to be changed and withdrawn.
enum VoteRoutes {
    static let routes: [Route] = ItemAddress.all.flatMap(routes)

    private static func routes(of address: ItemAddress) -> [Route] {
        let path = address.path + "/vote"
        let (kind, item) = (address.operation, address.item)
        return [
            Route(
                description: RouteDescription(
                    method: .get, path: path, operation: "get\(kind)Vote",
                    summary: "The votes on a \(address.words), and one's own.", tag: "Votes", access: .everybody)
            ) { call in
                let scope = try await call.scope()
                let proceeding = try await call.proceeding(scope)
                let standing = try await call.installation.votes(on: item(call), of: proceeding, scope: scope)
                return Answer.value(VoteValue.make(standing), headers: [.cacheControl: "no-cache"])
            },
            Route(
                description: RouteDescription(
                    method: .put, path: path, operation: "put\(kind)Vote",
                    summary: "Votes for or against a \(address.words), or changes the vote.", tag: "Votes",
                    access: .participant,
                    body: BodyDescription(
                        mediaTypes: ["application/json"], summary: "1 is a vote for, -1 one against.",
                        example: #"{"value": 1}"#), problems: [401, 403, 422])
            ) { call in
                let scope = try await call.scope()
                let proceeding = try await call.proceeding(scope)
                var (body, _) = try await JSONBody.read(call)
                body.allow(only: ["value"])
                var vote: Vote?
                if case .integer(let number)? = body.member("value") { vote = Vote(rawValue: number) }
                if vote == nil { body.fault("value", "value", "This member must be 1 or -1.") }
                try JSONBody.finish(body)
                let standing = try await call.installation.castVote(
                    vote, on: item(call), of: proceeding, origin: call.network?.number, scope: scope)
                return Answer.value(VoteValue.make(standing), headers: [.cacheControl: "no-store"])
            },
            Route(
                description: RouteDescription(
                    method: .delete, path: path, operation: "delete\(kind)Vote",
                    summary: "Withdraws one's vote.", tag: "Votes", access: .participant, problems: [401, 403])
            ) { call in
                let scope = try await call.scope()
                let proceeding = try await call.proceeding(scope)
                let standing = try await call.installation.castVote(nil, on: item(call), of: proceeding, scope: scope)
                return Answer.value(VoteValue.make(standing), headers: [.cacheControl: "no-store"])
            },
        ]
    }
}

/// Votes as JSON.
private enum VoteValue {
    static func make(_ standing: VoteStanding) -> JSONValue {
        .object([
            .init("up", .integer(standing.totals.up)),
            .init("down", .integer(standing.totals.down)),
            .init("score", .integer(standing.score)),
            .init("wilson", .number(standing.wilson)),
            .init("controversy", .number(standing.controversy)),
            .init("own", standing.totals.own.map { .integer($0.rawValue) } ?? .null),
        ])
    }
}
