/// Who asks.
public enum Viewer: Sendable, Hashable {
    /// Anybody on the net.
    case anonymous
    /// Staff of the tenant with the right to see and change everything of it.
    case staff

    /// The states of contributions and comments this viewer may see.
    ///
    /// The one visibility rule: compiled into every query, so that no list, count, map or export goes around it.
    public var visibleStates: [Contribution.State] {
        switch self {
        case .anonymous: [.published]
        case .staff: [.pending, .published, .hidden, .rejected]
        }
    }

    /// Whether proceedings that are not public exist for this viewer.
    public var seesInternalProceedings: Bool { self == .staff }
}
