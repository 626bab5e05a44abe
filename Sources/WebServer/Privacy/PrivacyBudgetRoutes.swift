import GeoCore
import HTTPTypes
import Hummingbird
import Participation
import Platform
import Storage

/// What answers with noise have spent of the privacy budget of a proceeding.
enum PrivacyBudgetRoutes {
    static let routes: [Route] = [
        Route(
            description: RouteDescription(
                method: .get, path: "/api/v1/proceedings/{proceeding}/privacy-budget", operation: "getPrivacyBudget",
                summary: "What may be spent on noise in a year, what was, and on which answers; newest first.",
                tag: "Analysis", access: .permission(.manageProceeding), parameters: Call.pageParameters,
                problems: [401, 403])
        ) { call in
            let limit = try call.query.limit()
            let cursor = try call.cursor()
            let scope = try await call.scope()
            let budget = try await call.installation.privacyBudget(
                of: try await call.proceeding(scope), limit: limit, after: cursor, scope: scope)
            let next = PageLinks.next(budget.spendings.next, call)
            var headers = PageLinks.headers(next)
            headers[.cacheControl] = "no-store"
            return Answer.value(
                .object([
                    .init("year", .integer(Int64(budget.year))), .init("budget", .number(budget.budget)),
                    .init("spent", .number(budget.spent)), .init("left", .number(budget.left)),
                    .init("renews", .string(Timestamp.rfc3339(budget.renews))),
                    .init("spendings", .array(budget.spendings.items.map(value))),
                    .init("numberReturned", .integer(Int64(budget.spendings.items.count))),
                    .init("links", PageLinks.value(next)),
                ]), headers: headers)
        }
    ]

    private static func value(_ spending: PrivacySpending) -> JSONValue {
        .object([
            .init("time", .string(Timestamp.rfc3339(spending.time))), .init("year", .integer(Int64(spending.year))),
            .init("role", .string(spending.role)), .init("epsilon", .number(Double(spending.epsilon) / 1000)),
            .init("question", .string(Secret.hexadecimal(spending.question))),
            .init("dataVersion", .integer(spending.version)),
        ])
    }
}
