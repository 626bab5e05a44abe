/// Who asks: nobody known, a participant, or staff with roles.
public struct Viewer: Sendable, Hashable {
    /// The pseudonymous id behind a participant token or an account; authors contributions, comments and votes.
    public var participant: String?
    /// The account or key, as audit events name it; `nil` for the public.
    public var account: String?
    /// The roles held in the tenant asked.
    public var grants: Set<Grant>

    /// Makes a viewer.
    public init(participant: String? = nil, account: String? = nil, grants: Set<Grant> = []) {
        self.participant = participant
        self.account = account
        self.grants = grants
    }

    /// Anybody on the net.
    public static let anonymous = Viewer()
    /// The operator: who holds the data directory, or the secret of the installation.
    public static let staff = Viewer(account: "operator", grants: [Grant(.tenantAdmin), Grant(.platformAdmin)])

    /// The operator where a tenant has not let it in.
    public static let restrainedOperator = Viewer(account: "operator", grants: [Grant(.platformAdmin)])

    /// Whether the viewer holds a permission in a proceeding; with `nil`, in the whole tenant.
    public func may(_ permission: Permission, in proceeding: Int64? = nil) -> Bool {
        let roles = permission.roles
        return grants.contains { grant in
            roles.contains(grant.role) && (grant.proceeding == nil || grant.proceeding == proceeding)
        }
    }

    /// The proceedings in which the viewer holds a permission: `nil` for all, else their keys in order.
    public func proceedings(where permission: Permission) -> [Int64]? {
        may(permission)
            ? nil : grants.filter { permission.roles.contains($0.role) }.compactMap(\.proceeding).sorted()
    }

    /// Names what the viewer sees of a proceeding: equal names mean equal answers, so it stands in entity tags and in
    /// keys of caches.
    public func visibilityClass(in proceeding: Int64) -> String {
        Permission.allCases.filter { may($0, in: proceeding) }.map(\.rawValue).joined(separator: ",")
    }

    /// What those are called who hold no role, as ``roleName(in:)`` says.
    public static let publicRoleNames = ["anonymous", "participant"]

    /// What the viewer is in a proceeding, in a word: the role that may most, `participant` or `anonymous`.
    public func roleName(in proceeding: Int64) -> String {
        let held = grants.filter { $0.proceeding == nil || $0.proceeding == proceeding }.map(\.role)
        let most = Role.allCases.last { held.contains($0) }
        return most?.rawValue ?? (participant == nil ? "anonymous" : "participant")
    }

    /// The states of contributions and comments this viewer may see in a proceeding.
    ///
    /// The one visibility rule: compiled into every query, so that no list, count, map or export goes around it.
    public func visibleStates(in proceeding: Int64) -> [Contribution.State] {
        may(.readUnpublished, in: proceeding) ? Self.statesSeenBySomebody : [.published]
    }

    /// The states of contributions and conceptions that figures, maps of cells and other aggregates count for this viewer.
    ///
    /// More than ``visibleStates(in:)`` for analysts, who learn how many there are and where they crowd, and read none
    /// of them: whatever tells of single rows asks the other.
    public func countedStates(in proceeding: Int64) -> [Contribution.State] {
        may(.readUnpublishedAggregates, in: proceeding) ? Self.statesSeenBySomebody : visibleStates(in: proceeding)
    }

    /// The states that the most privileged viewer may see; rows of all others nobody sees.
    public static let statesSeenBySomebody: [Contribution.State] = [.pending, .published, .hidden, .rejected]
}
