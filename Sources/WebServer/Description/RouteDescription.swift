import HTTPTypes
import Participation

/// A query parameter of a route: what it is called, what it means, what it may be.
struct ParameterDescription: Sendable, Hashable {
    /// The shape of a value.
    enum Shape: Sendable, Hashable {
        case text
        case list
        case flag
        case integer(ClosedRange<Int>)
        case number(ClosedRange<Double>)
        case choice([String])
    }

    var name: String
    var summary: String
    var shape: Shape = .text
    var isRequired = false
}

/// The body that a route takes.
struct BodyDescription: Sendable, Hashable {
    var mediaTypes: [String]
    var summary: String
    /// An example as JSON text.
    var example: String?
}

/// What a route is, for the router, for the OpenAPI document and for the documentation page: one value, one truth.
struct RouteDescription: Sendable, Hashable {
    /// Where a route stands.
    enum Place: Sendable, Hashable {
        /// At the root, once per installation.
        case installation
        /// Under `/t/{tenant}`, and without prefix for the default tenant.
        case tenant
    }

    /// Who may call a route; every route says it.
    enum Access: Sendable, Hashable {
        /// Anybody, with or without credentials; what is seen depends on them.
        case everybody
        /// Who holds a participant token or an account.
        case participant
        /// Who holds a role with this permission, in the tenant or in one of its proceedings.
        case permission(Permission)
    }

    var method: HTTPRequest.Method
    /// Path with parameters in braces, such as `/api/v1/proceedings/{proceeding}`.
    var path: String
    /// Unique name of the operation.
    var operation: String
    var summary: String
    /// Heading under which the documentation shows it.
    var tag: String
    var place: Place = .tenant
    var access: Access
    var parameters: [ParameterDescription] = []
    var body: BodyDescription?
    /// Status and meaning of the good answers.
    var success: (status: Int, summary: String) { (successStatus, successSummary) }
    var successStatus = 200
    var successSummary = "The answer."
    /// Media types of the answer.
    var produces: [String] = ["application/json"]
    /// Whether what is posted twice with one `Idempotency-Key` is done once.
    var takesIdempotencyKey = true
    /// Statuses of problems beside 400, 404 and 500.
    var problems: [Int] = []
}
