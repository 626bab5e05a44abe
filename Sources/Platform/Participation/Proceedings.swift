import GeoCore
public import Participation
public import Storage

extension Installation {
    /// Creates a proceeding with its categories.
    ///
    /// - Throws: ``PlatformError`` `forbidden` unless staff asks, `invalidInput` for an invalid area, `conflict` when
    ///   the slug is taken.
    public func createProceeding(_ document: ProceedingDocument, scope: Scope) async throws -> Proceeding {
        try await makeProceeding(document, scope: scope, idempotency: nil).proceeding
    }

    /// The same, and whether an earlier request with the same key had made it.
    public func createProceeding(
        _ document: ProceedingDocument, scope: Scope, idempotency: IdempotencyKey?
    ) async throws -> (proceeding: Proceeding, isReplay: Bool) {
        try await makeProceeding(document, scope: scope, idempotency: idempotency)
    }

    /// Makes a proceeding, whole or not yet.
    ///
    /// - Parameter isBeingMade: whether more is to come: then nobody sees it before ``finish(_:with:scope:idempotency:)``.
    func makeProceeding(
        _ document: ProceedingDocument, isBeingMade: Bool = false, scope: Scope, idempotency: IdempotencyKey?
    ) async throws -> (proceeding: Proceeding, isReplay: Bool) {
        try require(.createProceedings, scope: scope)
        var draft = document.proceeding
        draft.created = now()
        try Self.checkArea(draft.area)
        // What the tenant has for all is held against the area where something is computed.
        _ = try MetricCRS.resolve(
            draft.settings.metricCRS ?? scope.tenant.metricCRS,
            covering: draft.settings.metricCRS == nil ? nil : draft.area?.boundingBox)
        let (wanted, categories) = (draft, document.categories)
        let route = Self.proceedingRoute(scope)
        do {
            return try await engine.write { connection in
                let writer = scope.writer(connection)
                if let earlier = try Self.earlier(idempotency, route: route, writer: writer) {
                    guard let made = try writer.reader.proceeding(id: wanted.id), made.key == earlier.item else {
                        throw PlatformError(.invalidInput, "this Idempotency-Key was used for another request")
                    }
                    return (made, true)
                }
                let stored = try writer.add(wanted, isBeingMade: isBeingMade)
                for category in categories { try writer.insert(category, of: stored, now: wanted.created) }
                if isBeingMade { return (stored, false) }
                try writer.remember(idempotency, route: route, item: stored.key, now: wanted.created)
                try writer.audit("proceeding.create", item: "proceedings/\(stored.id)", now: wanted.created)
                return (stored, false)
            }
        } catch let error as StorageError where error.code == .constraint {
            throw PlatformError(.conflict, "there is a proceeding \(wanted.id) already")
        }
    }

    /// One page of the proceedings the viewer may see, newest first.
    public func proceedings(
        filter: ProceedingFilter = ProceedingFilter(), limit: Int = 1000, after cursor: Cursor? = nil, scope: Scope
    ) async throws -> Page<Proceeding> {
        let time = now()
        return try await engine.read { connection in
            try scope.reader(connection).proceedings(limit: limit, after: cursor) { filter.includes($0, at: time) }
        }
    }

    /// The proceedings that changed since an instant, with tombstones of those that went, one page.
    ///
    /// Their phase follows from the clock and changes nothing.
    public func proceedingChanges(
        since: Int64, limit: Int, after cursor: Cursor?, scope: Scope
    ) async throws -> Page<ItemChange<Proceeding>> {
        try await engine.read {
            try scope.reader($0).proceedingChanges(since: since, limit: limit, after: cursor)
        }
    }

    /// One proceeding.
    ///
    /// - Throws: ``PlatformError`` `notFound`, the same whether it is not there or not visible.
    public func proceeding(_ id: String, scope: Scope) async throws -> Proceeding {
        let found = Slug.isValid(id) ? try await engine.glance { try scope.reader($0).proceeding(id: id) } : nil
        guard let found else { throw PlatformError(.notFound, "there is no proceeding of that name") }
        return found
    }

    /// The categories of a proceeding, in their order.
    public func categories(of proceeding: Proceeding, scope: Scope) async throws -> [Category] {
        try await engine.read { try scope.reader($0).categories(of: proceeding) }
    }

    /// Replaces the categories of a proceeding; one that is left out though contributions have it stays, archived.
    ///
    /// - Throws: ``PlatformError`` `forbidden` unless staff asks, `invalidInput` for slugs that are none or repeated,
    ///   `stale` when the version is another.
    public func replaceCategories(
        _ categories: [Category], of proceeding: Proceeding, version: Int64? = nil, scope: Scope
    ) async throws {
        try require(.manageProceeding, in: proceeding, scope: scope)
        let faults = ProceedingRule.violations(in: categories)
        guard faults.isEmpty else {
            throw PlatformError(.invalidInput, "the categories break \(faults.count) rule(s)", violations: faults)
        }
        let time = now()
        try await engine.write { connection in
            let writer = scope.writer(connection)
            try Self.requireVersion(version, try writer.version(of: proceeding))
            try writer.replaceCategories(categories, of: proceeding, now: time)
            try writer.audit("categories.replace", item: "proceedings/\(proceeding.id)", now: time)
        }
    }

    /// Lets those pass who hold a permission in a proceeding, or in the whole tenant.
    ///
    /// - Throws: ``PlatformError`` `forbidden`.
    func require(_ permission: Permission, in proceeding: Proceeding? = nil, scope: Scope) throws {
        guard scope.viewer.may(permission, in: proceeding?.key) else {
            let roles = Role.allCases.filter(permission.roles.contains).map(\.rawValue).joined(separator: ", ")
            throw PlatformError(
                .forbidden, "this needs one of the roles \(roles)",
                hint: scope.viewer == .restrainedOperator
                    ? "the tenant lets the operator in on emergency access only: mitplan emergency open" : nil)
        }
    }
}
