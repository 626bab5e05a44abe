public import Participation
public import Storage

extension Installation {
    /// The contributions that changed since an instant, with tombstones of those that went, one page.
    public func contributionChanges(
        of proceeding: Proceeding, since: Int64, limit: Int, after cursor: Cursor?, scope: Scope
    ) async throws -> Page<ItemChange<Contribution>> {
        try await engine.read {
            try scope.reader($0).contributionChanges(of: proceeding, since: since, limit: limit, after: cursor)
        }
    }

    /// The comments on a contribution or a conception that changed since an instant, with tombstones of those that went,
    /// one page.
    ///
    /// - Throws: ``PlatformError`` `notFound` when what they stand on is not there for the viewer.
    public func commentChanges(
        on root: CommentRoot, of proceeding: Proceeding, since: Int64, limit: Int, after cursor: Cursor?,
        scope: Scope
    ) async throws -> Page<ItemChange<Comment>> {
        let page = try await engine.read { connection -> Page<ItemChange<Comment>>? in
            let reader = scope.reader(connection)
            guard try reader.isThere(root, of: proceeding) else { return nil }
            return try reader.commentChanges(
                on: root, of: proceeding, since: since, limit: limit, after: cursor)
        }
        guard let page else { throw PlatformError(.notFound, "there is no \(root.kind) of that number") }
        return page
    }
}
