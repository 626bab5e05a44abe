public import Participation
public import Storage

extension Installation {
    /// Adds a tenant.
    ///
    /// - Throws: ``PlatformError`` `invalidInput` when the slug, time zone or CRS is none, `conflict` when it is taken.
    public func createTenant(_ tenant: Tenant, isDefault: Bool) async throws -> Tenant {
        guard Slug.isValid(tenant.id) else {
            throw PlatformError(
                .invalidInput, "\"\(tenant.id.prefix(64))\" is no slug", hint: "use a–z, 0–9 and hyphens, at most 64")
        }
        guard !tenant.name.isEmpty else { throw PlatformError(.invalidInput, "a tenant needs a name") }
        guard TimeZoneDays.isKnown(tenant.timeZone) else {
            throw PlatformError(.invalidInput, "the time zone is not known", hint: "for example Europe/Berlin")
        }
        _ = try MetricCRS.resolve(tenant.metricCRS)
        let time = now()
        do {
            return try await engine.write { connection in
                let directory = TenantDirectory(connection)
                let stored = try directory.add(tenant)
                if isDefault { try directory.setDefault(tenant.id) }
                try AuditLog(connection).append(
                    "tenant.create", item: "tenants/\(tenant.id)", reason: nil, actor: "operator", request: nil,
                    tenant: AuditLog.installation, now: time)
                return stored
            }
        } catch let error as StorageError where error.code == .constraint {
            throw PlatformError(.conflict, "there is a tenant \(tenant.id) already")
        }
    }

    /// Changes what a tenant says of itself.
    ///
    /// - Parameter version: the version that the change was made for; `nil` for any.
    /// - Throws: ``PlatformError`` `forbidden` unless an administrator of the tenant asks, and for host names, rates and
    ///   status the operator; `invalidInput`, `stale`, `conflict` when another tenant owns a host name.
    public func change(
        _ change: TenantChange, version: Int64? = nil, isDefault: Bool = false, scope: Scope
    ) async throws -> Tenant {
        try require(.changeTenant, scope: scope)
        if change.isForAdministrators { try require(.administerTenant, scope: scope) }
        if change.isForOperator || isDefault { try require(.administerInstallation, scope: scope) }
        let faults = change.violations
        guard faults.isEmpty else {
            throw PlatformError(.invalidInput, "the tenant cannot be changed so", violations: faults)
        }
        if let crs = change.metricCRS { _ = try MetricCRS.resolve(crs) }
        let time = now()
        do {
            return try await engine.write { connection in
                let directory = TenantDirectory(connection)
                guard let current = try directory.tenant(id: scope.tenant.id) else {
                    throw PlatformError(.notFound, "there is no tenant of that name")
                }
                try Self.requireVersion(version, current.version)
                if change.operatorAccess == .always, current.settings.operatorAccess == .onGrant,
                    try scope.viewer.may(.administerInstallation)
                        || scope.reader(connection).end(ofWhatIsMadeAt: time) != nil
                {
                    throw PlatformError(
                        .forbidden, "only an administrator of the tenant lets the operator in for good")
                }
                let stored = try directory.update(change.applied(to: current))
                if let hosts = change.hosts { try directory.setHosts(hosts, of: stored) }
                if isDefault { try directory.setDefault(stored.id) }
                try scope.writer(connection).audit("tenant.change", item: "tenants/\(stored.id)", now: time)
                return stored
            }
        } catch let error as StorageError where error.code == .constraint {
            throw PlatformError(.conflict, "another tenant owns one of the host names")
        }
    }

    /// Deletes a tenant with everything of it.
    ///
    /// - Throws: ``PlatformError`` `forbidden` unless the operator asks, `notFound`.
    public func deleteTenant(reason: String? = nil, scope: Scope) async throws {
        try require(.administerInstallation, scope: scope)
        let time = now()
        let actor = scope.viewer.account ?? "operator"
        _ = try await engine.writeAlone { connection in
            try TenantDirectory(connection).delete(scope.tenant, actor: actor, reason: reason, now: time)
        }
        // Deleted it is already: long reads may keep the log from being cut off now, and the next purge does it.
        try? await purge()
    }

    /// Lets a change pass that is meant for the version there is.
    ///
    /// - Throws: ``PlatformError`` `stale`.
    static func requireVersion(_ wanted: Int64?, _ current: Int64) throws {
        guard let wanted, wanted != current else { return }
        throw PlatformError(
            .stale, "it was changed in the meantime", hint: "read it again and repeat the change with its new ETag")
    }

    /// All tenants, by slug.
    public func tenants() async throws -> [Tenant] {
        try await engine.read { try TenantDirectory($0).all() }
    }

    /// The host names that a tenant owns.
    public func hosts(of tenant: Tenant) async throws -> [String] {
        try await engine.read { try TenantDirectory($0).hosts(of: tenant) }
    }

    /// One tenant; `nil` when there is none of that slug.
    public func tenant(_ id: String) async throws -> Tenant? {
        guard Slug.isValid(id) else { return nil }
        return try await engine.glance { try TenantDirectory($0).tenant(id: id) }
    }

    /// The tenant of requests that name none in their path: who owns the host, else the one named, else the default.
    public func tenant(host: String?, otherwise id: String? = nil) async throws -> Tenant? {
        try await engine.glance { connection in
            let directory = TenantDirectory(connection)
            if let host, let owner = try directory.tenant(host: host) { return owner }
            if let id { return try directory.tenant(id: id) }
            return try directory.defaultTenant()
        }
    }

    /// The tenant of requests that name none.
    public func defaultTenant() async throws -> Tenant? {
        try await engine.read { try TenantDirectory($0).defaultTenant() }
    }
}
