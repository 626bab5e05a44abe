import GeoCore
import HTTPTypes
import Hummingbird
import Participation
import Platform

/// Pseudonymous participants.
enum ParticipantRoutes {
    static let routes: [Route] = [
        Route(
            description: RouteDescription(
                method: .post, path: "/api/v1/participants", operation: "createParticipant",
                summary: "Gives a pseudonym as a token, to be sent as Authorization: Bearer; nothing is asked for it.",
                tag: "Participants", access: .everybody, successStatus: 201,
                successSummary: "The token; it is shown once.",
                takesIdempotencyKey: false, problems: [401, 429])
        ) { call in
            let scope = try await call.scope()
            // A repeated request gets another pseudonym, which does no harm.
            let (text, expires) = try await call.installation.issueParticipantToken(scope: scope)
            return Answer.value(
                .object([
                    .init("token", .string(text)), .init("tokenType", .string("Bearer")),
                    .init("expires", .string(Timestamp.rfc3339(expires))),
                ]), status: .created, headers: [.cacheControl: "no-store"])
        }
    ]
}
