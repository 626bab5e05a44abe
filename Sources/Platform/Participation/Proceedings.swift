public import Participation
public import Storage

extension Installation {
    /// Creates a proceeding with its categories.
    ///
    /// - Throws: ``PlatformError`` `forbidden` unless staff asks, `invalidInput` for an invalid area, `conflict` when
    ///   the slug is taken.
    public func createProceeding(_ document: ProceedingDocument, scope: Scope) async throws -> Proceeding {
        try require(.createProceedings, scope: scope)
        var draft = document.proceeding
        draft.created = now()
        if let area = draft.area {
            let faults = GeometryRule.imports.violations(in: area, at: "/area")
            guard faults.isEmpty else {
                throw PlatformError(.invalidInput, "the area is not usable", violations: faults)
            }
            if let fault = GeometryCheck.fault(area) {
                throw PlatformError(
                    .invalidInput, "the area is not valid",
                    violations: [RuleViolation(pointer: "/area", code: "invalidGeometry", detail: fault)])
            }
        }
        _ = try MetricCRS.resolve(draft.settings.metricCRS ?? scope.tenant.metricCRS)
        let (wanted, categories) = (draft, document.categories)
        do {
            return try await engine.write { connection in
                let writer = scope.writer(connection)
                let stored = try writer.add(wanted)
                for category in categories { try writer.insert(category, of: stored) }
                return stored
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

    /// One proceeding.
    ///
    /// - Throws: ``PlatformError`` `notFound`, the same whether it is not there or not visible.
    public func proceeding(_ id: String, scope: Scope) async throws -> Proceeding {
        let found = Slug.isValid(id) ? try await engine.read { try scope.reader($0).proceeding(id: id) } : nil
        guard let found else { throw PlatformError(.notFound, "there is no proceeding of that name") }
        return found
    }

    /// The categories of a proceeding, in their order.
    public func categories(of proceeding: Proceeding, scope: Scope) async throws -> [Category] {
        try await engine.read { try scope.reader($0).categories(of: proceeding) }
    }

    /// Replaces the categories of a proceeding.
    ///
    /// - Throws: ``PlatformError`` `forbidden` unless staff asks, `invalidInput` for slugs that are none or repeated.
    public func replaceCategories(_ categories: [Category], of proceeding: Proceeding, scope: Scope) async throws {
        try require(.manageProceeding, in: proceeding, scope: scope)
        let faults = ProceedingRule.violations(in: categories)
        guard faults.isEmpty else {
            throw PlatformError(.invalidInput, "the categories break \(faults.count) rule(s)", violations: faults)
        }
        try await engine.write { try scope.writer($0).replaceCategories(categories, of: proceeding) }
    }

    /// Lets those pass who hold a permission in a proceeding, or in the whole tenant.
    ///
    /// - Throws: ``PlatformError`` `forbidden`.
    func require(_ permission: Permission, in proceeding: Proceeding? = nil, scope: Scope) throws {
        guard scope.viewer.may(permission, in: proceeding?.key) else {
            let roles = Role.allCases.filter(permission.roles.contains).map(\.rawValue).joined(separator: ", ")
            throw PlatformError(.forbidden, "this needs one of the roles \(roles)")
        }
    }
}
