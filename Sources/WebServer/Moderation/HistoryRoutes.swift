import GeoCore
import HTTPTypes
import Hummingbird
import Participation
import Platform
import Storage

/// Earlier texts of what planners write; those of contributions, conceptions and comments stand in their moderation.
enum HistoryRoutes {
    private static let proceeding = "/api/v1/proceedings/{proceeding}"

    static let routes: [Route] =
        routes(of: "proceeding", at: proceeding, "Proceeding") { _ in .proceeding }
        + routes(of: "appointment", at: proceeding + "/appointments/{appointment}", "Appointment") { call in
            .appointment(try call.number("appointment", of: "appointment"))
        }
        + routes(of: "download", at: proceeding + "/downloads/{download}", "Download") { call in
            .download(try call.number("download", of: "download"))
        }

    private static func routes(
        of words: String, at path: String, _ operation: String,
        _ planned: @escaping @Sendable (Call) throws -> PlannedText
    ) -> [Route] {
        [
            Route(
                description: RouteDescription(
                    method: .get, path: path + "/history", operation: "get\(operation)History",
                    summary:
                        "The earlier texts of a \(words), the oldest first: other holds those beside title and text "
                        + "that were replaced.",
                    tag: "Moderation", access: .permission(.moderate), problems: [401, 403])
            ) { call in
                let scope = try await call.scope()
                let proceeding = try await call.proceeding(scope)
                let texts = try await call.installation.earlierTexts(of: planned(call), in: proceeding, scope: scope)
                return Answer.value(
                    .object([.init("texts", .array(texts.map(ModerationValue.make)))]),
                    headers: [.cacheControl: "no-store"])
            },
            Route(
                description: RouteDescription(
                    method: .delete, path: path + "/history", operation: "erase\(operation)History",
                    summary: "Deletes the earlier texts of a \(words), for good.", tag: "Privacy",
                    access: .permission(.administerTenant), successStatus: 204, successSummary: "They are gone.",
                    produces: [], problems: [401, 403])
            ) { call in
                let scope = try await call.scope()
                let proceeding = try await call.proceeding(scope)
                _ = try await call.installation.eraseEarlierTexts(of: planned(call), in: proceeding, scope: scope)
                return Response(status: .noContent, headers: [.cacheControl: "no-store"])
            },
        ]
    }
}
