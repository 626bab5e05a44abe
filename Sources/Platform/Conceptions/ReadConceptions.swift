public import Participation
public import Storage

extension Installation {
    /// The conceptions the viewer may see, by their order, one page.
    public func conceptions(
        of proceeding: Proceeding, limit: Int, after cursor: Cursor?, scope: Scope
    ) async throws -> Page<Conception> {
        try await engine.read { try scope.reader($0).conceptions(of: proceeding, limit: limit, after: cursor) }
    }

    /// One conception that the viewer may see.
    ///
    /// - Throws: ``PlatformError`` `notFound`.
    public func conception(_ id: Int64, of proceeding: Proceeding, scope: Scope) async throws -> Conception {
        let found = try await engine.read { try scope.reader($0).conception(id, of: proceeding) }
        guard let found else { throw Self.noConception }
        return found
    }

    /// The conceptions that changed since an instant, with tombstones of those that went, one page.
    public func conceptionChanges(
        of proceeding: Proceeding, since: Int64, limit: Int, after cursor: Cursor?, scope: Scope
    ) async throws -> Page<ItemChange<Conception>> {
        try await engine.read {
            try scope.reader($0).conceptionChanges(of: proceeding, since: since, limit: limit, after: cursor)
        }
    }
}
