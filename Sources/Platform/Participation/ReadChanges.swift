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

    /// The categories of a proceeding that changed since an instant, with tombstones of those that went, one page.
    public func categoryChanges(
        of proceeding: Proceeding, since: Int64, limit: Int, after cursor: Cursor?, scope: Scope
    ) async throws -> Page<ItemChange<Category>> {
        try await engine.read {
            try scope.reader($0).categoryChanges(of: proceeding, since: since, limit: limit, after: cursor)
        }
    }

    /// The types of a proceeding that changed since an instant, with tombstones of those that went, one page.
    public func typeChanges(
        of proceeding: Proceeding, since: Int64, limit: Int, after cursor: Cursor?, scope: Scope
    ) async throws -> Page<ItemChange<ContributionType>> {
        try await engine.read {
            try scope.reader($0).typeChanges(of: proceeding, since: since, limit: limit, after: cursor)
        }
    }

    /// The planning layers that came or were replaced since an instant, one page.
    public func layerChanges(
        of proceeding: Proceeding, since: Int64, limit: Int, after cursor: Cursor?, scope: Scope
    ) async throws -> Page<ItemChange<PlanningLayer>> {
        try await engine.read {
            try scope.reader($0).layerChanges(of: proceeding, since: since, limit: limit, after: cursor)
        }
    }

    /// The official answers given to a contribution since an instant, one page; none of them ever goes.
    ///
    /// - Throws: ``PlatformError`` `notFound` when the contribution is not there for the viewer.
    public func answerChanges(
        to contribution: Int64, of proceeding: Proceeding, since: Int64, limit: Int, after cursor: Cursor?,
        scope: Scope
    ) async throws -> Page<ItemChange<OfficialAnswer>> {
        let page = try await engine.read {
            try scope.reader($0).answerChanges(
                to: contribution, of: proceeding, since: since, limit: limit, after: cursor)
        }
        guard let page else { throw PlatformError(.notFound, "there is no contribution of that number") }
        return page
    }

    /// The images on a contribution or a conception that changed since an instant, with tombstones of those that went,
    /// one page.
    ///
    /// - Parameter receipt: the receipt its author got, for those without a participant token.
    /// - Throws: ``PlatformError`` `notFound` when what they hang on is not there for the viewer.
    public func attachmentChanges(
        on root: CommentRoot, of proceeding: Proceeding, receipt: String? = nil, since: Int64, limit: Int,
        after cursor: Cursor?, scope: Scope
    ) async throws -> Page<ItemChange<Attachment>> {
        let request = AttachmentRequest(
            root: root, proceeding: proceeding, receipt: receipt, scope: scope, time: now())
        return try await engine.read { connection in
            let reader = scope.reader(connection)
            _ = try Self.images(request, reader)
            return try reader.attachmentChanges(
                on: ItemReference(root), of: proceeding, since: since, limit: limit, after: cursor)
        }
    }
}
