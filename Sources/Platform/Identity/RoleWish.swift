public import Participation
import Storage

/// A role as it is asked for: by the slug of its proceeding.
public struct RoleWish: Sendable, Hashable {
    /// The role.
    public var role: Role
    /// Slug of the proceeding; `nil` for the whole tenant.
    public var proceeding: String?

    /// Makes a wish.
    public init(_ role: Role, proceeding: String? = nil) {
        self.role = role
        self.proceeding = proceeding
    }

    /// Its text for people and audit events: `planner` or `planner:hafen`.
    public var text: String { proceeding.map { "\(role.rawValue):\($0)" } ?? role.rawValue }

    /// The grant it stands for in a tenant.
    ///
    /// - Throws: ``PlatformError`` `invalidInput` for a role that cannot be given so, or an unknown proceeding.
    func grant(_ reader: ScopedReader, at pointer: String) throws -> Grant {
        func refuse(_ member: String, _ code: String, _ detail: String) -> PlatformError {
            PlatformError(
                .invalidInput, "the role cannot be given",
                violations: [RuleViolation(pointer: "\(pointer)/\(member)", code: code, detail: detail)])
        }
        guard role != .platformAdmin else {
            throw refuse(
                "role", "role", "platformAdmin is held by the operator alone and is not given; use tenantAdmin")
        }
        guard let proceeding else { return Grant(role) }
        guard role.isPerProceeding else {
            throw refuse("proceeding", "proceeding", "\(role.rawValue) holds in the whole tenant; leave proceeding out")
        }
        guard let found = try reader.proceeding(id: proceeding) else {
            throw refuse("proceeding", "unknown", "there is no proceeding of that name")
        }
        return Grant(role, proceeding: found.key)
    }
}
