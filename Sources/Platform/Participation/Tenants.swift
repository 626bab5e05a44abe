public import Participation
import Storage

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
        do {
            return try await engine.write { connection in
                let directory = TenantDirectory(connection)
                let stored = try directory.add(tenant)
                if isDefault { try directory.setDefault(tenant.id) }
                return stored
            }
        } catch let error as StorageError where error.code == .constraint {
            throw PlatformError(.conflict, "there is a tenant \(tenant.id) already")
        }
    }

    /// All tenants, by slug.
    public func tenants() async throws -> [Tenant] {
        try await engine.read { try TenantDirectory($0).all() }
    }

    /// One tenant; `nil` when there is none of that slug.
    public func tenant(_ id: String) async throws -> Tenant? {
        guard Slug.isValid(id) else { return nil }
        return try await engine.read { try TenantDirectory($0).tenant(id: id) }
    }

    /// The tenant of requests that name none.
    public func defaultTenant() async throws -> Tenant? {
        try await engine.read { try TenantDirectory($0).defaultTenant() }
    }
}
