public import GeoCore
public import Participation
public import Storage

extension Installation {
    /// Changes a proceeding by a merge patch (RFC 7396) of its document.
    ///
    /// - Parameter version: the version that the change was made for; `nil` for any.
    /// - Throws: ``PlatformError`` `forbidden` unless a planner of the proceeding asks, `invalidInput`, `stale`.
    public func change(
        _ proceeding: Proceeding, patch: JSONValue, version: Int64?, scope: Scope
    ) async throws -> Proceeding {
        try require(.manageProceeding, in: proceeding, scope: scope)
        for name in ["id", "categories", "types"] where patch[name] != nil {
            throw PlatformError(
                .invalidInput, "\(name) is not changed here",
                violations: [
                    RuleViolation(
                        pointer: "/\(name)", code: "readOnly",
                        detail: name == "id" ? "ids stay as they are" : "replace them with PUT …/\(name)")
                ])
        }
        let merged = ProceedingDocument.value(of: proceeding).merging(ProceedingDocument.flattened(patch))
        var draft = try ProceedingDocument(value: merged, tenant: scope.tenant).proceeding
        // The document has fewer digits than the area may have.
        if patch["area"] != nil { try Self.checkArea(draft.area) } else { draft.area = proceeding.area }
        let wanted = draft
        // What the tenant has for all is held against the area where something is computed.
        _ = try MetricCRS.resolve(
            wanted.settings.metricCRS ?? scope.tenant.metricCRS,
            covering: wanted.settings.metricCRS == nil ? nil : wanted.area?.boundingBox)
        let time = now()
        return try await engine.write { connection in
            let writer = scope.writer(connection)
            // What was merged with is what was read: a change in between would be lost without this.
            try Self.requireVersion(version ?? proceeding.version, try writer.version(of: proceeding))
            try writer.replace(proceeding, with: wanted, now: time)
            try Self.judgePlaces(of: proceeding, in: wanted.area, writer, now: time)
            let isArchiving = wanted.isArchived && !proceeding.isArchived
            try writer.audit(
                isArchiving ? "proceeding.archive" : "proceeding.change", item: "proceedings/\(proceeding.id)",
                now: time)
            return try writer.reader.proceeding(id: proceeding.id) ?? wanted
        }
    }

    /// Makes a new proceeding after another one: its settings, area, categories, types, labels and downloads.
    ///
    /// It has no schedule, no conceptions and appointments, no downloads on the course and the results, and nothing that
    /// citizens wrote.
    ///
    /// - Parameter changes: a merge patch with the new id at least; the copy is internal unless it says otherwise.
    /// - Throws: ``PlatformError`` `forbidden`, `invalidInput`, `conflict` when the id is taken.
    public func clone(_ template: Proceeding, changes: JSONValue, scope: Scope) async throws -> Proceeding {
        try await clone(template, changes: changes, scope: scope, idempotency: nil).proceeding
    }

    /// The same, and whether an earlier request with the same key had made it.
    public func clone(
        _ template: Proceeding, changes: JSONValue, scope: Scope, idempotency: IdempotencyKey?
    ) async throws -> (proceeding: Proceeding, isReplay: Bool) {
        try require(.createProceedings, scope: scope)
        let categories = try await categories(of: template, scope: scope)
        let base = ProceedingDocument.value(of: template).merging(
            .object([.init("schedule", .null), .init("visibility", .string("internal")), .init("state", .null)]))
        guard changes["id"]?.string != nil, changes["id"]?.string != template.id else {
            throw PlatformError(
                .invalidInput, "the copy needs an id of its own",
                violations: [RuleViolation(pointer: "/id", code: "required", detail: "is required, and must be new")])
        }
        var document = try ProceedingDocument(value: base.merging(changes), tenant: scope.tenant)
        if changes["categories"] == nil { document.categories = categories }
        if changes["types"] == nil { document.proceeding.details.types = template.details.types }
        let (made, isReplay) = try await makeProceeding(
            document, isBeingMade: true, scope: scope, idempotency: idempotency)
        guard !isReplay else { return (made, true) }
        do {
            let copies = try await copyDownloads(from: template, to: made, scope: scope)
            try await finish(made, with: copies, scope: scope, idempotency: idempotency)
        } catch {
            // All of it or nothing, in a task of its own: in one that is cancelled the store takes nothing.
            await Task { try? await engine.writeAlone { try scope.writer($0).discard(made) } }.value
            throw error
        }
        return (try await proceeding(made.id, scope: scope), false)
    }

    /// Shows a proceeding whose parts are in.
    private func finish(
        _ proceeding: Proceeding, with downloads: [Download], scope: Scope, idempotency: IdempotencyKey?
    ) async throws {
        let (time, route) = (now(), Self.proceedingRoute(scope))
        try await engine.write { connection in
            let writer = scope.writer(connection)
            guard try writer.finish(proceeding, now: time) else {
                throw PlatformError(.unavailable, "the server was started anew meanwhile; try again")
            }
            try writer.remember(idempotency, route: route, item: proceeding.key, now: proceeding.created)
            try writer.audit("proceeding.create", item: "proceedings/\(proceeding.id)", now: time)
            for download in downloads {
                try writer.audit("download.add", item: download.path(in: proceeding), now: time)
            }
        }
    }

    /// Where the keys of requests count that make proceedings.
    static func proceedingRoute(_ scope: Scope) -> String { idempotencyScope("proceedings", scope: scope) }

    /// Deletes a proceeding with everything of it, for good.
    ///
    /// - Throws: ``PlatformError`` `forbidden` unless an administrator of the tenant asks, `stale`.
    public func delete(_ proceeding: Proceeding, version: Int64?, reason: String? = nil, scope: Scope) async throws {
        try require(.administerTenant, in: proceeding, scope: scope)
        let time = now()
        try await engine.writeAlone { connection in
            let writer = scope.writer(connection)
            try Self.requireVersion(version, try writer.version(of: proceeding))
            try writer.delete(proceeding, now: time)
            try writer.audit("proceeding.delete", item: "proceedings/\(proceeding.id)", reason: reason, now: time)
        }
        // Deleted it is already: long reads may keep the log from being cut off now, and the next purge does it.
        try? await purge()
    }

    /// Replaces the types of a proceeding; one that is left out though contributions have it stays, archived.
    ///
    /// - Throws: ``PlatformError`` `forbidden` unless a planner of the proceeding asks, `invalidInput`, `stale`.
    public func replaceTypes(
        _ types: [ContributionType], of proceeding: Proceeding, version: Int64?, scope: Scope
    ) async throws -> Proceeding {
        try require(.manageProceeding, in: proceeding, scope: scope)
        let faults = ProceedingRule.violations(in: types)
        guard faults.isEmpty else {
            throw PlatformError(.invalidInput, "the types break \(faults.count) rule(s)", violations: faults)
        }
        let time = now()
        return try await engine.write { connection in
            let writer = scope.writer(connection)
            try Self.requireVersion(version, try writer.version(of: proceeding))
            guard var wanted = try writer.reader.proceeding(id: proceeding.id) else {
                throw PlatformError(.notFound, "there is no proceeding of that name")
            }
            wanted.details.types = try writer.keepingUsed(types, of: wanted.details.types, in: wanted)
            try writer.replace(proceeding, with: wanted, now: time)
            try writer.audit("types.replace", item: "proceedings/\(proceeding.id)", now: time)
            return try writer.reader.proceeding(id: proceeding.id) ?? wanted
        }
    }

    /// Judges all places anew where the area of a proceeding is another one than it was.
    static func judgePlaces(of old: Proceeding, in area: Geometry?, _ writer: ScopedWriter, now: Int64) throws {
        guard area != old.area else { return }
        let (before, after) = (AreaTest(old.area), AreaTest(area))
        try writer.judgePlaces(of: old, now: now) { point, quality in
            GeometryCheck.quality(of: point, in: after, was: quality, in: before)
        }
    }

    /// Refuses an area that is not valid.
    static func checkArea(_ area: Geometry?) throws {
        guard let area else { return }
        let faults = GeometryRule.imports.violations(in: area, at: "/area")
        guard faults.isEmpty else { throw PlatformError(.invalidInput, "the area is not usable", violations: faults) }
        if let fault = GeometryCheck.fault(area) {
            throw PlatformError(
                .invalidInput, "the area is not valid",
                violations: [RuleViolation(pointer: "/area", code: "invalidGeometry", detail: fault)])
        }
    }
}
