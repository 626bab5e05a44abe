public import GeoCore
public import Participation
public import Storage

extension Installation {
    /// One page of contributions in an order, newest first unless said.
    ///
    /// - Throws: ``PlatformError`` `notFound` for a layer or feature of the filter that is not there.
    public func contributions(
        of proceeding: Proceeding, filter: ContributionFilter, order: ContributionOrder = .newestFirst, limit: Int,
        after cursor: Cursor?, scope: Scope
    ) async throws -> Page<Contribution> {
        let filter = try await lookedUp(filter, of: proceeding, scope: scope)
        return try await engine.read {
            try scope.reader($0).contributions(
                of: proceeding, filter: filter, order: order, limit: limit, after: cursor)
        }
    }

    /// One contribution that the viewer may see.
    ///
    /// - Throws: ``PlatformError`` `notFound`.
    public func contribution(_ id: Int64, of proceeding: Proceeding, scope: Scope) async throws -> Contribution {
        try await readContribution(id, of: proceeding, scope: scope).contribution
    }

    /// The comments on a contribution or a conception, one page by threads and by number of comments, each behind the
    /// one it answers.
    ///
    /// - Throws: ``PlatformError`` `notFound` when what they stand on is not there for the viewer.
    public func comments(
        on root: CommentRoot, of proceeding: Proceeding, order: CommentOrder = .oldest, limit: Int,
        after cursor: Cursor?, scope: Scope
    ) async throws -> Page<Comment> {
        let page = try await engine.read { connection -> Page<Comment>? in
            let reader = scope.reader(connection)
            guard try reader.isThere(root, of: proceeding) else { return nil }
            return try reader.comments(
                on: root, of: proceeding, order: order, limit: limit, after: cursor)
        }
        guard let page else { throw PlatformError(.notFound, "there is no \(root.kind) of that number") }
        return page
    }

    /// The layers of a proceeding.
    public func layers(of proceeding: Proceeding, scope: Scope) async throws -> [PlanningLayer] {
        try await engine.read { try scope.reader($0).layers(of: proceeding) }
    }

    /// One layer.
    ///
    /// - Throws: ``PlatformError`` `notFound`.
    public func layer(_ id: String, of proceeding: Proceeding, scope: Scope) async throws -> PlanningLayer {
        let found = try await engine.read { try scope.reader($0).layer(id, of: proceeding) }
        guard let found else { throw PlatformError(.notFound, "there is no layer of that name") }
        return found
    }

    /// Checks the store from end to end; empty when it is sound.
    public func integrityFaults() async throws -> [String] { try await engine.integrityFaults() }

    /// Writes a consistent copy of the store to a file.
    public func backup(to path: String) async throws { try await engine.backup(to: path) }
}

extension Installation {
    /// One page of a layer's features; with boxes, those whose own box meets one of them.
    ///
    /// - Throws: ``PlatformError`` `notFound`.
    public func layerItems(
        of id: String, in proceeding: Proceeding, boxes: [BoundingBox] = [], limit: Int, after cursor: Cursor?,
        scope: Scope
    ) async throws -> Page<LayerFeature> {
        let layer = try await layer(id, of: proceeding, scope: scope)
        return try await engine.read {
            try scope.reader($0).features(of: layer, boxes: boxes, limit: limit, after: cursor)
        }
    }
}
