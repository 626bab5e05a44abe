import GeoCore
import HTTPTypes
import Hummingbird
import Participation
import Platform
import Storage

/// Where many votes came at once.
enum CrowdedHourRoutes {
    static let routes: [Route] = [
        Route(
            description: RouteDescription(
                method: .get, path: "/api/v1/proceedings/{proceeding}/moderation/votes", operation: "listCrowdedHours",
                summary:
                    "The hours in which more than \(Installation.crowdedPercent) % of the votes on a thing were cast, of "
                    + "things with \(Installation.crowdedVotes) votes or more.",
                tag: "Moderation", access: .permission(.moderate), problems: [401, 403])
        ) { call in
            let scope = try await call.scope()
            let proceeding = try await call.proceeding(scope)
            let hours = try await call.installation.crowdedHours(of: proceeding, scope: scope)
            return Answer.value(
                .object([
                    .init("percent", .integer(Installation.crowdedPercent)),
                    .init("fewestVotes", .integer(Installation.crowdedVotes)),
                    .init(
                        "hours",
                        .array(
                            hours.map { hour in
                                .object([
                                    .init("kind", .string("\(hour.kind)")), .init("item", .string(String(hour.item))),
                                    .init("start", .string(Timestamp.rfc3339(hour.start))),
                                    .init("votes", .integer(hour.votes)), .init("total", .integer(hour.total)),
                                ])
                            })),
                ]), headers: [.cacheControl: "no-store"])
        }
    ]
}
