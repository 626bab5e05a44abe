/// What a person may be in a tenant; `anonymous` and `participant` are not assigned and hence not here.
public enum Role: String, Sendable, Hashable, CaseIterable, Codable {
    /// Reads everything that is public of all proceedings, and unpublished aggregates; no personal data.
    case analyst
    /// Reads and decides on what is held, reported or hidden.
    case moderator
    /// A moderator who also keeps settings, layers and official answers.
    case planner
    /// Keeps the tenant: proceedings, roles, keys, erasure, audit.
    case tenantAdmin
    /// Keeps the installation, and reads no tenant's unpublished content.
    case platformAdmin

    /// Whether the role may be bound to single proceedings of a tenant.
    public var isPerProceeding: Bool {
        switch self {
        case .analyst, .moderator, .planner: true
        case .tenantAdmin, .platformAdmin: false
        }
    }
}

/// A role somebody holds, in the whole tenant or in one proceeding.
public struct Grant: Sendable, Hashable {
    /// The role.
    public var role: Role
    /// Key of the proceeding; `nil` for all of the tenant.
    public var proceeding: Int64?

    /// Makes a grant.
    public init(_ role: Role, proceeding: Int64? = nil) {
        self.role = role
        self.proceeding = proceeding
    }
}
