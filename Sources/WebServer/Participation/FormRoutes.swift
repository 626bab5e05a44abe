import GeoCore
import HTTPTypes
import Hummingbird
import Participation
import Platform

/// What pages with forms ask for, so that machines give themselves away.
enum FormRoutes {
    static let routes: [Route] = [
        Route(
            description: RouteDescription(
                method: .post, path: "/api/v1/form-tokens", operation: "createFormToken",
                summary:
                    "Says when a form was opened: what comes back with it sooner than anybody types is looked at first.",
                tag: "Participants", access: .everybody, successSummary: "The token, to be sent as formToken.",
                takesIdempotencyKey: false)
        ) { call in
            let token = try await call.installation.formToken(scope: try await call.scope())
            return Answer.value(
                .object([
                    .init("formToken", .string(token)), .init("minimumSeconds", .integer(FormToken.shortest / 1000)),
                    .init("maximumSeconds", .integer(FormToken.longest / 1000)),
                ]), headers: [.cacheControl: "no-store"])
        }
    ]
}

extension FormSigns {
    /// The members of a body beside what was written: a trap, named as what machines like to fill in, and the token.
    static let members: Set<String> = ["homepage", "formToken"]

    /// Reads them from a body.
    init(reading body: inout JSONBody) {
        self.init()
        trap = body.text("homepage")
        token = body.text("formToken")
    }
}
