import Hummingbird
import Participation

extension Call {
    /// Lets those through whom the rule of the route names, before anything else is done.
    ///
    /// A role in one proceeding opens the route; whether it is the right proceeding is asked where the thing is known.
    ///
    /// - Throws: ``Problem`` 401 without credentials, 403 for somebody known who may not.
    func check(_ access: RouteDescription.Access, viewer: Viewer) throws {
        let isLet =
            switch access {
            case .everybody: true
            case .participant: viewer.participant != nil
            case .permission(let permission): viewer.grants.contains { permission.roles.contains($0.role) }
            }
        guard !isLet else { return }
        guard viewer == .anonymous else { throw Problem(.forbidden, "This is not allowed to you: \(access.needed).") }
        throw Problem(.unauthorized, "This needs credentials: \(access.needed).", headers: BearerToken.challenge)
    }
}

extension RouteDescription.Access {
    /// What a caller needs, for people.
    var needed: String {
        switch self {
        case .everybody: "nothing is needed"
        case .participant: "a participant token is needed, which POST /api/v1/participants gives"
        case .permission(let permission):
            "an account or API key is needed with one of the roles "
                + Role.allCases.filter(permission.roles.contains).map(\.rawValue).joined(separator: ", ")
        }
    }
}
