import Participation
public import Storage

extension Installation {
    /// The roles that the viewer holds, in the order of the table of permissions and by proceeding.
    public func heldRoles(scope: Scope) async throws -> [RoleWish] {
        let keys = Set(scope.viewer.grants.compactMap(\.proceeding))
        let names = keys.isEmpty ? [:] : try await engine.read { try scope.reader($0).proceedings(keys: keys) }
        return Role.allCases.flatMap { role in
            scope.viewer.grants.filter { $0.role == role }.compactMap { grant -> RoleWish? in
                guard let key = grant.proceeding else { return RoleWish(role) }
                return names[key].map { RoleWish(role, proceeding: $0.id) }
            }.sorted { ($0.proceeding ?? "") < ($1.proceeding ?? "") }
        }
    }
}
