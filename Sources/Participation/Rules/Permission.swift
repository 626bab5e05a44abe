/// What somebody may be allowed to do: the rows of the permission table.
///
/// Reading what is published, and taking part while the phase is open, need no permission.
public enum Permission: String, Sendable, Hashable, CaseIterable {
    /// See proceedings that are not public.
    case readInternalProceedings
    /// Read rows that are pending, hidden or rejected.
    case readUnpublished
    /// Read aggregates over what is not published, and export exact times.
    case readUnpublishedAggregates
    /// Change the state of contributions and comments, redact, see reports.
    case moderate
    /// Change a proceeding, its categories, layers, imports, conceptions and appointments; give official answers.
    case manageProceeding
    /// Create and clone proceedings.
    case createProceedings
    /// Roles, keys, erasure, retention and audit of the tenant, deletion of proceedings.
    case administerTenant
    /// Tenants, issuers, outbound addresses.
    case administerInstallation
    /// Change the tenant: administrators what it says of itself, the operator its limits.
    case changeTenant
    /// Enter the data of a tenant that lets the operator in for a while only.
    case breakGlass
    /// See when the operator was let in, and end it.
    case watchOperator

    /// What it allows, as a row of the permission table.
    public var meaning: String {
        switch self {
        case .readInternalProceedings: "see proceedings that are not public"
        case .readUnpublished: "read single rows that are pending, hidden or rejected"
        case .readUnpublishedAggregates:
            "read figures and analyses that count what is not published too, export exact times"
        case .moderate: "change states with a reason, redact, see reports"
        case .manageProceeding:
            "settings, categories, layers, imports, conceptions, appointments and official answers of a proceeding"
        case .createProceedings: "create and clone proceedings, where the role is held in the whole tenant"
        case .administerTenant:
            "roles, API keys, erasure, retention and audit log of the tenant, deletion of proceedings"
        case .administerInstallation: "tenants, issuers, outbound addresses"
        case .changeTenant: "administrators what the tenant says of itself, the operator its limits"
        case .breakGlass: "enter, for a reason and a while, the data of a tenant that lets the operator in so only"
        case .watchOperator: "see when and why the operator was let in, and end it"
        }
    }

    /// The roles that hold it, each where it is assigned.
    public var roles: Set<Role> {
        switch self {
        case .readInternalProceedings: [.analyst, .moderator, .planner, .tenantAdmin]
        case .readUnpublished: [.moderator, .planner, .tenantAdmin]
        case .readUnpublishedAggregates: [.analyst, .moderator, .planner, .tenantAdmin]
        case .moderate: [.moderator, .planner, .tenantAdmin]
        case .manageProceeding: [.planner, .tenantAdmin]
        case .createProceedings: [.planner, .tenantAdmin]
        case .administerTenant: [.tenantAdmin]
        case .administerInstallation: [.platformAdmin]
        case .changeTenant: [.tenantAdmin, .platformAdmin]
        case .breakGlass: [.platformAdmin]
        case .watchOperator: [.tenantAdmin, .platformAdmin]
        }
    }
}
